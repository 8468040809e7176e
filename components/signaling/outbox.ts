/**
 * Messages that must arrive: kept until acknowledged, said again after the connection came back. The server
 * recognises repeats by their id, so twice sent is once heard.
 */
import type { SignalRequest } from '../../server/protocol/schemas.js';
import { CallError } from '../core/call-error.js';

interface Entry {
  readonly request: SignalRequest;
  readonly resolve: () => void;
  readonly reject: (error: CallError) => void;
}

export class Outbox {
  readonly #waiting = new Map<string, Entry>();
  readonly #transmit: (request: SignalRequest) => Promise<unknown>;

  /** `transmit` rejects with a retryable CallError when the message may be said again. */
  constructor(transmit: (request: SignalRequest) => Promise<unknown>) {
    this.#transmit = transmit;
  }

  put(request: SignalRequest, now: boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const entry: Entry = { request, resolve, reject };
      this.#waiting.set(request.id, entry);
      if (now) void this.#try(entry);
    });
  }

  /** The connection is back, the seat is ours: everything unacknowledged again, in order. */
  resend(): void {
    for (const entry of [...this.#waiting.values()]) void this.#try(entry);
  }

  /** Nothing of this can arrive any more. */
  clear(): void {
    const entries = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const entry of entries) entry.reject(new CallError('ABORTED'));
  }

  async #try(entry: Entry): Promise<void> {
    try {
      await this.#transmit(entry.request);
      if (this.#waiting.delete(entry.request.id)) entry.resolve();
    } catch (cause) {
      const error = cause instanceof CallError ? cause : new CallError('INTERNAL', { cause });
      if (error.code === 'TIMEOUT' || error.code === 'SIGNAL_UNREACHABLE') return; // stays, until the connection is back
      if (error.code === 'RATE_LIMITED' && this.#waiting.has(entry.request.id)) {
        setTimeout(() => {
          if (this.#waiting.has(entry.request.id)) void this.#try(entry);
        }, error.retryAfterMs ?? 1_000);
        return;
      }
      if (this.#waiting.delete(entry.request.id)) entry.reject(error);
    }
  }
}
