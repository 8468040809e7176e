/**
 * A signaling channel between transports in one page, with the faults of a real one: it delays, loses,
 * repeats and reorders what it carries. Every message is copied, as a wire would.
 */
import type { Signal } from '../../server/protocol/schemas.js';

export interface Faults {
  /** Milliseconds on the way. */
  delay?: (signal: Signal) => number;
  lose?: (signal: Signal) => boolean;
  repeat?: (signal: Signal) => boolean;
}

export class SignalPipe {
  readonly #receivers = new Map<string, (from: string, signal: Signal) => void>();
  readonly log: { from: string; to: string; signal: Signal }[] = [];
  faults: Faults = {};
  /** While held, messages pile up; `release()` delivers them in order. */
  #held: (() => void)[] | null = null;

  connect(id: string, receive: (from: string, signal: Signal) => void): void {
    this.#receivers.set(id, receive);
  }

  async send(from: string, to: string, signal: Signal): Promise<void> {
    const copy = structuredClone(signal);
    this.log.push({ from, to, signal: copy });
    if (this.faults.lose?.(copy)) return;
    const deliver = (): void => this.#receivers.get(to)?.(from, structuredClone(copy));
    const times = this.faults.repeat?.(copy) ? 2 : 1;
    for (let i = 0; i < times; i += 1) {
      if (this.#held) this.#held.push(deliver);
      else setTimeout(deliver, this.faults.delay?.(copy) ?? 0);
    }
  }

  hold(): void {
    this.#held ??= [];
  }

  release(): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const deliver of held) deliver();
  }
}
