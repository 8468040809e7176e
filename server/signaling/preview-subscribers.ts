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
  timer: NodeJS.Timeout | undefined;
  dirty: boolean;
}

export class PreviewSubscribers {
  readonly #waiting = new Map<string, Subscribers>();
  readonly #look: (room: string) => Promise<RoomOccupancy>;
  readonly #everyMs: number;

  constructor(look: (room: string) => Promise<RoomOccupancy>, everyMs: number) {
    this.#look = look;
    this.#everyMs = everyMs;
  }

  add(connection: ClientConnection, room: string, looker: PreviewViewer): void {
    this.remove(connection);
    let waiting = this.#waiting.get(room);
    if (waiting === undefined) {
      waiting = { connections: new Set(), timer: undefined, dirty: false };
      this.#waiting.set(room, waiting);
    }
    waiting.connections.add(connection);
    connection.preview = { room, viewer: looker };
  }

  remove(connection: ClientConnection): void {
    if (connection.preview === undefined) return;
    const { room } = connection.preview;
    connection.preview = undefined;
    const waiting = this.#waiting.get(room);
    if (waiting === undefined || !waiting.connections.delete(connection) || waiting.connections.size > 0) return;
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
        for (const connection of waiting.connections) connection.send('room-preview', accepted(door));
      },
      // The next change tells again; a door that cannot be looked at is not worth a word.
      () => undefined,
    );
  }

  close(): void {
    for (const waiting of this.#waiting.values()) clearTimeout(waiting.timer);
    this.#waiting.clear();
  }
}
