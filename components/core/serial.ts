/**
 * Runs tasks one after the other, in the order they were asked for. A task that fails does not
 * stop the next one; its caller gets the failure.
 */
export class Serial {
  #tail: Promise<unknown> = Promise.resolve();
  #running = 0;

  run<T>(task: () => Promise<T> | T): Promise<T> {
    return this.#keep(this.#tail.then(task));
  }

  /** At once when nothing is under way: some browsers open a picker only in the very task of the click. */
  runNow<T>(task: () => Promise<T>): Promise<T> {
    return this.#running ? this.run(task) : this.#keep(task());
  }

  #keep<T>(result: Promise<T>): Promise<T> {
    this.#running += 1;
    this.#tail = result.catch(() => undefined).then(() => void (this.#running -= 1));
    return result;
  }
}
