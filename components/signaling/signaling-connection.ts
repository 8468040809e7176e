/**
 * One Socket.IO connection: opens, asks, hears, closes. Never reconnects by itself and remembers
 * nothing: that is the business of socket-signaling.ts. With socket-io.ts the only file that knows Socket.IO, whose
 * client is loaded when the first connection is opened: a page that is only visited does not pay for it.
 */
import type { Socket } from 'socket.io-client';
import type { Ack, ClientEvent, ClientToServer, ServerEvent, ServerToClient, WireError } from '../../server/protocol/events.js';
import type { HandshakeAuth } from '../../server/protocol/schemas.js';
import { CallError } from '../core/call-error.js';
import { activated } from './activated.js';

export type ServerMessage = { [E in ServerEvent]: { readonly event: E; readonly payload: ServerToClient[E] } }[ServerEvent];

export interface SignalingConnectionHooks {
  /** Sent with the handshake of every `open()`. */
  auth(): HandshakeAuth | Promise<HandshakeAuth>;
  onMessage(onMessage: ServerMessage): void;
  onOpen?(): void;
  /** Closed by anybody but us, or never opened. */
  onLost(error: CallError): void;
}

const EVENTS: readonly ServerEvent[] = [
  'room-preview',
  'join-result',
  'participant-joined',
  'participant-updated',
  'participant-left',
  'signal',
  'offer-taken',
  'prepared-offers',
  'mute-request',
  'room-updated',
  'waiting-participant-added',
  'waiting-participant-removed',
  'seat-renewed',
  'goodbye',
  'server-error',
];

export class SignalingConnection {
  readonly #serverUrl: string;
  readonly #connectTimeoutMs: number;
  readonly #hooks: SignalingConnectionHooks;
  readonly #events: readonly ServerEvent[];
  #socket: Socket | null = null;
  #wanted = false;
  /**
   * A try is under way. Socket.IO's own `active` cannot say: it stays true after a connection that broke, because it
   * expects to reconnect by itself, which is switched off here.
   */
  #trying = false;

  constructor(serverUrl: string, connectTimeoutMs: number, hooks: SignalingConnectionHooks, events = EVENTS) {
    this.#serverUrl = serverUrl;
    this.#connectTimeoutMs = connectTimeoutMs;
    this.#hooks = hooks;
    this.#events = events;
  }

  get connected(): boolean {
    return this.#socket?.connected ?? false;
  }

  open(): void {
    this.#wanted = true;
    this.#load().then(
      (socket) => {
        if (!this.#wanted || this.#trying || socket.connected) return;
        this.#trying = true;
        socket.connect();
      },
      (cause: unknown) => {
        if (this.#wanted) this.#hooks.onLost(new CallError('PART_MISSING', { cause, retryable: true }));
      },
    );
  }

  /**
   * Rejects with the server's error, `TIMEOUT` when no answer came (the connection is then suspect), or `SIGNAL_UNREACHABLE`
   * when the connection was lost meanwhile.
   */
  async request<E extends ClientEvent>(
    event: E,
    request: ClientToServer[E]['request'],
    timeoutMs: number,
  ): Promise<ClientToServer[E]['reply']> {
    if (!this.#socket?.connected) throw new CallError('SIGNAL_UNREACHABLE', { retryable: true });
    let answer: Ack<ClientToServer[E]['reply']>;
    try {
      answer = (await this.#socket.timeout(timeoutMs).emitWithAck(event, request)) as Ack<ClientToServer[E]['reply']>;
    } catch (cause) {
      throw new CallError(this.connected ? 'TIMEOUT' : 'SIGNAL_UNREACHABLE', { cause, retryable: true });
    }
    if (answer.ok) return answer.data;
    throw CallError.fromWire(answer.error);
  }

  /** Without waiting for an answer: the page is going away. */
  send(event: ClientEvent): void {
    if (this.#socket?.connected) this.#socket.emit(event, {});
  }

  /** Deliberately: to the server this is leaving, too. */
  close(): void {
    this.#wanted = false;
    this.#trying = false;
    if (this.#socket?.io.engine?.readyState === 'opening') this.#forget(this.#socket);
    else this.#socket?.disconnect();
  }

  /** The connection does not answer: ends it as if the network had. */
  drop(): void {
    this.#socket?.io.engine?.close();
  }

  /**
   * Ends a connection that is still being opened when it is open: browsers complain in the console of a page that closes
   * a WebSocket before that. It may hang, so the next `open()` does not wait for it.
   */
  #forget(socket: Socket): void {
    this.#socket = null;
    socket.off();
    socket.auth = () => socket.disconnect(); // what is asked for when it is open; without an answer nothing is said
  }

  async #load(): Promise<Socket> {
    const [{ io, Encoder, Decoder }] = await Promise.all([import('./socket-io.js'), activated()]);
    this.#socket ??= this.#listen(this.#make(io, { Encoder, Decoder }));
    return this.#socket;
  }

  #make(io: typeof import('socket.io-client').io, parser: unknown): Socket {
    const url = new URL(this.#serverUrl);
    return io(url.origin, {
      path: `${url.pathname.replace(/\/$/, '')}/socket.io`,
      parser,
      transports: ['websocket'],
      autoConnect: false,
      reconnection: false,
      forceNew: true,
      timeout: this.#connectTimeoutMs,
      auth: (send) => {
        const auth = this.#hooks.auth();
        if (auth instanceof Promise) void auth.then(send);
        else send(auth);
      },
    });
  }

  #listen(socket: Socket): Socket {
    socket.on('connect', () => {
      this.#trying = false;
      this.#hooks.onOpen?.();
    });
    socket.on('connect_error', (error: Error & { data?: unknown }) => {
      this.#trying = false;
      this.#hooks.onLost(refusal(error));
    });
    socket.on('disconnect', (reason) => {
      this.#trying = false;
      if (reason === 'io client disconnect') return;
      this.#hooks.onLost(new CallError('SIGNAL_UNREACHABLE', { message: `The connection closed: ${reason}.`, retryable: true }));
    });
    for (const event of this.#events) {
      socket.on(event, (payload: ServerMessage['payload']) => this.#hooks.onMessage({ event, payload } as ServerMessage));
    }
    return socket;
  }
}

function refusal(error: Error & { data?: unknown }): CallError {
  const data = error.data as Partial<WireError> | undefined;
  if (data?.code)
    return CallError.fromWire({ code: data.code, message: data.message ?? error.message, retryable: data.retryable ?? false });
  return new CallError('SIGNAL_UNREACHABLE', { cause: error, retryable: true });
}
