/**
 * Which proofs of having been inside are worth nothing any more: those of everybody when a call was ended for all, those of one
 * person who was sent out. What was made afterwards counts again. Over the store of what outlives a restart.
 */
import type { StateStore } from '../state-store.js';

export type Revocation = 'ended' | 'revoked';

export class Revocations {
  readonly #state: StateStore;
  readonly #keptMs: number;
  readonly #now: () => number;

  /** `keptMs`: as long as such a proof can live. */
  constructor(state: StateStore, keptMs: number, now: () => number = Date.now) {
    this.#state = state;
    this.#keptMs = keptMs;
    this.#now = now;
  }

  async endRoom(room: string): Promise<void> {
    const now = this.#now();
    await this.#state.set('ended', room, now, now + this.#keptMs);
  }

  /** `who`: their `sub`; of a guest, the seat they had. */
  async revoke(room: string, who: string): Promise<void> {
    const now = this.#now();
    await this.#state.set('revoked', `${room}:${who}`, now, now + this.#keptMs);
  }

  /** Why what was made at that time counts no more; undefined: it does. */
  async of(room: string, who: string, madeAt: number): Promise<Revocation | undefined> {
    const [ended, revoked] = await Promise.all([this.#state.get('ended', room), this.#state.get('revoked', `${room}:${who}`)]);
    if (revoked !== undefined && madeAt <= Number(revoked)) return 'revoked';
    return ended !== undefined && madeAt <= Number(ended) ? 'ended' : undefined;
  }
}
