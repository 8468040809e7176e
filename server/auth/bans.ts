/**
 * Who was sent out of a room and may not come back yet: by the id in the token and by the seat that was
 * taken away. An asynchronous seam over the store of what outlives a restart.
 */
import { MemoryStateStore, type StateKind, type StateStore } from '../state-store.js';

export interface Banned {
  readonly sub?: string | undefined;
  readonly participantId?: string | undefined;
}

export interface Bans {
  add(room: string, who: Banned, ms: number): Promise<void>;
  has(room: string, who: Banned): Promise<boolean>;
}

export class StoredBans implements Bans {
  readonly #state: StateStore;
  readonly #now: () => number;

  constructor(state: StateStore = new MemoryStateStore(), now: () => number = Date.now) {
    this.#state = state;
    this.#now = now;
  }

  /** For no time at all: a ban there was is lifted. */
  async add(room: string, who: Banned, ms: number): Promise<void> {
    const until = this.#now() + ms;
    await Promise.all(
      keysOf(room, who).map(([kind, key]) => (ms > 0 ? this.#state.set(kind, key, true, until) : this.#state.delete(kind, key))),
    );
  }

  async has(room: string, who: Banned): Promise<boolean> {
    const found = await Promise.all(keysOf(room, who).map(([kind, key]) => this.#state.get(kind, key)));
    return found.some((ban) => ban !== undefined);
  }
}

/** A room's name holds no colon, so keys of two rooms never meet. Seats are many and short-lived: they have a kind of their own. */
function keysOf(room: string, { sub, participantId }: Banned): readonly (readonly [StateKind, string])[] {
  return [
    ...(sub === undefined ? [] : [['ban', `${room}:sub:${sub}`] as const]),
    ...(participantId === undefined ? [] : [['seat', `${room}:${participantId}`] as const]),
  ];
}
