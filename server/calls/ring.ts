/**
 * One ring, from the first tone to its end: where it rings, whose turn is next, how it ended. It ends once. Tells those
 * it rings at and who rang; knows no addresses and no rooms but as words.
 */
import type { Caller, IncomingRing, RingEnd, RingOutcome, RingResult } from '../protocol/calls.js';
import { isFree, type Person } from './choose.js';
import { publicRingId } from './device-address.js';
import type { PhoneConnection, Registration } from './registration.js';

export interface RingFacts {
  /** The caller's own name for it. */
  readonly id: string;
  readonly to: string;
  readonly from: Caller;
  readonly keys: readonly string[];
  readonly video: boolean;
  readonly timeoutMs: number;
  /** The call it is a ring into, if there is one already. */
  readonly room: string | undefined;
  /** Who rings, as the ticket will say. */
  readonly sub: string;
  readonly name: string | undefined;
}

export interface RingParts {
  readonly turnMs: number;
  /** It is over, told to everybody who must know. */
  readonly ended: (ring: Ring) => void;
}

export class Ring {
  readonly facts: RingFacts;
  readonly publicId: string;
  connection: PhoneConnection | undefined;
  registration: Registration | undefined;
  result: RingResult | undefined;
  /** Who took it. */
  answeredBy: string | undefined;
  /** Waits for the caller's connection. */
  grace: NodeJS.Timeout | undefined;
  readonly #parts: RingParts;
  readonly #until: number;
  readonly #overdue: NodeJS.Timeout;
  readonly #rings = new Set<Registration>();
  #waiting: readonly Person[] = [];
  #turn: NodeJS.Timeout | undefined;
  #refusal: RingOutcome | undefined;

  constructor(facts: RingFacts, parts: RingParts) {
    this.facts = facts;
    this.publicId = publicRingId(facts.id);
    this.#parts = parts;
    this.#until = performance.now() + facts.timeoutMs;
    this.#overdue = setTimeout(() => this.end({ outcome: 'no-answer' }), facts.timeoutMs).unref();
  }

  get remainingMs(): number {
    return Math.max(0, Math.round(this.#until - performance.now()));
  }

  get over(): boolean {
    return this.result !== undefined;
  }

  /** For a while it may ring nowhere: who was rung is on the way back, or must not be reached. */
  get reaches(): boolean {
    return this.#rings.size > 0;
  }

  ringsAt(registration: Registration): boolean {
    return this.#rings.has(registration);
  }

  begin(persons: readonly Person[], inTurn: boolean): void {
    if (inTurn) {
      this.#waiting = persons;
      this.#next();
    } else for (const person of persons) this.#ringAt(person);
  }

  /** As this one hears of it. */
  described(): IncomingRing {
    const { to, from, video, room } = this.facts;
    return { ringId: this.publicId, to, from, video, invited: room !== undefined, remainingMs: this.remainingMs };
  }

  /** That person does not want it, or cannot take it: on none of their devices. */
  refused(by: Registration, outcome: 'busy' | 'declined'): void {
    this.#refusal = outcome;
    const theirs = [...this.#rings].filter(({ person }) => person === by.person);
    for (const registration of theirs) this.#stopAt(registration, registration === by ? undefined : 'declined-elsewhere');
    this.#nobodyLeft();
  }

  /** That device is gone. */
  gone(registration: Registration): void {
    if (!this.#rings.has(registration)) return;
    this.#stopAt(registration, undefined);
    this.#nobodyLeft();
  }

  /** `but`: who knows it, because it was their doing. */
  end(result: RingResult, but?: Registration): void {
    if (this.over) return;
    this.result = result;
    clearTimeout(this.#overdue);
    clearTimeout(this.#turn);
    for (const registration of [...this.#rings])
      this.#stopAt(registration, registration === but ? undefined : reasonFor(result.outcome));
    this.registration?.outgoing.delete(this);
    this.connection?.send('ring-result', { id: this.facts.id, result });
    this.#parts.ended(this);
  }

  close(): void {
    clearTimeout(this.#overdue);
    clearTimeout(this.#turn);
    clearTimeout(this.grace);
  }

  #ringAt(person: Person): void {
    for (const registration of person) {
      registration.ring = this;
      this.#rings.add(registration);
      registration.connection?.send('ring-incoming', this.described());
    }
  }

  #stopAt(registration: Registration, reason: RingEnd | undefined): void {
    this.#rings.delete(registration);
    if (registration.ring === this) registration.ring = undefined;
    if (reason !== undefined) registration.connection?.send('ring-ended', { ringId: this.publicId, reason });
  }

  #next(): void {
    clearTimeout(this.#turn);
    const [next, ...others] = this.#waiting;
    this.#waiting = others;
    // Somebody may have begun to talk, or gone home, while others had their turn.
    const person = next?.filter(isFree) ?? [];
    if (next !== undefined && person.length === 0) return this.#nobodyLeft();
    this.#ringAt(person);
    // The last one has all the time that is left.
    if (others.length > 0)
      this.#turn = setTimeout(() => {
        for (const registration of [...this.#rings]) this.#stopAt(registration, 'passed-on');
        this.#next();
      }, this.#parts.turnMs).unref();
  }

  #nobodyLeft(): void {
    if (this.over || this.#rings.size > 0) return;
    if (this.#waiting.length > 0) this.#next();
    else this.end({ outcome: this.#refusal ?? 'unavailable' });
  }
}

function reasonFor(outcome: RingOutcome): RingEnd {
  if (outcome === 'answered') return 'answered-elsewhere';
  if (outcome === 'no-answer' || outcome === 'full') return outcome;
  return 'cancelled';
}
