/**
 * Finds the link that says it is connected but carries nothing, by counting packets of a peer who says
 * that something is on. Decides only; knows no health and mends nothing.
 */
export type SilenceVerdict = 'fine' | 'restart' | 'rebuild';

export class SilenceWatch {
  #packets: number | null = null;
  #silences = 0;

  /** Nothing is expected now: the next look starts anew. */
  reset(): void {
    this.#packets = null;
  }

  /** First a restart, then, if that did not help, a new connection, then patience: it may be their device. */
  sample(packets: number): SilenceVerdict {
    const silent = packets === this.#packets;
    this.#packets = packets;
    if (!silent) {
      this.#silences = 0;
      return 'fine';
    }
    this.#silences += 1;
    return this.#silences === 1 ? 'restart' : this.#silences === 3 ? 'rebuild' : 'fine';
  }
}
