/** A look at the door: how many are inside, for who may know it, and again whenever that changes. Nobody inside hears of it. */
import type { Door, PrepareRequest } from '../protocol/schemas.js';
import type { RoomStore } from '../rooms/room-store.js';
import type { Timings } from '../timings.js';
import type { Doorkeeper } from './doorkeeper.js';
import { Doors } from './doors.js';
import type { Line } from './line.js';
import { checkRoomId, Refusal } from './refusal.js';

export interface EntranceParts {
  readonly store: RoomStore;
  readonly doorkeeper: Doorkeeper;
  readonly maxParticipants: number;
  readonly timings: Timings;
}

export class Entrance {
  readonly doors: Doors;
  readonly #parts: EntranceParts;

  constructor(parts: EntranceParts) {
    this.#parts = parts;
    this.doors = new Doors((room) => this.#look(room), parts.timings.doorEveryMs);
  }

  async prepare(line: Line, request: PrepareRequest): Promise<Door> {
    const { doorkeeper, maxParticipants, timings } = this.#parts;
    const { room } = request;
    checkRoomId(room);
    if (line.seat !== undefined) throw new Refusal('ALREADY_JOINED');
    line.expectSeatWithin(timings.doorDeadlineMs);
    // A stranger finds the same door everywhere, so trying names tells nothing.
    const looker = await doorkeeper.looker(line, request);
    if (looker === undefined) return { participants: 0, limit: maxParticipants, full: false };
    if (line.open) this.doors.enter(line, room, looker);
    return this.#look(room);
  }

  async #look(room: string): Promise<Door> {
    const participants = await this.#parts.store.count(room);
    const limit = this.#parts.maxParticipants;
    return { participants, limit, full: participants >= limit };
  }
}
