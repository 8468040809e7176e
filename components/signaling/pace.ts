/**
 * How often we may say something, by our own clock: stays a little below what the server allows, so that it never has to
 * refuse. Knows numbers; not what is said.
 */
import type { SignalRequest } from '../../server/protocol/schemas.js';
import type { Pace } from '../core/timings.js';

/** `burst` at once, then `perSecond` on average; one number is kept, the moment the allowance is full again (GCRA). */
class Allowance {
  readonly #msPerPoint: number;
  readonly #msWhenEmpty: number;
  #fullAt = 0;

  constructor({ burst, perSecond }: Pace) {
    this.#msPerPoint = 1_000 / perSecond;
    this.#msWhenEmpty = burst * this.#msPerPoint;
  }

  /** Milliseconds until so many points can be had. */
  wait(points: number, now: number): number {
    return Math.max(0, Math.max(this.#fullAt, now) + points * this.#msPerPoint - now - this.#msWhenEmpty);
  }

  take(points: number, now: number): void {
    this.#fullAt = Math.max(this.#fullAt, now) + points * this.#msPerPoint;
  }
}

export class SignalPace {
  readonly #descriptions: Allowance;
  readonly #candidates: Allowance;

  constructor(pace: { readonly descriptions: Pace; readonly candidates: Pace }) {
    this.#descriptions = new Allowance(pace.descriptions);
    this.#candidates = new Allowance(pace.candidates);
  }

  /** Zero: it was counted and may be sent now. Otherwise milliseconds to wait. */
  admit({ signal }: SignalRequest): number {
    const now = performance.now();
    // An answer is what somebody else asked for: nobody is to wait for it.
    const offers = signal.description?.type === 'offer' ? 1 : 0;
    const candidates = signal.candidates?.length ?? 0;
    const wait = Math.max(this.#descriptions.wait(offers, now), this.#candidates.wait(candidates, now));
    if (wait > 0) return Math.max(1, Math.ceil(wait));
    this.#descriptions.take(offers, now);
    this.#candidates.take(candidates, now);
    return 0;
  }
}
