/**
 * Joining by plain HTTP: one round trip on the connection the page came over, while its WebSocket is still being
 * opened. The answer is that of the connection, and so is everything on the way: gate, dispatcher, rates, preview subscribers. The seat
 * then waits for its connection, which takes it with the resume token; until then signals may come this way, too.
 * No preflight, as with a WebSocket: the origin is checked here, and there are no cookies.
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import compress from '@fastify/compress';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Compile } from 'typebox/compile';
import { ERROR_CODES, type ErrorCode } from '../protocol/error-codes.js';
import type { Limits } from '../limits.js';
import type { Ack, CheckReply, HttpSignalsReply } from '../protocol/events.js';
import { MAX_FRAME_BYTES } from '../protocol/limits.js';
import { HttpSignals } from '../protocol/schemas.js';
import type { AddressKey } from './addresses.js';
import { Buckets } from './buckets.js';
import type { Gate } from './gate.js';
import { ClientConnection, type ClientSocket } from './client-connection.js';
import { accepted, refused, wireError, type RefusalDetails } from './refusal.js';
import type { ParticipantSession } from './participant-session.js';
import type { Membership } from './membership.js';
import { STRIKES, type Dispatcher } from './dispatcher.js';

export interface HttpSignalingParts {
  readonly gate: Gate;
  readonly dispatcher: Dispatcher;
  readonly membership: Membership;
  readonly addressOf: (request: IncomingMessage) => AddressKey;
  readonly forwarding: (request: IncomingMessage) => CheckReply['forwarding'];
  readonly strikeWindowMs: number;
  readonly limits: Limits;
}

/** A page joins once and posts a few signals; an office does so behind one address. */
const REQUESTS_FACTOR = 4;
const posted = Compile(HttpSignals);

export async function httpSignaling(app: FastifyInstance, parts: HttpSignalingParts): Promise<void> {
  const { gate, addressOf, forwarding, limits } = parts;
  // A connection that says too much nonsense is closed. Here there is nothing to close: the address asks over a connection for a while.
  const strikes = new Buckets({ burst: limits.strikes, perSecond: (limits.strikes * 1_000) / parts.strikeWindowMs });
  const judge = (request: FastifyRequest, answer: Ack<unknown>): void => {
    const address = addressOf(request.raw);
    if (address !== undefined && !answer.ok && STRIKES.has(answer.error.code)) strikes.take(address);
  };
  app.addHook('onClose', () => strikes.close());
  app.removeAllContentTypeParsers();
  const options = { parseAs: 'string', bodyLimit: MAX_FRAME_BYTES } as const;
  app.addContentTypeParser('text/plain', options, app.getDefaultJsonParser('error', 'error'));
  app.setErrorHandler<Error & { statusCode?: number }>((error, request, reply) => {
    if (error.statusCode === 429)
      return refuse(reply, 'RATE_LIMITED', {
        retryAfterMs: Number(reply.getHeader('retry-after') ?? 1) * 1_000,
        setting: 'LIMIT_REQUESTS_PER_MINUTE',
      });
    judge(request, refused(wireError('BAD_PAYLOAD')));
    return refuse(reply, 'BAD_PAYLOAD', {}, error.statusCode);
  });
  await app.register(compress, { encodings: ['br', 'gzip'] });
  await app.register(rateLimit, {
    timeWindow: 60_000,
    max: limits.requestsPerMinute * REQUESTS_FACTOR,
    keyGenerator: (request) => addressOf(request.raw) ?? '',
    allowList: (request) => addressOf(request.raw) === undefined,
  });
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ 'cache-control': 'no-store', vary: 'origin', 'x-content-type-options': 'nosniff' });
    // Before anything is refused: a no that the page cannot read would look like a network that blocks the call.
    if (request.headers.origin !== undefined) reply.header('access-control-allow-origin', request.headers.origin);
    const refusal = gate.mayAsk(request.raw);
    if (refusal !== undefined) return refuse(reply, refusal.code, refusal);
    const retryAfterMs = strikes.wait(addressOf(request.raw) ?? '');
    return retryAfterMs > 0 ? refuse(reply, 'RATE_LIMITED', { retryAfterMs }) : undefined;
  });
  app.get('/check', (request, reply) => {
    const refusal = gate.mayOpen(request.raw);
    if (refusal !== undefined) return refuse(reply, refusal.code, refusal);
    return reply.send(accepted<CheckReply>({ forwarding: forwarding(request.raw) }));
  });
  app.post('/join', async (request, reply) => {
    const answer = await join(request, reply, parts);
    judge(request, answer);
    return reply.send(answer);
  });
  app.post('/signals', async (request, reply) => {
    const answer = await signals(request, parts);
    for (const one of answer.ok ? answer.data.answers : [answer]) judge(request, one);
    return reply.send(answer);
  });
}

/** A page that goes away before it has the answer never knew that it sat down. */
async function join(
  request: FastifyRequest,
  reply: FastifyReply,
  { dispatcher, membership, ...parts }: HttpSignalingParts,
): Promise<Ack<unknown>> {
  const connection = transientConnection(request.raw, parts);
  let session: ParticipantSession | undefined;
  let gone = false;
  const leave = (): void => {
    if (session?.connection === undefined && session !== undefined)
      void membership.dismiss(session, 'left', { code: 'IDLE', reason: 'idle' }).catch(() => undefined);
  };
  reply.raw.once('close', () => {
    gone = !reply.raw.writableFinished;
    if (gone) leave();
  });
  const answer = await dispatched(dispatcher, connection, 'join', request.body, () => {
    session = connection.session;
    membership.lose(connection);
  });
  if (gone) leave();
  return answer;
}

async function signals(request: FastifyRequest, parts: HttpSignalingParts): Promise<Ack<HttpSignalsReply>> {
  const { dispatcher, membership } = parts;
  const { body } = request;
  if (!posted.Check(body)) return refused(wireError('BAD_PAYLOAD'));
  const session = membership.sessionOf(body);
  if (session === undefined) return refused(wireError('SESSION_INVALID'));
  const connection = transientConnection(request.raw, parts);
  connection.session = session;
  const answers = await Promise.all(body.signals.map((signal) => dispatched(dispatcher, connection, 'signal', signal)));
  return accepted({ answers });
}

/** `before` runs while it is still the turn of this request: whatever happens next in the room finds it done. */
function dispatched(
  dispatcher: Dispatcher,
  connection: ClientConnection,
  event: string,
  payload: unknown,
  before?: () => void,
): Promise<Ack<unknown>> {
  return new Promise((resolve) =>
    dispatcher.run(connection, event, payload, (answer) => {
      before?.();
      resolve(answer);
    }),
  );
}

function transientConnection(
  request: IncomingMessage,
  { addressOf, strikeWindowMs }: Pick<HttpSignalingParts, 'addressOf' | 'strikeWindowMs'>,
): ClientConnection {
  const nothing = (): void => undefined;
  const socket = { id: randomUUID(), connected: true, emit: nothing, join: nothing, leave: nothing, disconnect: nothing };
  const address = addressOf(request);
  return new ClientConnection({ socket: socket as unknown as ClientSocket, address, strikeWindowMs, transient: true });
}

/** What the dispatcher answers is an answer, also when it is a no: browsers complain aloud about every other status. */
function refuse(
  reply: FastifyReply,
  code: ErrorCode,
  details?: RefusalDetails,
  status: number = ERROR_CODES[code].http,
): FastifyReply {
  return reply.code(status).send(refused(wireError(code, details)));
}
