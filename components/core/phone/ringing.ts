/**
 * The rings we have going, from the first word to the server to their end, over lines that break and servers that
 * restart: each is said again whenever the signaling connection is up. Each ends once. Knows how to say, not to whom it matters.
 */
import type { RingReply, RingRequest, RingResult } from '../../../server/protocol/calls.js';
import { MAX_RING_MS, MIN_RING_MS } from '../../../server/protocol/limits.js';
import { CallError } from '../call-error.js';
import type { PhoneTimings } from './timings.js';
import type { OutgoingRing, RingOutcome } from './phone-state.js';

export interface RingingParts {
  ask(request: RingRequest): Promise<RingReply>;
  cancel(id: string): Promise<unknown>;
  over(ring: OutgoingRing, result: RingResult): void;
  failed(ring: OutgoingRing, error: CallError): void;
  readonly timings: PhoneTimings;
}

interface Going {
  readonly ring: OutgoingRing;
  readonly request: Omit<RingRequest, 'again' | 'timeoutMs'>;
  readonly resolve: (outcome: RingOutcome) => void;
  readonly reject: (error: CallError) => void;
  /** By the clock, because a reload keeps it. */
  readonly until: number;
  /** The server has heard of it. */
  known: boolean;
  saying: boolean;
  overdue: ReturnType<typeof setTimeout>;
}

/** What may be different in a moment. */
const PASSING: ReadonlySet<string> = new Set(['TIMEOUT', 'SIGNAL_UNREACHABLE', 'SERVER_BUSY', 'SERVER_DRAINING', 'INTERNAL']);

export class Ringing {
  readonly #parts: RingingParts;
  readonly #going = new Map<string, Going>();
  /** Taken back, and the server may not have heard of it. */
  readonly #withdrawn = new Set<string>();

  constructor(parts: RingingParts) {
    this.#parts = parts;
  }

  /** `again`: the page before this one said it already. */
  begin(ring: OutgoingRing, request: Going['request'], timeoutMs: number, again: boolean): Promise<RingOutcome> {
    return new Promise((resolve, reject) => {
      const overdue = setTimeout(() => this.#unreached(ring.id), Math.min(this.#parts.timings.reachMs, timeoutMs));
      const until = Date.now() + timeoutMs;
      this.#going.set(ring.id, { ring, request, resolve, reject, until, known: again, saying: false, overdue });
    });
  }

  until(id: string): number | null {
    return this.#going.get(id)?.until ?? null;
  }

  /** The signaling connection is up. */
  sayAll(): void {
    for (const id of this.#withdrawn) this.#withdraw(id);
    for (const going of this.#going.values()) void this.#say(going);
  }

  result(id: string, result: RingResult): void {
    const going = this.#take(id);
    if (!going) return;
    this.#parts.over(going.ring, result);
    going.resolve(result.outcome);
  }

  cancel(id: string): void {
    if (!this.#going.has(id)) return;
    this.#withdraw(id);
    this.result(id, { outcome: 'cancelled' });
  }

  failAll(error: CallError): void {
    for (const id of [...this.#going.keys()]) this.#fail(id, error);
  }

  close(): void {
    this.failAll(new CallError('ABORTED'));
  }

  async #say(going: Going): Promise<void> {
    const { ring, request, until, known } = going;
    if (going.saying) return;
    going.saying = true;
    const left = Math.min(MAX_RING_MS, Math.max(MIN_RING_MS, Math.round(until - Date.now())));
    try {
      const reply = await this.#parts.ask({ ...request, timeoutMs: left, ...(known && { again: true }) });
      going.known = true;
      clearTimeout(going.overdue);
      if (reply.result) this.result(ring.id, reply.result);
      // The server ends it; only a server that is gone does not.
      else going.overdue = setTimeout(() => this.#unanswered(ring.id), reply.remainingMs + this.#parts.timings.lateMs);
    } catch (cause) {
      const error = CallError.from(cause);
      if (!PASSING.has(error.code)) this.#fail(ring.id, error);
      else if (error.retryAfterMs) setTimeout(() => void this.#say(going), error.retryAfterMs);
    } finally {
      going.saying = false;
    }
  }

  #unreached(id: string): void {
    this.#withdraw(id);
    this.#fail(id, new CallError('SIGNAL_UNREACHABLE', { retryable: true }));
  }

  #unanswered(id: string): void {
    this.#withdraw(id);
    this.result(id, { outcome: 'no-answer' });
  }

  #withdraw(id: string): void {
    this.#withdrawn.add(id);
    this.#parts.cancel(id).then(
      () => this.#withdrawn.delete(id),
      (cause: unknown) => PASSING.has(CallError.from(cause).code) || this.#withdrawn.delete(id),
    );
  }

  #fail(id: string, error: CallError): void {
    const going = this.#take(id);
    if (!going) return;
    this.#parts.failed(going.ring, error);
    going.reject(error);
  }

  #take(id: string): Going | undefined {
    const going = this.#going.get(id);
    if (!going) return undefined;
    clearTimeout(going.overdue);
    this.#going.delete(id);
    return going;
  }
}
