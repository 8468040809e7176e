/**
 * The telephone exchange: who rings whom, and how each ring ends. Everything happens within one turn of
 * the event loop, so two who accept at once are one and the other. Knows connections, registrations and rings; no tokens
 * but those it seals, no rates, no rooms.
 */
import type { AnswerReply, AnswerRequest, IncomingRing, AddressPresence, RingReply, RingResult } from '../protocol/calls.js';
import { Admittances } from './admittances.js';
import { choose, presenceOf, ringsInTurn } from './choose.js';
import type { Passes } from './passes.js';
import type { PhoneConnection, Registration } from './registration.js';
import { Registrations, type Particulars, type RegistrationTimings } from './registrations.js';
import { Ring, type RingFacts } from './ring.js';
import { RingBook } from './ring-book.js';

export interface ExchangeTimings extends RegistrationTimings {
  readonly ringTurnMs: number;
  readonly ringKeptMs: number;
  readonly calleeReturnMs: number;
}

export interface ExchangeParts {
  readonly passes: Passes;
  readonly timings: ExchangeTimings;
  readonly ringsPerConnection: number;
  /** Nobody was reached. */
  readonly missed: (facts: RingFacts, result: RingResult) => void;
  /** A connection has something to wait for, or not any more. */
  readonly held: (connection: PhoneConnection, held: boolean) => void;
}

export type Answered = { readonly outcome: 'over' } | { readonly outcome: 'done'; readonly reply: AnswerReply };

export class Exchange {
  readonly #registrations: Registrations;
  readonly #rings = new RingBook();
  readonly #admittances: Admittances;
  readonly #parts: ExchangeParts;

  constructor(parts: ExchangeParts) {
    this.#parts = parts;
    this.#registrations = new Registrations(parts.timings);
    this.#admittances = new Admittances(parts.passes);
  }

  registrationOf(connection: PhoneConnection): Registration | undefined {
    return this.#registrations.on(connection);
  }

  /** How many are registered under an address, this one aside. */
  countAt(address: string, key: string): number {
    const there = this.#registrations.at(address);
    return there.size - (there.has(key) ? 1 : 0);
  }

  /** What rings there just now. */
  register(connection: PhoneConnection, particulars: Particulars): readonly IncomingRing[] {
    const { registration, known } = this.#registrations.take(connection, particulars);
    this.#parts.held(connection, true);
    if (!known) this.#waitedFor(registration);
    // One that wants no rings any more does not ring on.
    if (particulars.status === 'do-not-disturb') registration.ring?.gone(registration);
    return registration.ring === undefined ? [] : [registration.ring.described()];
  }

  unregister(connection: PhoneConnection): void {
    this.#registrations.giveUp(connection);
    this.#release(connection);
  }

  /** Which of the caller's rings this is already; taken back by the connection that knows its id. */
  resume(connection: PhoneConnection, id: string): RingReply | undefined {
    const ring = this.#rings.get(id);
    if (ring === undefined) return undefined;
    clearTimeout(ring.grace);
    ring.connection = connection;
    if (ring.over) return { ringing: false, remainingMs: 0, ...(ring.result === undefined ? {} : { result: ring.result }) };
    this.#attach(ring, this.#registrations.on(connection));
    this.#parts.held(connection, true);
    return { ringing: true, remainingMs: ring.remainingMs };
  }

  hasRoomFor(connection: PhoneConnection): boolean {
    return this.#rings.of(connection).length < this.#parts.ringsPerConnection;
  }

  /** `again`: after a restart, where who was rung may be on the way back. */
  ring(connection: PhoneConnection, facts: RingFacts, again: boolean): RingReply {
    const caller = this.#registrations.on(connection);
    if (caller?.address === facts.to) return over({ outcome: 'own-address' });
    const crossing = caller === undefined || facts.room !== undefined ? undefined : this.#crossing(caller, facts.to);
    if (crossing !== undefined && caller !== undefined) return over(this.#bothRang(crossing, caller));
    const there = this.#registrations.at(facts.to);
    const choice = choose(there.values(), facts.keys);
    const nobody = choice.persons === 'none' ? choice.outcome : undefined;
    const waits = again && nobody === 'unavailable';
    if (nobody !== undefined && !waits) {
      this.#parts.missed(facts, { outcome: nobody });
      return over({ outcome: nobody });
    }
    const ring = new Ring(facts, { turnMs: this.#parts.timings.ringTurnMs, ended: (ended) => this.#ended(ended) });
    ring.connection = connection;
    this.#rings.add(ring);
    this.#attach(ring, caller);
    this.#parts.held(connection, true);
    if (Array.isArray(choice.persons)) ring.begin(choice.persons, ringsInTurn(there.values()));
    else if (waits) setTimeout(() => this.#stillNobody(ring), this.#parts.timings.calleeReturnMs).unref();
    return { ringing: true, remainingMs: ring.remainingMs };
  }

  cancel(connection: PhoneConnection, id: string): void {
    const ring = this.#rings.get(id);
    // Who knows the id may cancel, from whatever connection: it was reloaded, perhaps.
    if (ring === undefined || ring.over) return;
    ring.connection = connection;
    ring.end({ outcome: 'cancelled' });
  }

  /** Which room an answer is about, before it is given. */
  roomOf({ ringId }: AnswerRequest): string | undefined {
    return this.#rings.at(ringId)?.facts.room;
  }

  answer(connection: PhoneConnection, { ringId, answer }: AnswerRequest): Answered {
    const registration = this.#registrations.on(connection);
    const ring = this.#rings.at(ringId);
    if (registration === undefined || ring === undefined) return { outcome: 'over' };
    // Said twice: the answer to the first was lost with the connection.
    if (ring.answeredBy === registration.key && answer === 'accept')
      return { outcome: 'done', reply: this.#admittances.forCallee(ring, registration) };
    if (!ring.ringsAt(registration)) return { outcome: 'over' };
    if (answer === 'accept') return { outcome: 'done', reply: this.#accept(ring, registration) };
    ring.refused(registration, answer === 'busy' ? 'busy' : 'declined');
    return { outcome: 'done', reply: {} };
  }

  /** The room they were rung into holds nobody more. */
  full({ ringId }: AnswerRequest): void {
    this.#rings.at(ringId)?.end({ outcome: 'full' });
  }

  presence(address: string): AddressPresence {
    return presenceOf(this.#registrations.at(address).values());
  }

  /** The page goes away, perhaps to be reloaded. */
  away(connection: PhoneConnection): void {
    const registration = this.#registrations.on(connection);
    if (registration !== undefined) registration.away = true;
    for (const ring of this.#rings.of(connection))
      ring.grace = setTimeout(() => this.#abandoned(ring), this.#parts.timings.reloadMs).unref();
  }

  /** The connection is gone; `meant`: closed with a word. */
  lose(connection: PhoneConnection, meant: boolean): void {
    const keptMs = this.#registrations.kept(this.#registrations.on(connection));
    for (const ring of this.#rings.of(connection)) {
      ring.connection = undefined;
      if (meant) ring.end({ outcome: 'cancelled' });
      else ring.grace ??= setTimeout(() => this.#abandoned(ring), keptMs).unref();
    }
    this.#registrations.lose(connection, meant);
  }

  close(): void {
    this.#rings.close();
    this.#registrations.close();
  }

  /** Rings that waited for somebody to come back after a restart. */
  #waitedFor(registration: Registration): void {
    for (const ring of this.#rings.waitingFor(registration)) {
      const choice = choose([registration], ring.facts.keys);
      if (Array.isArray(choice.persons)) ring.begin(choice.persons, false);
    }
  }

  /** Who is back but blocks the caller goes on being nobody in particular. */
  #stillNobody(ring: Ring): void {
    if (ring.over || ring.reaches) return;
    const choice = choose(this.#registrations.at(ring.facts.to).values(), ring.facts.keys);
    if (choice.persons === 'none') ring.end({ outcome: choice.outcome });
  }

  #attach(ring: Ring, caller: Registration | undefined): void {
    ring.registration = caller;
    caller?.outgoing.add(ring);
  }

  #abandoned(ring: Ring): void {
    if (ring.connection === undefined || !ring.connection.open) ring.end({ outcome: 'cancelled' });
  }

  /** They ring us just now: two who call each other at once want the same. */
  #crossing(caller: Registration, to: string): Ring | undefined {
    return caller.ring?.facts.from.address === to ? caller.ring : undefined;
  }

  #bothRang(ring: Ring, registration: Registration): RingResult {
    const { displayName } = ring.facts.from;
    const { admittance } = this.#accept(ring, registration);
    registration.connection?.send('ring-ended', { ringId: ring.publicId, reason: 'cancelled' });
    return { outcome: 'answered', displayName, ...(admittance === undefined ? {} : { admittance }) };
  }

  #accept(ring: Ring, registration: Registration): AnswerReply {
    ring.answeredBy = registration.key;
    registration.status = 'busy';
    registration.answeredAt = performance.now();
    if (ring.registration !== undefined) ring.registration.status = 'busy';
    const { displayName } = registration;
    ring.end({ outcome: 'answered', displayName, ...this.#admittances.forCaller(ring) }, registration);
    return this.#admittances.forCallee(ring, registration);
  }

  #ended(ring: Ring): void {
    const { result, connection } = ring;
    if (result !== undefined && result.outcome !== 'answered') this.#parts.missed(ring.facts, result);
    this.#rings.keep(ring, this.#parts.timings.ringKeptMs);
    if (connection !== undefined) this.#release(connection);
  }

  #release(connection: PhoneConnection): void {
    if (this.#registrations.on(connection) === undefined && this.#rings.of(connection).length === 0)
      this.#parts.held(connection, false);
  }
}

function over(result: RingResult): RingReply {
  return { ringing: false, remainingMs: 0, result };
}
