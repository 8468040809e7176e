/**
 * Deadlines that are nearly always met: all of one length wait on one timer of the system, so keeping one costs
 * an entry in a set. Knows only lengths and tasks.
 */
export interface Deadline {
  readonly ms: number;
  readonly at: number;
  readonly expired: () => void;
}

interface Queue {
  /** All of one length: what was started first ends first. */
  readonly running: Set<Deadline>;
  timer: NodeJS.Timeout | undefined;
}

export class Deadlines {
  readonly #queues = new Map<number, Queue>();

  start(ms: number, expired: () => void): Deadline {
    let queue = this.#queues.get(ms);
    if (queue === undefined) this.#queues.set(ms, (queue = { running: new Set(), timer: undefined }));
    const deadline = { ms, at: performance.now() + ms, expired };
    queue.running.add(deadline);
    queue.timer ??= this.#wake(queue, ms);
    return deadline;
  }

  /** Met; `false`: too late, or met before. */
  end(deadline: Deadline): boolean {
    return this.#queues.get(deadline.ms)?.running.delete(deadline) === true;
  }

  close(): void {
    for (const { timer } of this.#queues.values()) clearTimeout(timer);
    this.#queues.clear();
  }

  /** Not called off when the last deadline is met: the next one is seldom far. */
  #wake(queue: Queue, ms: number): NodeJS.Timeout {
    return setTimeout(() => {
      const now = performance.now();
      queue.timer = undefined;
      for (const deadline of queue.running) {
        if (deadline.at > now) {
          queue.timer ??= this.#wake(queue, deadline.at - now);
          return;
        }
        queue.running.delete(deadline);
        deadline.expired();
      }
    }, ms).unref();
  }
}
