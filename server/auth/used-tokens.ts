/**
 * Which tokens were used. An asynchronous seam: memory now, a store shared by several servers later.
 * A token is taken by one attempt to join; the same attempt may come again, because its answer may have been lost.
 */
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
  close(): Promise<void>;
}

interface Taken {
  readonly attempt: string;
  readonly at: number;
  readonly expiresAt: number;
}

export interface MemoryUsedTokensOptions {
  /** An attempt may come again for this long. */
  readonly joinRetryMs: number;
  readonly now?: () => number;
}

const SWEEP_MS = 60_000;

export class MemoryUsedTokens implements UsedTokens {
  readonly #taken = new Map<string, Taken>();
  readonly #joinRetryMs: number;
  readonly #now: () => number;
  readonly #sweep: NodeJS.Timeout;

  constructor({ joinRetryMs, now = Date.now }: MemoryUsedTokensOptions) {
    this.#joinRetryMs = joinRetryMs;
    this.#now = now;
    this.#sweep = setInterval(() => this.#forgetExpired(), SWEEP_MS).unref();
  }

  take({ id, attempt, expiresAt }: TokenUse): Promise<'first' | 'again' | 'used'> {
    const now = this.#now();
    const taken = this.#taken.get(id);
    if (taken === undefined || taken.expiresAt <= now) {
      this.#taken.set(id, { attempt, at: now, expiresAt });
      return Promise.resolve('first');
    }
    return Promise.resolve(taken.attempt === attempt && now - taken.at <= this.#joinRetryMs ? 'again' : 'used');
  }

  isTaken(id: string): Promise<boolean> {
    return Promise.resolve((this.#taken.get(id)?.expiresAt ?? 0) > this.#now());
  }

  release(id: string): Promise<void> {
    this.#taken.delete(id);
    return Promise.resolve();
  }

  close(): Promise<void> {
    clearInterval(this.#sweep);
    this.#taken.clear();
    return Promise.resolve();
  }

  #forgetExpired(): void {
    const now = this.#now();
    for (const [id, { expiresAt }] of this.#taken) if (expiresAt <= now) this.#taken.delete(id);
  }
}
