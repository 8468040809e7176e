/** Holds which call an element looks at, and tells when that becomes another one. */
import type { Call } from '../core/call.js';

export interface CallSlot {
  readonly call: Call | undefined;
  /** Calls back at once when there is a call, and at every change after. */
  onCall(listener: (call: Call | undefined) => void): void;
}

export class CallHolder implements CallSlot {
  readonly #listeners = new Set<(call: Call | undefined) => void>();
  #call: Call | undefined;

  get call(): Call | undefined {
    return this.#call;
  }

  set call(call: Call | undefined) {
    if (call === this.#call) return;
    this.#call = call;
    for (const listener of this.#listeners) listener(call);
  }

  onCall(listener: (call: Call | undefined) => void): void {
    this.#listeners.add(listener);
    if (this.#call) listener(this.#call);
  }
}
