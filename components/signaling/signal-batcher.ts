/**
 * Signals that go together: those of one moment in one request, or in several, one after the other, when that is too
 * much for one. Each is answered by itself. Knows how much goes together, not how it travels.
 */
import type { Ack } from '../../server/protocol/events.js';
import { MAX_FRAME_BYTES, MAX_HTTP_SIGNALS } from '../../server/protocol/limits.js';
import type { SignalRequest } from '../../server/protocol/schemas.js';
import { CallError } from '../core/call-error.js';
import { toJson } from '../core/json.js';

/** Answers to several offers are ready within a moment of each other. */
const TOGETHER_MS = 10;
/** A request holds as many bytes as a frame of the connection, and not only signals. */
const MOST_BYTES = MAX_FRAME_BYTES - 1_024;

interface Waiting {
  readonly request: SignalRequest;
  readonly resolve: () => void;
  readonly reject: (error: CallError) => void;
}

export class SignalBatcher {
  readonly #send: (signals: readonly SignalRequest[]) => Promise<readonly Ack<unknown>[]>;
  readonly #waiting: Waiting[] = [];
  #soon: ReturnType<typeof setTimeout> | undefined;
  /** More waits than goes together. */
  #crowded = false;

  constructor(send: (signals: readonly SignalRequest[]) => Promise<readonly Ack<unknown>[]>) {
    this.#send = send;
  }

  /** Rejects with what was answered; or, where nothing was, as a lost connection does: it may be said again. */
  put(request: SignalRequest): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, resolve, reject });
      this.#soon ??= setTimeout(() => {
        this.#soon = undefined;
        if (!this.#crowded) void this.#sendAll();
      }, TOGETHER_MS);
    });
  }

  /** What does not go together follows when the rest was answered: in order, and nothing overtakes it. */
  async #sendAll(): Promise<void> {
    for (let more = true; more;) {
      const batch = this.#next();
      more = this.#crowded = this.#waiting.length > 0;
      try {
        const answers = await this.#send(batch.map(({ request }) => request));
        for (const [at, waiting] of batch.entries()) settle(waiting, answers[at]);
      } catch (cause) {
        // What came after it must not arrive before it.
        const lost = more ? [...batch, ...this.#waiting.splice(0)] : batch;
        if (more) this.#crowded = false;
        for (const waiting of lost) settle(waiting, undefined, cause);
        return;
      }
    }
  }

  #next(): Waiting[] {
    let bytes = 0;
    let count = 0;
    for (const { request } of this.#waiting.slice(0, MAX_HTTP_SIGNALS)) {
      bytes += new TextEncoder().encode(toJson(request)).length;
      if (bytes > MOST_BYTES && count > 0) break;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }
}

function settle({ resolve, reject }: Waiting, answer: Ack<unknown> | undefined, cause?: unknown): void {
  if (answer?.ok) resolve();
  else reject(answer ? CallError.fromWire(answer.error) : new CallError('SIGNAL_UNREACHABLE', { cause, retryable: true }));
}
