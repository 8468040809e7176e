/** The wait to be let in: over when the server tells the decision, or when the connection it would come on is lost. */
import type { Ack } from '../../server/protocol/events.js';
import type { JoinReply } from '../../server/protocol/schemas.js';
import { CallError } from '../core/call-error.js';

export class Lobby {
  #settle: ((outcome: JoinReply | CallError) => void) | null = null;
  #lastHere = -Infinity;

  /** When somebody last waited here: from then on a new try has its time again. */
  get lastHere(): number {
    return this.#lastHere;
  }

  wait(abort: AbortSignal): Promise<JoinReply> {
    this.#settle?.(new CallError('ABORTED'));
    if (abort.aborted) return Promise.reject(new CallError('ABORTED'));
    return new Promise((resolve, reject) => {
      const aborted = (): void => this.#settle?.(new CallError('ABORTED'));
      abort.addEventListener('abort', aborted);
      this.#settle = (outcome) => {
        abort.removeEventListener('abort', aborted);
        this.#settle = null;
        this.#lastHere = performance.now();
        if (outcome instanceof CallError) reject(outcome);
        else resolve(outcome);
      };
    });
  }

  decided(answer: Ack<JoinReply>): void {
    this.#settle?.(answer.ok ? answer.data : CallError.fromWire(answer.error));
  }

  lost(error: CallError): void {
    this.#settle?.(error);
  }
}
