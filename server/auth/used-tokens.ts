/**
 * Which tokens were used. An asynchronous seam over the store of what outlives a restart.
 * A token is taken by one attempt to join; the same attempt may come again, because its answer may have been lost.
 */
import { MemoryStateStore, type StateStore, type StoredValue } from '../state-store.js';

export interface TokenUse {
  readonly id: string;
  /** Names the attempt (the `joinId`): whoever knows it is who used the token. */
  readonly attempt: string;
  readonly expiresAt: number;
}

export interface UsedTokens {
  /** `first`: it is yours now. `again`: it was yours already. `used`: it is somebody else's. */
  take(use: TokenUse): Promise<'first' | 'again' | 'used'>;
  /** Whether an attempt has it. Uses nothing up. */
  isTaken(id: string): Promise<boolean>;
  /** Nothing came of the attempt: the token is as good as new. */
  release(id: string): Promise<void>;
}

export interface StoredUsedTokensOptions {
  readonly state?: StateStore;
  /** An attempt may come again for this long. */
  readonly joinRetryMs: number;
  readonly now?: () => number;
}

export class StoredUsedTokens implements UsedTokens {
  readonly #state: StateStore;
  readonly #joinRetryMs: number;
  readonly #now: () => number;

  constructor({ state = new MemoryStateStore(), joinRetryMs, now = Date.now }: StoredUsedTokensOptions) {
    this.#state = state;
    this.#joinRetryMs = joinRetryMs;
    this.#now = now;
  }

  async take({ id, attempt, expiresAt }: TokenUse): Promise<'first' | 'again' | 'used'> {
    const now = this.#now();
    const taken = await this.#state.add('token', id, { attempt, at: now }, expiresAt);
    if (taken === undefined) return 'first';
    return isBy(taken, attempt, now - this.#joinRetryMs) ? 'again' : 'used';
  }

  async isTaken(id: string): Promise<boolean> {
    return (await this.#state.get('token', id)) !== undefined;
  }

  release(id: string): Promise<void> {
    return this.#state.delete('token', id);
  }
}

function isBy(taken: StoredValue, attempt: string, since: number): boolean {
  if (typeof taken !== 'object' || taken === null) return false;
  return taken['attempt'] === attempt && Number(taken['at']) >= since;
}
