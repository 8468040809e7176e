/**
 * A value that can be read and watched. Knows nothing of what it holds.
 * Watchers are told once per microtask, however often the value changed in between.
 */
export interface Observable<T> {
  get(): T;
  /** Calls back after every change; not for the current value. Ends with the returned function or the signal. */
  subscribe(listener: (value: T) => void, signal?: AbortSignal): () => void;
}

export class ObservableValue<T> implements Observable<T> {
  readonly #listeners = new Set<(value: T) => void>();
  #value: T;
  #told = false;

  constructor(value: T) {
    this.#value = value;
  }

  get(): T {
    return this.#value;
  }

  set(value: T): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    if (this.#told) return;
    this.#told = true;
    queueMicrotask(() => {
      this.#told = false;
      for (const listener of [...this.#listeners]) listener(this.#value);
    });
  }

  subscribe(listener: (value: T) => void, signal?: AbortSignal): () => void {
    if (signal?.aborted) return () => undefined;
    // A wrapper per call, so that the same function can be subscribed twice and ended once.
    const entry = (value: T): void => listener(value);
    this.#listeners.add(entry);
    const end = (): void => {
      this.#listeners.delete(entry);
    };
    signal?.addEventListener('abort', end, { once: true });
    return end;
  }
}
