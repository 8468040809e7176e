/**
 * The arrival of the line at a seat that was taken by plain HTTP. Until it is there, signals go by plain HTTP, too, and
 * what needs the line waits for it; a line that never comes ends the call. Knows when a line is needed, not how it comes.
 */
import type { JoinReply, JoinRequest, SignalRequest } from '../../server/protocol/schemas.js';
import { CallError } from '../core/call-error.js';
import type { SignalingTimings } from '../core/timings.js';
import { Batches } from './batches.js';
import { Post } from './post.js';
import { whyUnreachable } from './reachability.js';

export interface ArrivalParts {
  readonly serverUrl: string;
  readonly timings: SignalingTimings;
  /** The line takes the seat; resolves when it has it, or when that was given up. */
  take(): Promise<void>;
  /** Without a line there is no call, whatever the first answer was. */
  never(error: CallError): void;
  readonly closed: AbortSignal;
}

export class Arrival {
  readonly #parts: ArrivalParts;
  readonly #post: Post;
  #posted: JoinReply | null = null;
  #waiting: { readonly signals: Batches; readonly line: Promise<void> } | null = null;

  constructor(parts: ArrivalParts) {
    this.#parts = parts;
    this.#post = new Post(parts.serverUrl);
  }

  /** We sit already; the line is on its way. */
  get underWay(): boolean {
    return this.#waiting !== null;
  }

  /** One round trip instead of three: the page's own connection to the server is warm. Null: ask over the line. */
  async join(request: JoinRequest, abort: AbortSignal): Promise<JoinReply | null> {
    const late = AbortSignal.timeout(this.#parts.timings.postMs);
    this.#posted = await this.#post.join(request, AbortSignal.any([abort, late]));
    if (abort.aborted) throw new CallError('ABORTED');
    return this.#posted;
  }

  /** We sit down with this answer: the line follows if it came by plain HTTP. */
  follow(reply: JoinReply): void {
    if (reply !== this.#posted) return;
    const late = setTimeout(() => void this.#never(), this.#parts.timings.joinMs);
    const line = Promise.resolve()
      .then(() => this.#parts.take())
      .finally(() => {
        clearTimeout(late);
        this.over();
      });
    const resume = { participantId: reply.self.id, token: reply.resumeToken };
    const signals = new Batches((batch) => this.#post.signals(resume, batch, this.#parts.closed));
    this.#waiting = { signals, line };
  }

  /** The line has the seat: what is said from now on goes over it. */
  over(): void {
    this.#waiting = null;
  }

  /** Until the line is there; at once where none is on its way. */
  async line(): Promise<void> {
    await this.#waiting?.line;
  }

  /** By plain HTTP, before the line is there. Null: there is one. */
  signal(request: SignalRequest): Promise<void> | null {
    return this.#waiting?.signals.put(request) ?? null;
  }

  async #never(): Promise<void> {
    const error = new CallError('SIGNAL_UNREACHABLE', { retryable: true });
    this.#parts.never(await whyUnreachable(this.#parts.serverUrl, error));
  }
}
