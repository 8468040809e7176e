/**
 * How a seat becomes free: left, lost for too long, taken away. The one place where that happens, so that it
 * happens once. Knows lines, seats and the room store; nothing of how one comes in.
 */
import type { Bans } from '../auth/bans.js';
import type { DepartureReason, Goodbye } from '../protocol/events.js';
import type { Log } from '../log.js';
import type { RoomStore } from '../rooms/room-store.js';
import type { Timings } from '../timings.js';
import type { Announcements } from './announcements.js';
import { channelOf, moderatorsOf } from './channels.js';
import type { Farewells } from './farewells.js';
import type { InOrder } from './in-order.js';
import type { Line } from './line.js';
import type { Seat } from './seat.js';

export interface DepartureParts {
  readonly seats: Map<string, Seat>;
  readonly rooms: InOrder;
  readonly store: RoomStore;
  readonly bans: Bans;
  readonly say: Announcements;
  readonly farewells: Farewells;
  /** Signed tokens can still make seats of before a restart. */
  readonly rebuilding: () => boolean;
  readonly timings: Timings;
  readonly log: Log;
}

export class Departures {
  readonly #parts: DepartureParts;
  #closed = false;

  constructor(parts: DepartureParts) {
    this.#parts = parts;
  }

  /** The line of a seat is gone. Without a word the seat waits, and after a while the others see it waiting. */
  lose(line: Line, meant: boolean): void {
    const seat = line.seat;
    if (seat === undefined) return;
    seat.loseLine();
    if (this.#closed) return;
    if (meant) {
      this.#later(seat, () => this.vacate(seat, 'left'));
      return;
    }
    const { awayAfterMs, graceMs, joinDeadlineMs, reloadMs } = this.#parts.timings;
    // A line that never came within the time it has to come is not one that was lost.
    const kept = line.passing ? joinDeadlineMs : graceMs;
    const { suspended } = seat;
    if (!line.passing) seat.after(suspended ? 0 : awayAfterMs, () => this.#later(seat, () => this.#showAway(seat)));
    seat.after(suspended ? reloadMs : kept, () => this.#later(seat, () => this.vacate(seat, 'timeout')));
  }

  /** Out at once: who abuses the line has no seat to come back to. */
  expel(line: Line): void {
    const seat = line.seat;
    if (seat !== undefined) this.#later(seat, () => this.vacate(seat, 'kicked'));
    line.close({ code: 'ABUSE', reason: 'abuse' });
  }

  /** Frees a seat and tells the room, and its owner if there is something to say. Only within the room's queue. */
  async vacate(seat: Seat, reason: DepartureReason, goodbye?: Goodbye): Promise<void> {
    const { seats, store, bans, timings, say, farewells, log } = this.#parts;
    const { room, participantId, line } = seat;
    // Somebody was faster: the owner came back, or left already.
    if (reason === 'timeout' && line !== undefined) return;
    if (seats.get(participantId) !== seat) return;
    seat.stopTimers();
    seat.loseLine();
    seats.delete(participantId);
    void line?.socket.leave(channelOf(room));
    void line?.socket.leave(moderatorsOf(room));
    if (goodbye !== undefined) {
      // Also where there is a line: it may be dead already.
      farewells.keep(seat, goodbye);
      line?.close(goodbye);
    }
    // Given up is given up: a signed token of this seat must not make it again.
    if (this.#parts.rebuilding()) await bans.add(room, { participantId }, timings.rebuildMs);
    const { participants } = await store.state(room);
    const version = await store.remove(room, participantId);
    for (const { id } of participants) seats.get(id)?.forget(participantId);
    log.info({ event: 'leave', reason, participantId }, 'seat free');
    const participant = participants.find(({ id }) => id === participantId);
    if (version === undefined || participant === undefined) return;
    say.departure(room, participant, reason, version, participants.length - 1);
  }

  close(): void {
    this.#closed = true;
    for (const seat of this.#parts.seats.values()) seat.stopTimers();
  }

  async #showAway(seat: Seat): Promise<void> {
    if (seat.line !== undefined) return;
    const seated = await this.#parts.store.update(seat.room, seat.participantId, { presence: 'away' });
    if (seated?.changed) this.#parts.say.update(seat.room, seated);
  }

  #later(seat: Seat, task: () => Promise<void>): void {
    if (this.#closed) return;
    this.#parts.rooms.run(seat.room, task).catch((error: unknown) => {
      this.#parts.log.error({ event: 'seat', err: error, participantId: seat.participantId }, 'a seat could not be updated');
    });
  }
}
