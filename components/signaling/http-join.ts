/**
 * The arrival of the connection at a seat that was taken by plain HTTP. Until it is there, signals go by plain HTTP, too, and
 * what needs the connection waits for it; a connection that never comes ends the call. Knows when a connection is needed, not how it comes.
 */
import type { JoinReply, JoinRequest, SignalRequest } from '../../server/protocol/schemas.js';
import { anySignal } from '../core/abort.js';
import { CallError } from '../core/call-error.js';
import type { SignalingTimings } from '../core/timings.js';
import { SignalBatcher } from './signal-batcher.js';
import { HttpSignaling } from './http-signaling.js';
import { whyUnreachable } from './reachability.js';

export interface HttpJoinParts {
  readonly serverUrl: string;
  readonly timings: SignalingTimings;
  /** The connection takes the seat; resolves when it has it, or when that was given up. */
  take(): Promise<void>;
  /** Without a connection there is no call, whatever the first answer was. */
  never(error: CallError): void;
  readonly closed: AbortSignal;
}

export class HttpJoin {
  readonly #parts: HttpJoinParts;
  readonly #http: HttpSignaling;
  #posted: JoinReply | null = null;
  #waiting: { readonly signals: SignalBatcher; readonly connection: Promise<void> } | null = null;

  constructor(parts: HttpJoinParts) {
    this.#parts = parts;
    this.#http = new HttpSignaling(parts.serverUrl);
  }

  /** We sit already; the connection is on its way. */
  get underWay(): boolean {
    return this.#waiting !== null;
  }

  /** One round trip instead of three: the page's own connection to the server is warm. Null: ask over the connection. */
  async join(request: JoinRequest, abort: AbortSignal): Promise<JoinReply | null> {
    const late = AbortSignal.timeout(this.#parts.timings.httpJoinMs);
    this.#posted = await this.#http.join(request, anySignal([abort, late]));
    if (abort.aborted) throw new CallError('ABORTED');
    return this.#posted;
  }

  /** We sit down with this answer: the connection follows if it came by plain HTTP. */
  follow(reply: JoinReply): void {
    if (reply !== this.#posted) return;
    const late = setTimeout(() => void this.#never(), this.#parts.timings.joinMs);
    const connection = Promise.resolve()
      .then(() => this.#parts.take())
      .finally(() => {
        clearTimeout(late);
        this.over();
      });
    const resume = { participantId: reply.self.id, token: reply.resumeToken };
    const signals = new SignalBatcher((batch) => this.#http.signals(resume, batch, this.#parts.closed));
    this.#waiting = { signals, connection };
  }

  /** The connection has the seat: what is said from now on goes over it. */
  over(): void {
    this.#waiting = null;
  }

  /** Until the connection is there; at once where none is on its way. */
  async connection(): Promise<void> {
    await this.#waiting?.connection;
  }

  /** By plain HTTP, before the connection is there. Null: there is one. */
  signal(request: SignalRequest): Promise<void> | null {
    return this.#waiting?.signals.put(request) ?? null;
  }

  async #never(): Promise<void> {
    const error = new CallError('SIGNAL_UNREACHABLE', { retryable: true });
    this.#parts.never(await whyUnreachable(this.#parts.serverUrl, error));
  }
}
