/**
 * Hands each item to every listener, at once and in order. A listener that throws does not
 * keep the others from hearing; its error is reported, never swallowed.
 */
export class Emitter<T> {
  readonly #listeners = new Set<(item: T) => void>();

  on(listener: (item: T) => void, signal?: AbortSignal): () => void {
    if (signal?.aborted) return () => undefined;
    const entry = (item: T): void => listener(item);
    this.#listeners.add(entry);
    const end = (): void => {
      this.#listeners.delete(entry);
    };
    signal?.addEventListener('abort', end, { once: true });
    return end;
  }

  emit(item: T): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(item);
      } catch (error) {
        // Outside this call, so that it reaches the page's error reporting like any uncaught error.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  get size(): number {
    return this.#listeners.size;
  }
}
