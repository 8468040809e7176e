/**
 * One queue per room: what happens to a room is stored and announced before the next thing
 * happens to it, so every line hears the versions of the roster in order. Knows only keys and tasks; a task
 * rejects and never throws.
 */
export class InOrder {
  /** A queue for each key at work: what comes after the task that runs. */
  readonly #queues = new Map<string, (() => void)[]>();

  /** At once if nothing else happens to that key, which is nearly always so. */
  run<T>(key: string, task: () => Promise<T>): Promise<T> {
    const queue = this.#queues.get(key);
    if (queue !== undefined) return new Promise((resolve) => queue.push(() => resolve(this.#start(key, task))));
    this.#queues.set(key, []);
    return this.#start(key, task);
  }

  #start<T>(key: string, task: () => Promise<T>): Promise<T> {
    const next = (): void => {
      const following = this.#queues.get(key)?.shift();
      if (following === undefined) this.#queues.delete(key);
      else following();
    };
    const running = task();
    running.then(next, next);
    return running;
  }
}
