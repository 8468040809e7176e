/**
 * The last word to those whose seat was taken from them. Who did not hear it, because their connection was away, hears it when
 * they come back for that seat, instead of finding a closed door. Knows seats by name and token.
 */
import type { Goodbye } from '../protocol/events.js';
import type { ParticipantSession } from './participant-session.js';

/** It only keeps the memory bounded. The oldest word goes first. */
const MOST = 10_000;

interface PendingGoodbye {
  readonly tokenHash: string;
  readonly goodbye: Goodbye;
  readonly until: number;
}

export class PendingGoodbyes {
  readonly #kept = new Map<string, PendingGoodbye>();
  readonly #validMs: number;

  /** `validMs`: as long as somebody may come back for a seat. */
  constructor(validMs: number) {
    this.#validMs = validMs;
  }

  keep({ participantId, tokenHash }: ParticipantSession, goodbye: Goodbye): void {
    const now = performance.now();
    for (const [id, { until }] of this.#kept) {
      if (until > now && this.#kept.size < MOST) break;
      this.#kept.delete(id);
    }
    this.#kept.set(participantId, { tokenHash, goodbye, until: now + this.#validMs });
  }

  /** For who has the token of that seat. */
  of(participantId: string, tokenHash: string): Goodbye | undefined {
    const farewell = this.#kept.get(participantId);
    return farewell?.tokenHash === tokenHash && performance.now() <= farewell.until ? farewell.goodbye : undefined;
  }
}
