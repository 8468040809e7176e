/**
 * Visitors who prepared but did not join: they hear how many are inside, coalesced, and nobody
 * hears of them. Knows rooms by name and asks for their door; knows no names or ids of people.
 */
import type { Door } from '../protocol/schemas.js';
import type { Looker } from './doorkeeper.js';
import type { Line } from './line.js';
import { accepted } from './refusal.js';

interface Waiting {
  readonly lines: Set<Line>;
  timer: NodeJS.Timeout | undefined;
  dirty: boolean;
}

export class Doors {
  readonly #waiting = new Map<string, Waiting>();
  readonly #look: (room: string) => Promise<Door>;
  readonly #everyMs: number;

  constructor(look: (room: string) => Promise<Door>, everyMs: number) {
    this.#look = look;
    this.#everyMs = everyMs;
  }

  enter(line: Line, room: string, looker: Looker): void {
    this.leave(line);
    let waiting = this.#waiting.get(room);
    if (waiting === undefined) {
      waiting = { lines: new Set(), timer: undefined, dirty: false };
      this.#waiting.set(room, waiting);
    }
    waiting.lines.add(line);
    line.door = { room, looker };
  }

  leave(line: Line): void {
    if (line.door === undefined) return;
    const { room } = line.door;
    line.door = undefined;
    const waiting = this.#waiting.get(room);
    if (waiting === undefined || !waiting.lines.delete(line) || waiting.lines.size > 0) return;
    clearTimeout(waiting.timer);
    this.#waiting.delete(room);
  }

  /** Who stands there, in the order of coming. */
  at(room: string): readonly Line[] {
    return [...(this.#waiting.get(room)?.lines ?? [])];
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
        for (const line of waiting.lines) line.send('door', accepted(door));
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
