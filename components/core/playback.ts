/**
 * Remembers the players whose sound the browser refused to start, so that one tap starts them all.
 * Knows nothing of elements: a player is a function that tries again.
 */
type Retry = () => Promise<void>;

export class Playback {
  readonly #refused = new Set<Retry>();
  readonly #changed: (blocked: boolean) => void;

  constructor(changed: (blocked: boolean) => void) {
    this.#changed = changed;
  }

  report(retry: Retry): () => void {
    const entry: Retry = () => retry();
    this.#refused.add(entry);
    this.#changed(true);
    return () => {
      if (this.#refused.delete(entry) && this.#refused.size === 0) this.#changed(false);
    };
  }

  /** Call from a click: the browser counts the activation while the players start. */
  async startAll(): Promise<void> {
    const tried = [...this.#refused];
    const results = await Promise.allSettled(tried.map((retry) => retry()));
    results.forEach((result, index) => {
      const retry = tried[index];
      if (result.status === 'fulfilled' && retry) this.#refused.delete(retry);
    });
    this.#changed(this.#refused.size > 0);
  }

  clear(): void {
    this.#refused.clear();
  }
}
