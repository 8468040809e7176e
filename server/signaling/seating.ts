/**
 * Who sits where: joining, coming back, leaving, losing the line. Stores each change and tells the
 * room, in order. Knows lines and the room store; knows nothing of what participants say to each other.
 */
import type { DepartureReason } from '../protocol/events.js';
import { ROOM_ID_PATTERN } from '../protocol/limits.js';
import type { Door, JoinReply, JoinRequest, ParticipantInfo, Roster, UpdateRequest } from '../protocol/schemas.js';
import type { IceSource } from '../ice/ice-servers.js';
import type { Limits } from '../limits.js';
import type { Log } from '../log.js';
import { changeOf, rosterFor } from '../rooms/profile.js';
import type { RoomStore, Seated } from '../rooms/room-store.js';
import { hashToken, newResumeToken } from '../rooms/secrets.js';
import type { Timings } from '../timings.js';
import { findSeat, type Admitted } from './admission.js';
import { channelOf, type Announce } from './channels.js';
import { Doors } from './doors.js';
import { InOrder } from './in-order.js';
import type { Line } from './line.js';
import type { Rates } from './rates.js';
import { Refusal } from './refusal.js';
import { Seat } from './seat.js';

const ROOM_ID = new RegExp(ROOM_ID_PATTERN);

export interface SeatingOptions {
  readonly store: RoomStore;
  readonly ice: IceSource;
  readonly rates: Rates;
  readonly announce: Announce;
  readonly timings: Timings;
  readonly limits: Limits;
  readonly maxParticipants: number;
  readonly log: Log;
}

export class Seating {
  readonly doors: Doors;
  readonly #seats = new Map<string, Seat>();
  readonly #rooms = new InOrder();
  readonly #options: SeatingOptions;
  #closed = false;

  constructor(options: SeatingOptions) {
    this.#options = options;
    this.doors = new Doors((room) => this.#look(room), options.timings.doorEveryMs);
  }

  get seats(): ReadonlyMap<string, Seat> {
    return this.#seats;
  }

  async prepare(line: Line, room: string): Promise<Door> {
    checkRoomId(room);
    if (line.seat !== undefined) throw new Refusal('ALREADY_JOINED');
    this.doors.enter(line, room);
    line.expectSeatWithin(this.#options.timings.doorDeadlineMs);
    return this.#look(room);
  }

  /** Answers from inside the room's queue, so the answer comes before anything that happens after it. */
  async join(line: Line, request: JoinRequest, answer: (reply: JoinReply) => void): Promise<void> {
    checkRoomId(request.room);
    if (line.seat !== undefined && line.seat.room !== request.room) throw new Refusal('ALREADY_JOINED');
    await this.#rooms.run(request.room, async () => {
      const token = newResumeToken();
      const tokenHash = hashToken(token);
      // A refused visitor may look at the reason for as long as one at the door may look at the preview.
      if (line.seat === undefined) line.expectSeatWithin(this.#options.timings.doorDeadlineMs);
      const seated = await findSeat(line, request, tokenHash, this.#options);
      const { seat, resumed } = this.#take(line, request, seated, tokenHash);
      if (!line.open) this.lose(line);
      this.#announceArrival(line, seat.room, seated);
      answer(this.#reply(seat, seated, token, resumed));
      seat.release();
    });
  }

  async leave(line: Line): Promise<void> {
    this.doors.leave(line);
    line.expectSeatWithin(this.#options.timings.doorDeadlineMs);
    const seat = line.seat;
    if (seat === undefined) return;
    await this.#rooms.run(seat.room, () => this.#vacate(seat, 'left'));
  }

  async update(line: Line, seat: Seat, request: UpdateRequest): Promise<ParticipantInfo> {
    return this.#rooms.run(seat.room, async () => {
      const seated = await this.#options.store.update(seat.room, seat.participantId, changeOf(request));
      if (seated === undefined) throw new Refusal('NOT_IN_ROOM');
      if (seated.changed) this.#announceUpdate(seat.room, seated, line);
      return seated.participant;
    });
  }

  /** Answers inside the queue for the same reason as `join`. */
  async sync(seat: Seat, answer: (roster: Roster) => void): Promise<void> {
    await this.#rooms.run(seat.room, async () => {
      answer(rosterFor(seat.participantId, await this.#options.store.state(seat.room)));
    });
  }

  /** The line is gone. Without a word the seat waits, and after a while the others see it waiting. */
  lose(line: Line, meant = false): void {
    this.doors.leave(line);
    line.expectNothing();
    const seat = line.seat;
    if (seat === undefined) return;
    seat.loseLine();
    if (this.#closed) return;
    if (meant) {
      this.#later(seat, () => this.#vacate(seat, 'left'));
      return;
    }
    const { awayAfterMs, graceMs } = this.#options.timings;
    seat.after(awayAfterMs, () => this.#later(seat, () => this.#showAway(seat)));
    seat.after(graceMs, () => this.#later(seat, () => this.#vacate(seat, 'timeout')));
  }

  /** Out at once: who abuses the line has no seat to come back to. */
  expel(line: Line): void {
    const seat = line.seat;
    if (seat !== undefined) this.#later(seat, () => this.#vacate(seat, 'kicked'));
    line.close({ code: 'ABUSE', reason: 'abuse' });
  }

  close(): void {
    this.#closed = true;
    this.doors.close();
    for (const seat of this.#seats.values()) seat.stopTimers();
  }

  #take(line: Line, request: JoinRequest, seated: Admitted, tokenHash: string): { seat: Seat; resumed: boolean } {
    const { id } = seated.participant;
    const seat = this.#seats.get(id) ?? new Seat(id, request.room, tokenHash, this.#options.limits);
    this.#seats.set(id, seat);
    seat.tokenHash = tokenHash;
    if (seated.outcome !== 'again') seat.resumed = seated.outcome === 'resumed';
    this.doors.leave(line);
    line.expectNothing();
    const former = seat.take(line);
    if (former !== undefined) {
      // Taken off the seat first, so that its end is not the end of the participant.
      former.seat = undefined;
      former.close({ code: 'DUPLICATE_IDENTITY', reason: 'duplicate' });
    }
    void line.socket.join(channelOf(request.room));
    this.#options.log.info({ event: 'join', outcome: seated.outcome, room: request.room, participantId: id }, 'seat taken');
    return { seat, resumed: seat.resumed };
  }

  #announceArrival(line: Line, room: string, seated: Admitted): void {
    if (!seated.changed) return;
    if (seated.outcome === 'new') {
      this.#options.announce(
        room,
        'participant-joined',
        { version: seated.state.version, participant: seated.participant },
        line,
      );
      this.doors.changed(room);
    } else this.#announceUpdate(room, seated, line);
  }

  #announceUpdate(room: string, { state, participant }: Seated, except?: Line): void {
    this.#options.announce(room, 'participant-updated', { version: state.version, participant }, except);
  }

  #reply(seat: Seat, { participant, state }: Seated, resumeToken: string, resumed: boolean): JoinReply {
    return {
      room: seat.room,
      self: participant,
      roster: rosterFor(participant.id, state),
      ice: this.#options.ice(),
      limit: this.#options.maxParticipants,
      resumeToken,
      graceMs: this.#options.timings.graceMs,
      resumed,
    };
  }

  async #showAway(seat: Seat): Promise<void> {
    if (seat.line !== undefined) return;
    const seated = await this.#options.store.update(seat.room, seat.participantId, { presence: 'away' });
    if (seated?.changed) this.#announceUpdate(seat.room, seated);
  }

  async #vacate(seat: Seat, reason: DepartureReason): Promise<void> {
    // Somebody was faster: the owner came back, or left already.
    if (reason === 'timeout' && seat.line !== undefined) return;
    if (this.#seats.get(seat.participantId) !== seat) return;
    const line = seat.line;
    seat.stopTimers();
    seat.loseLine();
    this.#seats.delete(seat.participantId);
    void line?.socket.leave(channelOf(seat.room));
    const version = await this.#options.store.remove(seat.room, seat.participantId);
    const { participants } = await this.#options.store.state(seat.room);
    for (const { id } of participants) this.#seats.get(id)?.forget(seat.participantId);
    this.#options.log.info({ event: 'leave', reason, room: seat.room, participantId: seat.participantId }, 'seat free');
    if (version === undefined) return;
    this.#options.announce(seat.room, 'participant-left', { version, participantId: seat.participantId, reason });
    this.doors.changed(seat.room);
  }

  #later(seat: Seat, task: () => Promise<void>): void {
    if (this.#closed) return;
    this.#rooms.run(seat.room, task).catch((error: unknown) => {
      this.#options.log.error({ event: 'seat', err: error, participantId: seat.participantId }, 'a seat could not be updated');
    });
  }

  async #look(room: string): Promise<Door> {
    const participants = await this.#options.store.count(room);
    const limit = this.#options.maxParticipants;
    return { participants, limit, full: participants >= limit };
  }
}

function checkRoomId(room: string): void {
  if (!ROOM_ID.test(room)) throw new Refusal('ROOM_NAME_INVALID');
}
