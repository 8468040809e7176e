/**
 * A real server on a free port, and real clients that speak the protocol to it. Waits for
 * facts: every helper resolves when something was heard, or fails with what was heard instead.
 */
import { io, type Socket } from 'socket.io-client';
import { createApp, type ServerDeps } from '../../server/app.js';
import { DEFAULT_CONFIG, type ServerConfig } from '../../server/config.js';
import { PROTOCOL_VERSION } from '../../server/protocol/limits.js';
import type { Ack, ClientEvent, ClientToServer, ServerEvent, ServerToClient } from '../../server/protocol/events.js';
import type { HandshakeAuth, JoinReply, JoinRequest, MediaState } from '../../server/protocol/schemas.js';

const PATIENCE_MS = 5_000;

export interface RunningServer {
  readonly url: string;
  readonly port: number;
  readonly close: () => Promise<void>;
  /** Connects without asking for anything, unless `auth` does. */
  readonly connect: (auth?: Partial<HandshakeAuth> & Record<string, unknown>, options?: ConnectOptions) => TestClient;
  /** Connects and joins within the handshake. */
  readonly join: (room: string, more?: Partial<JoinRequest>) => Promise<Member>;
}

/** A server for one test, closed whatever becomes of it. */
export async function withServer(
  test: (server: RunningServer) => Promise<void>,
  ...[config, deps]: Parameters<typeof startServer>
): Promise<void> {
  const server = await startServer(config, deps);
  try {
    await test(server);
  } finally {
    await server.close();
  }
}

export interface ConnectOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
}

export interface Member {
  readonly client: TestClient;
  readonly reply: JoinReply;
  readonly id: string;
}

export async function startServer(config: Partial<ServerConfig> = {}, deps: ServerDeps = {}): Promise<RunningServer> {
  const app = await createApp({ ...DEFAULT_CONFIG, logLevel: 'silent', ...config }, deps);
  await app.listen({ port: config.port ?? 0, host: '127.0.0.1' });
  const { port } = app.server.address() as { readonly port: number };
  const url = `http://127.0.0.1:${port}`;
  const clients: TestClient[] = [];
  const connect: RunningServer['connect'] = (auth = {}, options = {}) => {
    const client = new TestClient(url, { protocol: PROTOCOL_VERSION, ...auth }, options);
    clients.push(client);
    return client;
  };
  return {
    url,
    port,
    connect,
    join: async (room, more = {}) => {
      const client = connect({ join: joinRequest(room, more) });
      const reply = ok(await client.next('join-result'));
      return { client, reply, id: reply.self.id };
    },
    close: async () => {
      for (const client of clients) client.socket.disconnect();
      await app.close();
    },
  };
}

/** A Socket.IO client that remembers what it heard, so that nothing is missed by listening too late. */
export class TestClient {
  readonly socket: Socket;
  readonly #heard: { readonly event: string; readonly payload: unknown }[] = [];
  readonly #waiting = new Set<() => void>();

  constructor(url: string, auth: object, options: ConnectOptions) {
    this.socket = io(url, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      auth,
      ...(options.query === undefined ? {} : { query: { ...options.query } }),
      ...(options.headers === undefined ? {} : { extraHeaders: { ...options.headers } }),
    });
    this.socket.onAny((event: string, payload: unknown) => this.#hear(event, payload));
    this.socket.on('connect', () => this.#hear('connect', undefined));
    this.socket.on('disconnect', (reason) => this.#hear('disconnect', reason));
    this.socket.on('connect_error', (error) => this.#hear('connect_error', error));
  }

  /** The next message of that name not taken yet, heard already or still to come. */
  next<E extends ServerEvent>(event: E, fits?: (payload: ServerToClient[E]) => boolean): Promise<ServerToClient[E]>;
  next(event: 'connect' | 'disconnect' | 'connect_error', fits?: (payload: unknown) => boolean): Promise<unknown>;
  next(event: string, fits: (payload: never) => boolean = () => true): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const index = this.#heard.findIndex((message) => message.event === event && fits(message.payload as never));
        if (index < 0) return;
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve(this.#heard.splice(index, 1)[0]!.payload);
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(look);
        reject(new Error(`no "${event}" within ${PATIENCE_MS} ms; heard ${JSON.stringify(this.#heard)}`));
      }, PATIENCE_MS);
      this.#waiting.add(look);
      look();
    });
  }

  /** What was heard under that name and not taken. */
  heard(event: ServerEvent): readonly unknown[] {
    return this.#heard.filter((message) => message.event === event).map(({ payload }) => payload);
  }

  ask<E extends ClientEvent>(event: E, request: ClientToServer[E]['request']): Promise<Ack<ClientToServer[E]['reply']>> {
    return this.askAnything(event, request) as Promise<Ack<ClientToServer[E]['reply']>>;
  }

  /** Sends whatever it is given, right or wrong, and waits for the acknowledgement. */
  askAnything(event: string, ...args: readonly unknown[]): Promise<Ack<unknown>> {
    return this.socket.timeout(PATIENCE_MS).emitWithAck(event, ...args) as Promise<Ack<unknown>>;
  }

  /** Cuts the signaling connection without a word, as a lost network does. */
  cut(): void {
    this.socket.io.engine.close();
  }

  #hear(event: string, payload: unknown): void {
    this.#heard.push({ event, payload });
    for (const look of [...this.#waiting]) look();
  }
}

export const SILENT: MediaState = Object.freeze({ microphone: false, camera: false, screen: false, screenAudio: false });

let ids = 0;
export function freshId(prefix = 'test'): string {
  ids += 1;
  return `${prefix}-${String(ids).padStart(8, '0')}`;
}

export function joinRequest(room: string, more: Partial<JoinRequest> = {}): JoinRequest {
  return { protocol: PROTOCOL_VERSION, joinId: freshId('join'), room, media: SILENT, ...more };
}

export function ok<T>(ack: Ack<T>): T {
  if (!ack.ok) throw new Error(`refused with ${ack.error.code}: ${ack.error.message}`);
  return ack.data;
}

export function codeOf(ack: Ack<unknown>): string {
  return ack.ok ? 'ok' : ack.error.code;
}
