/**
 * Attempts to join whose page has gone on to something else before it heard the answer. One that arrives after its end, because
 * the two travelled on different connections, takes no seat.
 */
import type { JoinRequest, LeaveRequest } from '../protocol/schemas.js';

/** It only keeps the memory bounded. The oldest goes first. */
const MOST = 10_000;

/** The token that opened a seat, and whose seat. */
export interface UsedToken {
  readonly id: string;
  readonly participantId: string;
}

export class GivenUp {
  readonly #attempts = new Map<string, number>();
  /** By attempt: the token that it used up. Outlives the seat, which may be given up on another connection first. */
  readonly #tokens = new Map<string, UsedToken & { readonly until: number }>();
  readonly #keptMs: number;
  readonly #tokenMs: number;

  /** `keptMs`: as long as an attempt may be repeated. `tokenMs`: as long after a join its token can be given back. */
  constructor(keptMs: number, tokenMs: number) {
    this.#keptMs = keptMs;
    this.#tokenMs = tokenMs;
  }

  usedToken({ room, joinId }: Pick<JoinRequest, 'room' | 'joinId'>, used: UsedToken): void {
    const now = performance.now();
    for (const [attempt, { until }] of this.#tokens) {
      if (until > now && this.#tokens.size < MOST) break;
      this.#tokens.delete(attempt);
    }
    this.#tokens.set(`${room} ${joinId}`, { ...used, until: now + this.#tokenMs });
  }

  /** What these attempts used up: they came to nothing, so the next try may use the same token. Each is told once. */
  tokensOf({ room, attempts }: LeaveRequest): readonly UsedToken[] {
    const now = performance.now();
    return attempts.flatMap((joinId) => {
      const used = this.#tokens.get(`${room} ${joinId}`);
      this.#tokens.delete(`${room} ${joinId}`);
      return used && used.until > now ? [used] : [];
    });
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
