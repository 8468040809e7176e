/**
 * Attempts to join whose page has gone on to something else before it heard the answer. One that arrives after its end, because
 * the two travelled on different connections, takes no seat.
 */
import type { JoinRequest, LeaveRequest } from '../protocol/schemas.js';

/** It only keeps the memory bounded. The oldest goes first. */
const MOST = 10_000;

export class GivenUp {
  readonly #attempts = new Map<string, number>();
  readonly #keptMs: number;

  /** `keptMs`: as long as an attempt may be repeated. */
  constructor(keptMs: number) {
    this.#keptMs = keptMs;
  }

  add({ room, attempts }: LeaveRequest): void {
    const now = performance.now();
    for (const [attempt, until] of this.#attempts) {
      if (until > now && this.#attempts.size < MOST) break;
      this.#attempts.delete(attempt);
    }
    for (const joinId of attempts) this.#attempts.set(`${room} ${joinId}`, now + this.#keptMs);
  }

  has({ room, joinId }: Pick<JoinRequest, 'room' | 'joinId'>): boolean {
    return (this.#attempts.get(`${room} ${joinId}`) ?? 0) > performance.now();
  }
}
