/**
 * Allowances that fill again by themselves: `burst` at once, then `perSecond` on average, one for each key.
 * Of a key it keeps one number, the moment its allowance is full again (GCRA); no timer and no promise.
 */
import type { Rate } from '../limits.js';

/** What is full again is forgotten this often: addresses must not stay in memory for longer than they count. */
const SWEEP_MS = 60_000;

/** Changed in place: a new number in a map for every message would be garbage for every message. */
interface Bucket {
  fullAt: number;
}

export class Buckets {
  readonly #buckets = new Map<string, Bucket>();
  readonly #msPerPoint: number;
  readonly #msWhenEmpty: number;
  readonly #now: () => number;
  #sweep: NodeJS.Timeout | undefined;

  constructor({ burst, perSecond }: Rate, now: () => number = () => performance.now()) {
    this.#msPerPoint = 1_000 / perSecond;
    this.#msWhenEmpty = burst * this.#msPerPoint;
    this.#now = now;
  }

  /** Takes so many points, or none and tells after how many milliseconds they can be had. */
  take(key: string, points = 1): number {
    const now = this.#now();
    const bucket = this.#buckets.get(key);
    const fullAt = (bucket === undefined ? now : Math.max(bucket.fullAt, now)) + points * this.#msPerPoint;
    const wait = this.#waitUntil(fullAt, now);
    if (wait > 0) return wait;
    if (bucket === undefined) this.#buckets.set(key, { fullAt });
    else bucket.fullAt = fullAt;
    this.#startSweep();
    return 0;
  }

  /** Takes so many points whether they are there or not: the next ones are waited for longer, up to twice a full allowance. */
  owe(key: string, points: number): void {
    const now = this.#now();
    const fullAt = Math.max(this.#buckets.get(key)?.fullAt ?? now, now) + points * this.#msPerPoint;
    this.#buckets.set(key, { fullAt: Math.min(fullAt, now + 2 * this.#msWhenEmpty) });
    this.#startSweep();
  }

  /** After how many milliseconds a point can be had; takes none. */
  wait(key: string): number {
    const bucket = this.#buckets.get(key);
    return bucket === undefined ? 0 : this.#waitUntil(bucket.fullAt + this.#msPerPoint, this.#now());
  }

  get size(): number {
    return this.#buckets.size;
  }

  close(): void {
    clearTimeout(this.#sweep);
    this.#buckets.clear();
  }

  #waitUntil(fullAt: number, now: number): number {
    const wait = fullAt - now - this.#msWhenEmpty;
    return wait > 0.001 ? Math.max(1, Math.ceil(wait)) : 0;
  }

  #startSweep(): void {
    this.#sweep ??= setTimeout(() => this.#forgetFull(), SWEEP_MS).unref();
  }

  #forgetFull(): void {
    const now = this.#now();
    for (const [key, { fullAt }] of this.#buckets) if (fullAt <= now) this.#buckets.delete(key);
    this.#sweep = this.#buckets.size === 0 ? undefined : setTimeout(() => this.#forgetFull(), SWEEP_MS).unref();
  }
}
