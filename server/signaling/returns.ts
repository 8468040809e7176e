/**
 * Coming back to a new seat: makes and opens return claims, and remembers whose seat was given up because nothing was heard of
 * them: they were inside when a room was locked, and a locked room still takes them.
 */
import { identityFrom } from '../auth/identity.js';
import { ReturnClaims } from '../rooms/return-claims.js';
import type { StateStore } from '../state-store.js';
import type { Returned, Returns as Opens } from './authorizer.js';
import type { ParticipantSession } from './participant-session.js';

export interface ReturnParts {
  readonly state: StateStore;
  readonly returnMs: number;
  readonly sessionKey?: Uint8Array;
}

export interface ReturnPass {
  readonly returnToken: string;
  /** Relative: the clock of a page may be off. */
  readonly returnForMs: number;
}

export class Returns implements Opens {
  readonly #claims: ReturnClaims;
  readonly #state: StateStore;
  readonly #returnMs: number;

  constructor({ state, returnMs, sessionKey }: ReturnParts) {
    this.#claims = new ReturnClaims(sessionKey);
    this.#state = state;
    this.#returnMs = returnMs;
  }

  /** For who sits there; undefined where nobody may come back that way. */
  passFor({ room, participantId, identity, since }: ParticipantSession): ReturnPass | undefined {
    const expiresAt = since + this.#returnMs;
    const returnForMs = expiresAt - Date.now();
    if (this.#returnMs <= 0 || returnForMs <= 0) return undefined;
    return { returnToken: this.#claims.seal(room, { since, expiresAt, participantId, rights: identity }), returnForMs };
  }

  async open(room: string, token: string): Promise<Returned | undefined> {
    const claim = this.#returnMs > 0 ? this.#claims.open(token, room) : undefined;
    if (claim === undefined || claim.expiresAt <= Date.now()) return undefined;
    const { rights, since, participantId } = claim;
    const lost = await this.#state.get('lost', `${room}:${participantId}`);
    return { identity: identityFrom(rights), participantId, since, lostSeat: lost !== undefined };
  }

  /** Given up because nothing was heard of them. */
  async lost({ room, participantId }: ParticipantSession): Promise<void> {
    if (this.#returnMs > 0) await this.#state.set('lost', `${room}:${participantId}`, true, Date.now() + this.#returnMs);
  }
}
