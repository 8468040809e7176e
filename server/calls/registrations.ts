/**
 * Who is registered, under which address and on which line. A registration outlives its line for a moment, so that a lost
 * line or a reload does not miss a ring. Knows rings only as what rings at a registration.
 */
import type { PhoneLine, Registration } from './registration.js';

/** What a registration says of itself, checked and cleaned. */
export type Particulars = Pick<
  Registration,
  'address' | 'blocked' | 'displayName' | 'externalId' | 'key' | 'named' | 'person' | 'presence' | 'status' | 'strategy'
>;

export interface RegistrationTimings {
  readonly graceMs: number;
  readonly reloadMs: number;
}

const NOBODY: ReadonlyMap<string, Registration> = new Map();

export class Registrations {
  readonly #byAddress = new Map<string, Map<string, Registration>>();
  readonly #onLine = new Map<PhoneLine, Registration>();
  readonly #timings: RegistrationTimings;

  constructor(timings: RegistrationTimings) {
    this.#timings = timings;
  }

  on(line: PhoneLine): Registration | undefined {
    return this.#onLine.get(line);
  }

  /** By key. What nobody uses and what nobody ever used are the same. */
  at(address: string): ReadonlyMap<string, Registration> {
    return this.#byAddress.get(address) ?? NOBODY;
  }

  /** A new one, or the one that was known by that key. */
  take(line: PhoneLine, particulars: Particulars): { readonly registration: Registration; readonly known: boolean } {
    const before = this.#onLine.get(line);
    if (before !== undefined && before.key !== particulars.key) this.#remove(before);
    const known = this.at(particulars.address).get(particulars.key);
    const registration = known ?? this.#new(particulars);
    const { displayName, status, blocked, presence, strategy } = particulars;
    Object.assign(registration, { displayName, status, blocked, presence, strategy, away: false });
    clearTimeout(registration.grace);
    if (registration.line !== undefined && registration.line !== line) this.#onLine.delete(registration.line);
    registration.line = line;
    this.#onLine.set(line, registration);
    return { registration, known: known !== undefined };
  }

  giveUp(line: PhoneLine): void {
    const registration = this.#onLine.get(line);
    if (registration !== undefined) this.#remove(registration);
  }

  /** The line is gone; `meant`: closed with a word. */
  lose(line: PhoneLine, meant: boolean): void {
    const registration = this.#onLine.get(line);
    this.#onLine.delete(line);
    if (registration === undefined || registration.line !== line) return;
    registration.line = undefined;
    if (meant) this.#remove(registration);
    else registration.grace = setTimeout(() => this.#remove(registration), this.kept(registration)).unref();
  }

  /** How long what is on a lost line is kept. */
  kept(registration: Registration | undefined): number {
    return registration?.away === true ? this.#timings.reloadMs : this.#timings.graceMs;
  }

  close(): void {
    for (const there of this.#byAddress.values()) for (const { grace } of there.values()) clearTimeout(grace);
    this.#onLine.clear();
  }

  #new(particulars: Particulars): Registration {
    const registration: Registration = {
      ...particulars,
      line: undefined,
      ring: undefined,
      outgoing: new Set(),
      answeredAt: 0,
      away: false,
      removed: false,
      grace: undefined,
    };
    const there = this.#byAddress.get(registration.address);
    if (there === undefined) this.#byAddress.set(registration.address, new Map([[registration.key, registration]]));
    else there.set(registration.key, registration);
    return registration;
  }

  #remove(registration: Registration): void {
    clearTimeout(registration.grace);
    registration.removed = true;
    const { address, key, line } = registration;
    const there = this.#byAddress.get(address);
    there?.delete(key);
    if (there?.size === 0) this.#byAddress.delete(address);
    if (line !== undefined) this.#onLine.delete(line);
    registration.ring?.gone(registration);
  }
}
