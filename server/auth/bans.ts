/**
 * Who was sent out of a room and may not come back yet: by the id in the token and by the seat that was
 * taken away. An asynchronous seam over the store of what outlives a restart.
 */
import { createHash } from 'node:crypto';
import { MemoryStateStore, type StateKind, type StateStore } from '../state-store.js';

export interface Banned {
  readonly sub?: string | undefined;
  readonly participantId?: string | undefined;
  /** Where a guest came from; nothing else about them is proved. Kept as a hash. */
  readonly network?: string | undefined;
}

/**
 * What keeps somebody out: the id that was signed for them, wherever they come from. A guest has none, so it is their
 * network, and every guest who comes in from there; who has a token does.
 */
export function bannedAs({ sub }: { readonly sub?: string | undefined }, network: string | undefined): Banned {
  return sub === undefined ? { network } : { sub };
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
function keysOf(room: string, { sub, participantId, network }: Banned): readonly (readonly [StateKind, string])[] {
  return [
    ...(sub === undefined ? [] : [['ban', `${room}:sub:${sub}`] as const]),
    ...(participantId === undefined ? [] : [['seat', `${room}:${participantId}`] as const]),
    ...(network === undefined ? [] : [['ban', `${room}:network:${hashed(`${room} ${network}`)}`] as const]),
  ];
}

/** An address must not stand where it is kept for long. */
function hashed(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
