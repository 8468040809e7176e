/**
 * How often somebody may ask: one allowance per kind of request, kept per line and, ten times
 * larger, per address. Knows keys and numbers; not what is asked.
 */
import { BurstyRateLimiter, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { RATE_KINDS, type Limits, type Rate, type RateKind } from '../limits.js';
import type { AddressKey } from './addresses.js';
import { Refusal } from './refusal.js';

interface Limiter {
  consume(key: string, points?: number): Promise<unknown>;
}

type Limiters = Readonly<Record<RateKind, Limiter>>;

export interface Caller {
  /** Names who is counted: the participant, or the line while nobody sits on it. */
  readonly counter: string;
  readonly address: AddressKey;
}

export class Rates {
  readonly #perLine: Limiters;
  readonly #perAddress: Limiters;
  readonly #joins: Limiter;
  readonly #rooms: Limiter;

  constructor(limits: Limits) {
    const { rates, addressFactor } = limits;
    this.#perLine = limiters((kind) => bursty(rates[kind]));
    this.#perAddress = limiters((kind) => inWindows(times(rates[kind], addressFactor)));
    this.#joins = new RateLimiterMemory({ points: limits.joinsPerAddressPerMinute, duration: 60 });
    this.#rooms = new RateLimiterMemory({ points: limits.roomsPerAddressPerMinute, duration: 60 });
  }

  async take(kind: RateKind, caller: Caller, points = 1): Promise<void> {
    await consume(this.#perLine[kind], caller.counter, points);
    if (caller.address === undefined) return;
    if (kind === 'join') await consume(this.#joins, caller.address, points);
    else await consume(this.#perAddress[kind], caller.address, points);
  }

  /** Bringing a room to life costs memory that outlasts the visit, so it is counted apart. */
  async takeRoom(caller: Caller): Promise<void> {
    if (caller.address !== undefined) await consume(this.#rooms, caller.address, 1);
  }
}

async function consume(limit: Limiter, key: string, points: number): Promise<void> {
  try {
    await limit.consume(key, points);
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes)
      throw new Refusal('RATE_LIMITED', { retryAfterMs: Math.max(1, Math.ceil(refusal.msBeforeNext)) });
    throw refusal;
  }
}

function limiters(make: (kind: RateKind) => Limiter): Limiters {
  return Object.fromEntries(RATE_KINDS.map((kind) => [kind, make(kind)])) as Limiters;
}

/** The whole burst in each window. Half the price of the other; addresses have so much room that nobody notices. */
function inWindows({ burst, perSecond }: Rate): Limiter {
  return new RateLimiterMemory({ points: burst, duration: Math.ceil(burst / perSecond) });
}

function bursty({ burst, perSecond }: Rate): Limiter {
  if (perSecond < 1 || burst <= perSecond) return inWindows({ burst, perSecond });
  return new BurstyRateLimiter(
    new RateLimiterMemory({ points: perSecond, duration: 1 }),
    new RateLimiterMemory({ points: burst - perSecond, duration: Math.ceil(burst / perSecond) }),
  );
}

function times({ burst, perSecond }: Rate, factor: number): Rate {
  return { burst: burst * factor, perSecond: perSecond * factor };
}
