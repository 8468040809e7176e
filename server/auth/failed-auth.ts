/**
 * Addresses that keep presenting what nobody signed are told to wait. One count for tokens and API keys. What is
 * good is good from there, too: an office must not be locked out by one of its computers. Knows counters' keys; `undefined` is an address that is not counted.
 */
import { RateLimiterMemory } from 'rate-limiter-flexible';

export interface FailedAuthLimits {
  readonly failuresPerMinute: number;
  readonly blockMs: number;
}

export class FailedAuth {
  readonly #failures: RateLimiterMemory;
  readonly #limits: FailedAuthLimits;

  constructor(limits: FailedAuthLimits) {
    this.#limits = limits;
    this.#failures = new RateLimiterMemory({
      points: limits.failuresPerMinute,
      duration: 60,
      blockDuration: limits.blockMs / 1_000,
    });
  }

  /** How much longer an address is not listened to; 0 if it is. */
  async blockedMs(address: string | undefined): Promise<number> {
    if (address === undefined) return 0;
    const state = await this.#failures.get(address);
    return state !== null && state.consumedPoints > this.#limits.failuresPerMinute ? Math.max(1, state.msBeforeNext) : 0;
  }

  async failed(address: string | undefined): Promise<void> {
    if (address === undefined) return;
    // Consuming throws when there is nothing left, which is what starts the block.
    await this.#failures.consume(address).catch(() => undefined);
  }
}
