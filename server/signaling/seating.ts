/**
 * Who sits where: joining, coming back, leaving, losing the line. Stores each change and tells the
 * room, in order. Knows lines and the room store; knows nothing of what participants say to each other.
 */
import type { Bans } from '../auth/bans.js';
import type { DepartureReason, Goodbye } from '../protocol/events.js';
import type { JoinReply, JoinRequest, ParticipantInfo, Resume, Roster, UpdateRequest } from '../protocol/schemas.js';
import type { IceSource } from '../ice/ice-servers.js';
import type { Limits } from '../limits.js';
import type { Log } from '../log.js';
import { changeOf, rosterFor } from '../rooms/profile.js';
import type { Change, RoomStore } from '../rooms/room-store.js';
import { Claims } from '../rooms/claims.js';
import { newParticipantId } from '../rooms/secrets.js';
import type { Timings } from '../timings.js';
import type { Tell } from '../webhooks/events.js';
import { findSeat, type Admitted, type AdmissionParts } from './admission.js';
import { Announcements } from './announcements.js';
import { boundedChange } from './bounded.js';
import { channelOf, moderatorsOf, type Announce } from './channels.js';
import { Departures } from './departures.js';
import type { Doorkeeper } from './doorkeeper.js';
import type { Doors } from './doors.js';
import { Farewells } from './farewells.js';
import { headStart, type HeadStartParts } from './head-start.js';
import { InOrder } from './in-order.js';
import { joinReply, type ReplyParts } from './join-reply.js';
import type { Line } from './line.js';
import { Lobby, type TellModerators, type Waiting } from './lobby.js';
import type { Parking } from './parking.js';
import type { Rates } from './rates.js';
import { accepted, checkRoomId, Refusal } from './refusal.js';
import { RoomLife } from './room-life.js';
import { Seat } from './seat.js';

export interface SeatingOptions {
  readonly store: RoomStore;
  readonly ice: IceSource;
  readonly rates: Rates;
  readonly announce: Announce;
  readonly tellModerators: TellModerators;
  readonly doorkeeper: Doorkeeper;
  readonly doors: Doors;
  readonly bans: Bans;
  readonly parking: Parking;
  /** For those outside who keep a record. */
  readonly tell?: Tell;
  readonly timings: Timings;
  readonly limits: Limits;
  readonly maxParticipants: number;
  /** Signs resume tokens; without it they hold until this process ends. */
  readonly sessionKey?: Uint8Array;
  readonly log: Log;
}

export class Seating {
  readonly lobby: Lobby;
  readonly say: Announcements;
  readonly #seats = new Map<string, Seat>();
  readonly #rooms = new InOrder();
  readonly #options: SeatingOptions;
  readonly #claims: Claims;
  readonly #life: RoomLife;
  readonly #departures: Departures;
  readonly #admission: AdmissionParts;
  readonly #reply: ReplyParts;
  readonly #headStart: HeadStartParts;
  readonly #startedAt = performance.now();

  constructor(options: SeatingOptions) {
    this.#options = options;
    this.#claims = new Claims(options.sessionKey);
    const { doorkeeper, tellModerators, announce, limits, timings } = options;
    this.lobby = new Lobby({ doorkeeper, tell: tellModerators, most: limits.waitingPerRoom });
    this.#reply = {
      claims: this.#claims,
      epoch: newParticipantId(),
      ice: options.ice,
      limit: options.maxParticipants,
      graceMs: timings.graceMs,
      waiting: (room) => this.lobby.list(room).map(({ info }) => info),
    };
    this.#life = new RoomLife(options.tell ?? (() => undefined), timings.emptyRoomMs);
    this.say = new Announcements({ announce, life: this.#life, doorChanged: (room) => options.doors.changed(room) });
    const farewells = new Farewells(timings.graceMs);
    const shared = { ...options, seats: this.#seats, farewells, rebuilding: () => this.#rebuilding() };
    this.#headStart = { parking: options.parking, seats: this.#seats };
    this.#departures = new Departures({ ...shared, rooms: this.#rooms, say: this.say });
    this.#admission = {
      ...shared,
      claims: this.#claims,
      replace: (former) => this.#departures.vacate(former, 'duplicate', { code: 'DUPLICATE_IDENTITY', reason: 'duplicate' }),
    };
  }

  get seats(): ReadonlyMap<string, Seat> {
    return this.#seats;
  }

  /** Whose seat this token takes back. Asking uses nothing up. */
  seatOf({ participantId, token }: Resume): Seat | undefined {
    const seat = this.#seats.get(participantId);
    return seat?.tokenHash === this.#claims.hashOf(token) ? seat : undefined;
  }

  /** Answers from inside the room's queue, so the answer comes before anything that happens after it. */
  async join(line: Line, request: JoinRequest, answer: (reply: JoinReply) => void, letIn?: Waiting): Promise<void> {
    checkRoomId(request.room);
    if (line.seat !== undefined && line.seat.room !== request.room) throw new Refusal('ALREADY_JOINED');
    await this.#rooms.run(request.room, async () => {
      // Gave up waiting, or somebody else decided, while this waited for its turn.
      if (letIn !== undefined && this.lobby.of(line) !== letIn) throw new Refusal('PEER_NOT_FOUND');
      // The line was faster than the request beside it, and is better.
      if (line.passing && (await this.#sitsWithLine(request))) throw new Refusal('STATE_CONFLICT');
      const token = this.#claims.begin();
      // A refused visitor may look at the reason for as long as one at the door may look at the preview.
      if (line.seat === undefined) line.expectSeatWithin(this.#options.timings.doorDeadlineMs);
      const earlier = this.lobby.of(line);
      if (earlier !== undefined && earlier.room !== request.room) this.lobby.leave(line);
      const seated = await findSeat(line, request, token.hash, this.#admission, letIn?.entrant);
      if (seated.outcome === 'waiting') {
        this.#options.doors.leave(line);
        if (line.passing) await this.#options.doorkeeper.giveBack(seated.entrant);
        else this.lobby.enter(line, request, seated.entrant);
        if (!line.open) this.lobby.leave(line);
        throw new Refusal('LOBBY_WAITING');
      }
      const seat = this.#take(line, request, seated, token.hash);
      if (!line.open) this.lose(line);
      const start = headStart(line, seat, seated, request, this.#headStart);
      this.say.arrival(line, seat.room, seated);
      answer({ ...joinReply(seat, seated, token, this.#reply), ...start });
      seat.release();
    });
  }

  /** Somebody who waited comes in, and hears it as the answer to their join. */
  async letIn(waiting: Waiting): Promise<void> {
    const { line, request } = waiting;
    await this.join(line, request, (reply) => line.send('join-result', accepted(reply)), waiting);
  }

  async leave(line: Line): Promise<void> {
    this.#options.doors.leave(line);
    this.lobby.leave(line);
    line.expectSeatWithin(this.#options.timings.doorDeadlineMs);
    const seat = line.seat;
    if (seat === undefined) return;
    await this.#rooms.run(seat.room, () => this.#departures.vacate(seat, 'left'));
  }

  update(line: Line, seat: Seat, request: UpdateRequest): Promise<ParticipantInfo> {
    return this.change(seat, boundedChange(changeOf(request), seat.identity), line);
  }

  /** `by` hears of it as the answer; without it everybody is told, the owner of the seat too. */
  change(seat: Seat, change: Change, by?: Line): Promise<ParticipantInfo> {
    return this.#rooms.run(seat.room, async () => {
      const seated = await this.#options.store.update(seat.room, seat.participantId, change);
      if (seated === undefined) throw new Refusal('NOT_IN_ROOM');
      if (seated.changed) this.say.update(seat.room, seated, by);
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
    this.#options.doors.leave(line);
    this.lobby.leave(line);
    line.expectNothing();
    this.#departures.lose(line, meant);
  }

  expel(line: Line): void {
    this.#departures.expel(line);
  }

  /** Takes a seat away, and tells its owner why. */
  async dismiss(seat: Seat, reason: DepartureReason, goodbye: Goodbye): Promise<void> {
    await this.#rooms.run(seat.room, () => this.#departures.vacate(seat, reason, goodbye));
  }

  /** What happens to a room, one after the other. */
  inOrder<T>(room: string, task: () => Promise<T>): Promise<T> {
    return this.#rooms.run(room, task);
  }

  close(): void {
    this.#life.close();
    this.#departures.close();
  }

  #take(line: Line, request: JoinRequest, seated: Admitted, tokenHash: string): Seat {
    const { id } = seated.participant;
    const seat = this.#seats.get(id) ?? new Seat(id, request.room, tokenHash, seated.identity, this.#options.limits);
    this.#seats.set(id, seat);
    seat.tokenHash = tokenHash;
    if (seated.outcome !== 'again') seat.resumed = seated.outcome !== 'new';
    this.#options.doors.leave(line);
    line.expectNothing();
    const former = seat.take(line);
    if (former !== undefined) {
      // Taken off the seat first, so that its end is not the end of the participant.
      former.seat = undefined;
      former.close({ code: 'DUPLICATE_IDENTITY', reason: 'duplicate' });
    }
    const waiting = this.lobby.of(line);
    if (waiting !== undefined) this.lobby.remove(waiting);
    seat.joinId = request.joinId;
    void line.socket.join(channelOf(request.room));
    if (seat.identity.grants.moderate) void line.socket.join(moderatorsOf(request.room));
    this.#options.log.info({ event: 'join', outcome: seated.outcome, room: request.room, participantId: id }, 'seat taken');
    return seat;
  }

  /** The same attempt has a seat already, and the seat a line. */
  async #sitsWithLine({ room, joinId }: JoinRequest): Promise<boolean> {
    const { participants } = await this.#options.store.state(room);
    return participants.some(({ id }) => {
      const seat = this.#seats.get(id);
      return seat?.joinId === joinId && seat.line !== undefined;
    });
  }

  #rebuilding(): boolean {
    return performance.now() - this.#startedAt < this.#options.timings.rebuildMs;
  }
}
