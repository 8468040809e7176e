/**
 * Visitors who prepared but did not join: they hear how many are inside, coalesced, and nobody
 * hears of them. Knows rooms by name and asks for their door; knows no names or ids of people.
 */
import type { RoomOccupancy } from '../protocol/schemas.js';
import type { PreviewViewer } from './authorizer.js';
import type { ClientConnection } from './client-connection.js';
import { accepted } from './refusal.js';

interface Subscribers {
  readonly connections: Set<ClientConnection>;
  /** Asked to be let in: they hear the same, and nobody prepares for them. */
  readonly followers: Set<ClientConnection>;
  /** What was told last: the same is not told again. */
  last: string;
  timer: NodeJS.Timeout | undefined;
  dirty: boolean;
}

export class PreviewSubscribers {
  readonly #waiting = new Map<string, Subscribers>();
  readonly #following = new Map<ClientConnection, string>();
  readonly #look: (room: string) => Promise<RoomOccupancy>;
  readonly #everyMs: number;

  constructor(look: (room: string) => Promise<RoomOccupancy>, everyMs: number) {
    this.#look = look;
    this.#everyMs = everyMs;
  }

  add(connection: ClientConnection, room: string, looker: PreviewViewer): void {
    this.remove(connection);
    const waiting = this.#at(room);
    waiting.connections.add(connection);
    waiting.last = ''; // they may have seen something newer
    connection.preview = { room, viewer: looker };
  }

  /** For who waits to be let in. Told at once, and when it changes. */
  follow(connection: ClientConnection, room: string): void {
    this.remove(connection);
    const waiting = this.#at(room);
    waiting.followers.add(connection);
    waiting.last = '';
    this.#following.set(connection, room);
    this.#look(room).then(
      (door) => this.#following.get(connection) === room && connection.send('room-preview', accepted(door)),
      () => undefined,
    );
  }

  remove(connection: ClientConnection): void {
    const room = connection.preview?.room ?? this.#following.get(connection);
    if (room === undefined) return;
    connection.preview = undefined;
    this.#following.delete(connection);
    const waiting = this.#waiting.get(room);
    if (waiting === undefined) return;
    waiting.connections.delete(connection);
    waiting.followers.delete(connection);
    if (waiting.connections.size + waiting.followers.size > 0) return;
    clearTimeout(waiting.timer);
    this.#waiting.delete(room);
  }

  /** Who stands there, in the order of coming. */
  at(room: string): readonly ClientConnection[] {
    return [...(this.#waiting.get(room)?.connections ?? [])];
  }

  /** The count of a room changed: told at once, then at most once per interval. */
  changed(room: string): void {
    const waiting = this.#waiting.get(room);
    if (waiting === undefined) return;
    if (waiting.timer !== undefined) {
      waiting.dirty = true;
      return;
    }
    waiting.timer = setTimeout(() => {
      waiting.timer = undefined;
      if (!waiting.dirty) return;
      waiting.dirty = false;
      this.changed(room);
    }, this.#everyMs).unref();
    this.#look(room).then(
      (door) => {
        const now = JSON.stringify(door);
        if (now === waiting.last) return;
        waiting.last = now;
        for (const connection of [...waiting.connections, ...waiting.followers]) connection.send('room-preview', accepted(door));
      },
      // The next change tells again; a door that cannot be looked at is not worth a word.
      () => undefined,
    );
  }

  #at(room: string): Subscribers {
    const known = this.#waiting.get(room);
    if (known) return known;
    const waiting: Subscribers = { connections: new Set(), followers: new Set(), last: '', timer: undefined, dirty: false };
    this.#waiting.set(room, waiting);
    return waiting;
  }

  close(): void {
    for (const waiting of this.#waiting.values()) clearTimeout(waiting.timer);
    this.#waiting.clear();
  }
}
