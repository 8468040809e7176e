/**
 * How often somebody may ask: one allowance per kind of request, kept per connection and, ten times
 * larger, per address. Knows keys and numbers; not what is asked.
 */
import { RATE_KINDS, type Limits, type Rate, type RateKind } from '../limits.js';
import type { AddressKey } from './addresses.js';
import { Buckets } from './buckets.js';
import { Refusal } from './refusal.js';

type Allowances = Readonly<Record<RateKind, Buckets>>;

export interface RateSubject {
  /** Names who is counted: the participant, or the connection while nobody sits on it. */
  readonly counter: string;
  readonly address: AddressKey;
}

export class Rates {
  readonly #perConnection: Allowances;
  readonly #perAddress: Allowances;
  readonly #rooms: Buckets;
  readonly #callees: Buckets;
  readonly #pairs: Buckets;

  constructor(limits: Limits) {
    const { rates, addressFactor, joinsPerAddressPerMinute, roomsPerAddressPerMinute } = limits;
    this.#perConnection = allowances((kind) => rates[kind]);
    this.#perAddress = allowances((kind) =>
      kind === 'join' ? perMinute(joinsPerAddressPerMinute) : times(rates[kind], addressFactor),
    );
    this.#rooms = new Buckets(perMinute(roomsPerAddressPerMinute));
    this.#callees = new Buckets(perMinute(limits.ringsPerCalleePerMinute));
    this.#pairs = new Buckets(perMinute(limits.ringsPerPairPerMinute));
  }

  take(kind: RateKind, { counter, address }: RateSubject, points = 1): void {
    charge(this.#perConnection[kind], counter, points);
    if (address !== undefined)
      charge(this.#perAddress[kind], address, points, kind === 'join' ? 'LIMIT_JOINS_PER_ADDRESS' : 'LIMIT_MESSAGES_PER_ADDRESS');
  }

  /** Bringing a room to life costs memory that outlasts the visit, so it is counted apart. */
  takeRoom({ address }: RateSubject): void {
    if (address !== undefined) charge(this.#rooms, address, 1, 'LIMIT_ROOMS_PER_ADDRESS');
  }

  /** However many addresses ring it, and whether it is one that anybody uses: it rings only so often. */
  takeRing(caller: string, callee: string): void {
    charge(this.#pairs, `${caller} ${callee}`, 1);
    charge(this.#callees, callee, 1);
  }

  close(): void {
    for (const kind of RATE_KINDS) {
      this.#perConnection[kind].close();
      this.#perAddress[kind].close();
    }
    for (const buckets of [this.#rooms, this.#callees, this.#pairs]) buckets.close();
  }
}

function charge(buckets: Buckets, key: string, points: number, setting?: string): void {
  const retryAfterMs = buckets.take(key, points);
  if (retryAfterMs > 0) throw new Refusal('RATE_LIMITED', { retryAfterMs, ...(setting === undefined ? {} : { setting }) });
}

function allowances(rateOf: (kind: RateKind) => Rate): Allowances {
  return Object.fromEntries(RATE_KINDS.map((kind) => [kind, new Buckets(rateOf(kind))])) as Allowances;
}

function perMinute(burst: number): Rate {
  return { burst, perSecond: burst / 60 };
}

function times({ burst, perSecond }: Rate, factor: number): Rate {
  return { burst: burst * factor, perSecond: perSecond * factor };
}
