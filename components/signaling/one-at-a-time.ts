/** Asks again only what was asked since the last answer, and not more often than once a second. Knows not what is asked. */
const APART_MS = 1_000;

export class OneAtATime {
  readonly #ask: () => Promise<unknown>;
  #busy = false;
  #again = false;

  constructor(ask: () => Promise<unknown>) {
    this.#ask = ask;
  }

  ask(): void {
    if (this.#busy) {
      this.#again = true;
      return;
    }
    this.#busy = true;
    const next = (): void => {
      this.#busy = false;
      if (!this.#again) return;
      this.#again = false;
      this.ask();
    };
    const later = (): void => void setTimeout(next, APART_MS);
    this.#ask().then(later, later);
  }
}
