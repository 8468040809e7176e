/** Telephones as a page has them: a signaling connection, a secret, a tab; and what each of them hears. */
import { randomBytes } from 'node:crypto';
import type { RegisterReply, RegisterRequest, RingReply, RingRequest } from '../../server/protocol/calls.js';
import type { Ack } from '../../server/protocol/events.js';
import { PROTOCOL_VERSION } from '../../server/protocol/limits.js';
import { claims, sign } from './tokens.js';
import { freshId, ok, type RunningServer, type TestClient } from './server.js';

export const freshSecret = (): string => randomBytes(32).toString('base64url');
export const freshRingId = (): string => randomBytes(16).toString('base64url');

export const registerRequest = (more: Partial<RegisterRequest> = {}): RegisterRequest => ({
  protocol: PROTOCOL_VERSION,
  device: freshId('device'),
  secret: freshSecret(),
  status: 'available',
  ...more,
});

export const ringRequest = (to: string, more: Partial<RingRequest> = {}): RingRequest => ({
  protocol: PROTOCOL_VERSION,
  id: freshRingId(),
  to,
  video: true,
  timeoutMs: 30_000,
  ...more,
});

export interface Phone {
  readonly client: TestClient;
  readonly request: RegisterRequest;
  readonly reply: RegisterReply;
  readonly address: string;
  ring(to: string, more?: Partial<RingRequest>): Promise<Ack<RingReply>>;
  set(more: Partial<RegisterRequest>): Promise<RegisterReply>;
}

export async function connected(server: RunningServer): Promise<TestClient> {
  const client = server.connect();
  await client.next('connect');
  return client;
}

export async function phone(server: RunningServer, more: Partial<RegisterRequest> = {}): Promise<Phone> {
  const client = await connected(server);
  const request = registerRequest(more);
  const reply = ok(await client.ask('register', request));
  return {
    client,
    request,
    reply,
    address: reply.address,
    ring: (to, ringMore = {}) => client.ask('ring', ringRequest(to, ringMore)),
    set: async (change) => ok(await client.ask('register', { ...request, ...change })),
  };
}

export const phoneToken = (more: Readonly<Record<string, unknown>> = {}): Promise<string> =>
  sign(claims('', { aud: 'webrtc-phone', room: undefined, role: undefined, ...more }));
