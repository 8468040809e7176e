/**
 * Renews the claims to seats while somebody sits there, a few at a time: thousands at once would hold up everybody else. Knows
 * seats and when they were signed last.
 */
import type { Claims } from '../rooms/claims.js';
import { seatRenewalMs } from '../timings.js';
import { claimOf } from './join-reply.js';
import type { ParticipantSession } from './participant-session.js';

/** Looks in one renewal period. */
const LOOKS = 15;

export interface RenewalParts {
  readonly sessions: ReadonlyMap<string, ParticipantSession>;
  readonly claims: Claims;
  readonly graceMs: number;
}

export class SeatRenewal {
  readonly #parts: RenewalParts;
  readonly #timer: NodeJS.Timeout;

  constructor(parts: RenewalParts) {
    this.#parts = parts;
    this.#timer = setInterval(() => this.#look(), seatRenewalMs(parts) / LOOKS).unref();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const { sessions, claims, graceMs } = this.#parts;
    const now = performance.now();
    const due = now - seatRenewalMs({ graceMs });
    for (const session of sessions.values()) {
      const { connection: line, room, participantId, tokenHash } = session;
      if (session.renewedAt > due || line === undefined || line.transient) continue;
      session.renewedAt = now;
      line.send('seat-renewed', { claim: claims.describe(tokenHash, { room, participantId }, claimOf(session, graceMs)) });
    }
  }
}
