/**
 * Who sits where: joining, coming back, leaving, losing the connection. Stores each change and tells the
 * room, in order. Knows connections and the room store; knows nothing of what participants say to each other.
 */
import type { Bans } from '../auth/bans.js';
import type { Revocations } from '../auth/revocations.js';
import type { DepartureReason, Goodbye } from '../protocol/events.js';
import type {
  JoinReply,
  JoinRequest,
  LeaveRequest,
  ParticipantInfo,
  RefreshReply,
  RefreshRequest,
  Resume,
  Roster,
  UpdateRequest,
} from '../protocol/schemas.js';
import type { IceSource } from '../ice/ice-servers.js';
import type { Limits } from '../limits.js';
import type { Log } from '../log.js';
import { changeOf, rosterFor } from '../rooms/profile.js';
import type { Change, RoomStore } from '../rooms/room-store.js';
import { Claims } from '../rooms/claims.js';
import { newParticipantId } from '../rooms/secrets.js';
import type { Timings } from '../timings.js';
import type { Tell } from '../webhooks/events.js';
import { findSession, type Admitted, type AdmissionParts } from './admission.js';
import { Announcements } from './announcements.js';
import { boundedChange } from './bounded.js';
import { channelOf, moderatorsOf, type Announce } from './channels.js';
import { Departures } from './departures.js';
import type { Authorizer } from './authorizer.js';
import type { PreviewSubscribers } from './preview-subscribers.js';
import { PendingGoodbyes } from './pending-goodbyes.js';
import { headStart, type HeadStartParts } from './head-start.js';
import { InOrder } from './in-order.js';
import { GivenUp } from './given-up.js';
import { joinReply, type ReplyParts } from './join-reply.js';
import type { ClientConnection } from './client-connection.js';
import { Lobby, type TellModerators, type LobbyEntry } from './lobby.js';
import type { PreparedOffers } from './prepared-offers.js';
import type { Rates } from './rates.js';
import { accepted, checkRoomId, Refusal } from './refusal.js';
import { SeatRenewal } from './renewal.js';
import type { Returns } from './returns.js';
import { RoomLife } from './room-life.js';
import { ParticipantSession } from './participant-session.js';

export interface MembershipOptions {
  readonly store: RoomStore;
  readonly ice: IceSource;
  readonly rates: Rates;
  readonly announce: Announce;
  readonly tellModerators: TellModerators;
  readonly authorizer: Authorizer;
  readonly previewSubscribers: PreviewSubscribers;
  readonly bans: Bans;
  readonly revocations: Revocations;
  readonly returns: Returns;
  readonly preparedOffers: PreparedOffers;
  /** For those outside who keep a record. */
  readonly tell?: Tell;
  readonly timings: Timings;
  readonly limits: Limits;
  readonly maxParticipants: number;
  /** Signs resume tokens; without it they hold until this process ends. */
  readonly sessionKey?: Uint8Array;
  readonly log: Log;
}

export class Membership {
  readonly lobby: Lobby;
  readonly announcements: Announcements;
  readonly #sessions = new Map<string, ParticipantSession>();
  readonly #rooms = new InOrder();
  readonly #options: MembershipOptions;
  readonly #claims: Claims;
  readonly #life: RoomLife;
  readonly #departures: Departures;
  readonly #admission: AdmissionParts;
  readonly #reply: ReplyParts;
  readonly #headStart: HeadStartParts;
  readonly #renewal: SeatRenewal;
  readonly #givenUp: GivenUp;
  readonly #startedAt = performance.now();

  constructor(options: MembershipOptions) {
    this.#options = options;
    this.#claims = new Claims(options.sessionKey);
    const { authorizer, tellModerators, announce, limits, timings } = options;
    this.lobby = new Lobby({ authorizer, tell: tellModerators, most: limits.waitingPerRoom });
    this.#reply = {
      claims: this.#claims,
      serverInstanceId: newParticipantId(),
      ice: options.ice,
      limit: options.maxParticipants,
      graceMs: timings.graceMs,
      returns: options.returns,
      waiting: (room) => this.lobby.list(room).map(({ info }) => info),
    };
    this.#life = new RoomLife(options.tell ?? (() => undefined), timings.emptyRoomMs);
    this.announcements = new Announcements({
      announce,
      life: this.#life,
      previewChanged: (room) => options.previewSubscribers.changed(room),
    });
    const pendingGoodbyes = new PendingGoodbyes(timings.graceMs);
    this.#givenUp = new GivenUp(timings.joinRetryMs, timings.joinDeadlineMs);
    this.#renewal = new SeatRenewal({ sessions: this.#sessions, claims: this.#claims, graceMs: timings.graceMs });
    const shared = { ...options, sessions: this.#sessions, pendingGoodbyes, rebuilding: () => this.#rebuilding() };
    this.#headStart = { preparedOffers: options.preparedOffers, sessions: this.#sessions };
    this.#departures = new Departures({ ...shared, rooms: this.#rooms, announcements: this.announcements });
    this.#admission = {
      ...shared,
      claims: this.#claims,
      replace: (former) => this.#departures.vacate(former, 'duplicate', { code: 'DUPLICATE_IDENTITY', reason: 'duplicate' }),
    };
  }

  get sessions(): ReadonlyMap<string, ParticipantSession> {
    return this.#sessions;
  }

  /** Whose seat this token takes back. Asking uses nothing up. */
  sessionOf({ participantId, token }: Resume): ParticipantSession | undefined {
    const session = this.#sessions.get(participantId);
    return session?.tokenHash === this.#claims.hashOf(token) ? session : undefined;
  }

  /** Answers from inside the room's queue, so the answer comes before anything that happens after it. */
  async join(
    connection: ClientConnection,
    request: JoinRequest,
    answer: (reply: JoinReply) => void,
    letIn?: LobbyEntry,
  ): Promise<void> {
    checkRoomId(request.room);
    if (connection.session !== undefined && connection.session.room !== request.room) throw new Refusal('ALREADY_JOINED');
    await this.#rooms.run(request.room, async () => {
      if (this.#givenUp.has(request)) throw new Refusal('STATE_CONFLICT');
      // Gave up waiting, or somebody else decided, while this waited for its turn.
      if (letIn !== undefined && this.lobby.of(connection) !== letIn) throw new Refusal('PEER_NOT_FOUND');
      // The connection was faster than the request beside it, and is better.
      if (connection.transient && (await this.#hasConnection(request))) throw new Refusal('STATE_CONFLICT');
      const token = this.#claims.begin();
      // A refused visitor may look at the reason for as long as one at the door may look at the preview.
      if (connection.session === undefined) connection.expectJoinWithin(this.#options.timings.previewDeadlineMs);
      const earlier = this.lobby.of(connection);
      if (earlier !== undefined && earlier.room !== request.room) this.lobby.leave(connection);
      const seated = await findSession(connection, request, token.hash, this.#admission, letIn?.authorized);
      if (seated.outcome === 'waiting') {
        this.#options.previewSubscribers.remove(connection);
        if (connection.transient) await this.#options.authorizer.giveBack(seated.authorized);
        else this.lobby.enter(connection, request, seated.authorized);
        if (!connection.open) this.lobby.leave(connection);
        // They hear when somebody is there who may let them in.
        else if (!connection.transient) this.#options.previewSubscribers.follow(connection, request.room);
        throw new Refusal('LOBBY_WAITING');
      }
      const session = this.#take(connection, request, seated, token.hash);
      if (!connection.open) this.lose(connection);
      const start = headStart(connection, session, seated, request, this.#headStart);
      this.announcements.arrival(connection, session.room, seated);
      answer(joinReply(session, seated, token, this.#reply, start));
      session.release();
    });
  }

  /** Somebody who waited comes in, and hears it as the answer to their join. */
  async letIn(waiting: LobbyEntry): Promise<void> {
    const { connection, request } = waiting;
    await this.join(connection, request, (reply) => connection.send('join-result', accepted(reply)), waiting);
  }

  async leave(connection: ClientConnection): Promise<void> {
    this.#options.previewSubscribers.remove(connection);
    this.lobby.leave(connection);
    connection.expectJoinWithin(this.#options.timings.previewDeadlineMs);
    const session = connection.session;
    if (session === undefined) return;
    await this.#rooms.run(session.room, () => this.#departures.vacate(session, 'left'));
  }

  /** What these attempts came to is given up, and what they will come to: the page that made them does not wait for the answer. */
  async giveUp(request: LeaveRequest): Promise<void> {
    const { room, attempts } = request;
    checkRoomId(room);
    this.#givenUp.add(request);
    for (const { connection, request: waiting } of this.lobby.list(room))
      if (attempts.includes(waiting.joinId)) this.lobby.leave(connection);
    await this.#rooms.run(room, async () => {
      const { participants } = await this.#options.store.state(room);
      for (const { id } of participants) {
        const session = this.#sessions.get(id);
        if (session === undefined || !attempts.includes(session.joinId)) continue;
        await this.#departures.vacate(session, 'left');
      }
      for (const { id, participantId } of this.#givenUp.tokensOf(request))
        if (!this.#sessions.has(participantId)) await this.#options.authorizer.release(id);
    });
  }

  async refresh(connection: ClientConnection, session: ParticipantSession, { token }: RefreshRequest): Promise<RefreshReply> {
    const { authorizer, returns } = this.#options;
    await authorizer.refresh(connection, session.room, token, session.identity, session.participantId);
    session.since = Date.now();
    const pass = returns.passFor(session);
    if (pass === undefined) throw new Refusal('FORBIDDEN');
    return pass;
  }

  update(connection: ClientConnection, session: ParticipantSession, request: UpdateRequest): Promise<ParticipantInfo> {
    return this.change(session, boundedChange(changeOf(request), session.identity), connection);
  }

  /** `by` hears of it as the answer; without it everybody is told, the owner of the seat too. */
  change(session: ParticipantSession, change: Change, by?: ClientConnection): Promise<ParticipantInfo> {
    return this.#rooms.run(session.room, async () => {
      const seated = await this.#options.store.update(session.room, session.participantId, change);
      if (seated === undefined) throw new Refusal('NOT_IN_ROOM');
      if (seated.changed) this.announcements.update(session.room, seated, by);
      return seated.participant;
    });
  }

  /** Answers inside the queue for the same reason as `join`. */
  async sync(session: ParticipantSession, answer: (roster: Roster) => void): Promise<void> {
    await this.#rooms.run(session.room, async () => {
      answer(rosterFor(session.participantId, await this.#options.store.state(session.room)));
    });
  }

  /** The connection is gone. Without a word the seat waits, and after a while the others see it waiting. */
  lose(connection: ClientConnection, meant = false): void {
    this.#options.previewSubscribers.remove(connection);
    this.lobby.leave(connection);
    connection.expectNothing();
    this.#departures.lose(connection, meant);
  }

  expel(connection: ClientConnection): void {
    this.#departures.expel(connection);
  }

  /** Takes a seat away, and tells its owner why. */
  async dismiss(session: ParticipantSession, reason: DepartureReason, goodbye: Goodbye): Promise<void> {
    await this.#rooms.run(session.room, () => this.#departures.vacate(session, reason, goodbye));
  }

  /** What happens to a room, one after the other. */
  inOrder<T>(room: string, task: () => Promise<T>): Promise<T> {
    return this.#rooms.run(room, task);
  }

  close(): void {
    this.#life.close();
    this.#renewal.close();
    this.#departures.close();
  }

  #take(connection: ClientConnection, request: JoinRequest, seated: Admitted, tokenHash: string): ParticipantSession {
    const { id } = seated.participant;
    const session =
      this.#sessions.get(id) ?? new ParticipantSession(id, request.room, tokenHash, seated.identity, this.#options.limits);
    this.#sessions.set(id, session);
    session.tokenHash = tokenHash;
    session.sequence = seated.participant.sequence;
    session.since ||= seated.since ?? Date.now();
    session.renewedAt = performance.now();
    if (seated.usedToken !== undefined) this.#givenUp.usedToken(request, { id: seated.usedToken, participantId: id });
    if (seated.outcome !== 'again') session.resumed = seated.outcome !== 'new';
    this.#options.previewSubscribers.remove(connection);
    connection.expectNothing();
    const former = session.take(connection);
    if (former !== undefined) {
      // Taken off the seat first, so that its end is not the end of the participant.
      former.session = undefined;
      former.close({ code: 'DUPLICATE_IDENTITY', reason: 'duplicate' });
    }
    const waiting = this.lobby.of(connection);
    if (waiting !== undefined) this.lobby.remove(waiting);
    session.joinId = request.joinId;
    void connection.socket.join(channelOf(request.room));
    if (session.identity.grants.moderate) void connection.socket.join(moderatorsOf(request.room));
    this.#options.log.info({ event: 'join', outcome: seated.outcome, room: request.room, participantId: id }, 'seat taken');
    return session;
  }

  /** The same attempt has a seat already, and the seat a connection. */
  async #hasConnection({ room, joinId }: JoinRequest): Promise<boolean> {
    const { participants } = await this.#options.store.state(room);
    return participants.some(({ id }) => {
      const session = this.#sessions.get(id);
      return session?.joinId === joinId && session.connection !== undefined;
    });
  }

  #rebuilding(): boolean {
    return performance.now() - this.#startedAt < this.#options.timings.rebuildMs;
  }
}
