/**
 * Who is registered, under which address and on which connection. A registration outlives its connection for a moment, so that a lost
 * connection or a reload does not miss a ring. Knows rings only as what rings at a registration.
 */
import type { PhoneConnection, Registration } from './registration.js';

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
  readonly #byConnection = new Map<PhoneConnection, Registration>();
  readonly #timings: RegistrationTimings;

  constructor(timings: RegistrationTimings) {
    this.#timings = timings;
  }

  on(connection: PhoneConnection): Registration | undefined {
    return this.#byConnection.get(connection);
  }

  /** By key. What nobody uses and what nobody ever used are the same. */
  at(address: string): ReadonlyMap<string, Registration> {
    return this.#byAddress.get(address) ?? NOBODY;
  }

  /** A new one, or the one that was known by that key. */
  take(connection: PhoneConnection, particulars: Particulars): { readonly registration: Registration; readonly known: boolean } {
    const before = this.#byConnection.get(connection);
    if (before !== undefined && before.key !== particulars.key) this.#remove(before);
    const known = this.at(particulars.address).get(particulars.key);
    const registration = known ?? this.#new(particulars);
    const { displayName, status, blocked, presence, strategy } = particulars;
    Object.assign(registration, { displayName, status, blocked, presence, strategy, away: false });
    clearTimeout(registration.grace);
    if (registration.connection !== undefined && registration.connection !== connection)
      this.#byConnection.delete(registration.connection);
    registration.connection = connection;
    this.#byConnection.set(connection, registration);
    return { registration, known: known !== undefined };
  }

  giveUp(connection: PhoneConnection): void {
    const registration = this.#byConnection.get(connection);
    if (registration !== undefined) this.#remove(registration);
  }

  /** The connection is gone; `meant`: closed with a word. */
  lose(connection: PhoneConnection, meant: boolean): void {
    const registration = this.#byConnection.get(connection);
    this.#byConnection.delete(connection);
    if (registration === undefined || registration.connection !== connection) return;
    registration.connection = undefined;
    if (meant) this.#remove(registration);
    else registration.grace = setTimeout(() => this.#remove(registration), this.kept(registration)).unref();
  }

  /** How long what is on a lost connection is kept. */
  kept(registration: Registration | undefined): number {
    return registration?.away === true ? this.#timings.reloadMs : this.#timings.graceMs;
  }

  close(): void {
    for (const there of this.#byAddress.values()) for (const { grace } of there.values()) clearTimeout(grace);
    this.#byConnection.clear();
  }

  #new(particulars: Particulars): Registration {
    const registration: Registration = {
      ...particulars,
      connection: undefined,
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
    const { address, key, connection } = registration;
    const there = this.#byAddress.get(address);
    there?.delete(key);
    if (there?.size === 0) this.#byAddress.delete(address);
    if (connection !== undefined) this.#byConnection.delete(connection);
    registration.ring?.gone(registration);
  }
}
