/**
 * Runs tasks one after the other, in the order they were asked for. A task that fails does not
 * stop the next one; its caller gets the failure.
 */
export class Serial {
  #tail: Promise<unknown> = Promise.resolve();

  run<T>(task: () => Promise<T> | T): Promise<T> {
    const result = this.#tail.then(task);
    this.#tail = result.catch(() => undefined);
    return result;
  }
}
