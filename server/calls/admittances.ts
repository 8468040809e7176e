/** How an answered ring becomes a private room: its name, and a ticket for each who may come in. */
import type { Admittance, AnswerReply } from '../protocol/calls.js';
import type { Passes } from './passes.js';
import type { Registration } from './registration.js';
import type { Ring } from './ring.js';

export class Admittances {
  readonly #passes: Passes;
  readonly #rooms = new WeakMap<Ring, string>();

  constructor(passes: Passes) {
    this.#passes = passes;
  }

  /** For who rang; nothing if they are inside already. */
  forCaller(ring: Ring): { readonly admittance?: Admittance } {
    const { sub, name, room: there } = ring.facts;
    const room = there ?? this.#passes.newRoom();
    this.#rooms.set(ring, room);
    return there === undefined ? { admittance: { room, ticket: this.#ticket(room, sub, name) } } : {};
  }

  forCallee(ring: Ring, { address, person, named, externalId, displayName }: Registration): AnswerReply {
    const room = this.#rooms.get(ring);
    if (room === undefined) return {};
    // Of a group each is somebody else; an address of one's own says who it is.
    const sub = externalId ?? (named ? person.slice(0, 22) : address);
    return { admittance: { room, ticket: this.#ticket(room, sub, externalId === undefined ? undefined : displayName) } };
  }

  #ticket(room: string, sub: string, name: string | undefined): string {
    return this.#passes.seal('ticket', { room, sub, ...(name === undefined || name === '' ? {} : { name }) });
  }
}
