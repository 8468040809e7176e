/**
 * How a seat becomes free: left, lost for too long, taken away. The one place where that happens, so that it
 * happens once. Knows connections, seats and the room store; nothing of how one comes in.
 */
import type { Bans } from '../auth/bans.js';
import type { DepartureReason, Goodbye } from '../protocol/events.js';
import type { Log } from '../log.js';
import type { RoomStore } from '../rooms/room-store.js';
import { seatClaimMs, type Timings } from '../timings.js';
import type { Announcements } from './announcements.js';
import { channelOf, moderatorsOf } from './channels.js';
import type { PendingGoodbyes } from './pending-goodbyes.js';
import type { InOrder } from './in-order.js';
import type { ClientConnection } from './client-connection.js';
import type { Returns } from './returns.js';
import type { ParticipantSession } from './participant-session.js';

export interface DepartureParts {
  readonly sessions: Map<string, ParticipantSession>;
  readonly rooms: InOrder;
  readonly store: RoomStore;
  readonly bans: Bans;
  readonly announcements: Announcements;
  readonly pendingGoodbyes: PendingGoodbyes;
  readonly returns: Returns;
  readonly timings: Timings;
  readonly log: Log;
}

export class Departures {
  readonly #parts: DepartureParts;
  #closed = false;

  constructor(parts: DepartureParts) {
    this.#parts = parts;
  }

  /** The connection of a seat is gone. Without a word the seat waits, and after a while the others see it waiting. */
  lose(connection: ClientConnection, meant: boolean): void {
    const session = connection.session;
    if (session === undefined) return;
    session.loseConnection();
    if (this.#closed) return;
    if (meant) {
      this.#later(session, () => this.vacate(session, 'left'));
      return;
    }
    const { awayAfterMs, graceMs, joinDeadlineMs, reloadMs } = this.#parts.timings;
    // A connection that never came within the time it has to come is not one that was lost.
    const kept = connection.transient ? joinDeadlineMs : graceMs;
    const { suspended } = session;
    if (!connection.transient)
      session.after(suspended ? 0 : awayAfterMs, () => this.#later(session, () => this.#showAway(session)));
    session.after(suspended ? reloadMs : kept, () => this.#later(session, () => this.vacate(session, 'timeout')));
  }

  /** Out at once: who abuses the connection has no seat to come back to. */
  expel(connection: ClientConnection): void {
    const session = connection.session;
    if (session !== undefined) this.#later(session, () => this.vacate(session, 'kicked'));
    connection.close({ code: 'ABUSE', reason: 'abuse' });
  }

  /** Frees a seat and tells the room, and its owner if there is something to say. Only within the room's queue. */
  async vacate(session: ParticipantSession, reason: DepartureReason, goodbye?: Goodbye): Promise<void> {
    const { sessions, store, bans, timings, announcements, pendingGoodbyes, returns, log } = this.#parts;
    const { room, participantId, connection } = session;
    // Somebody was faster: the owner came back, or left already.
    if (reason === 'timeout' && connection !== undefined) return;
    if (sessions.get(participantId) !== session) return;
    session.stopTimers();
    session.loseConnection();
    sessions.delete(participantId);
    void connection?.socket.leave(channelOf(room));
    void connection?.socket.leave(moderatorsOf(room));
    if (goodbye !== undefined) {
      // Also where there is a connection: it may be dead already.
      pendingGoodbyes.keep(session, goodbye);
      connection?.close(goodbye);
    }
    // Given up is given up: a signed claim to this seat must not make it again, not even after a restart.
    await bans.add(room, { participantId }, seatClaimMs(timings));
    if (reason === 'timeout') await returns.lost(session);
    const { participants } = await store.state(room);
    const version = await store.remove(room, participantId);
    for (const { id } of participants) sessions.get(id)?.forget(participantId);
    log.info({ event: 'leave', reason, participantId }, 'seat free');
    const participant = participants.find(({ id }) => id === participantId);
    if (version === undefined || participant === undefined) return;
    announcements.departure(room, participant, reason, version, participants.length - 1);
  }

  close(): void {
    this.#closed = true;
    for (const session of this.#parts.sessions.values()) session.stopTimers();
  }

  async #showAway(session: ParticipantSession): Promise<void> {
    if (session.connection !== undefined) return;
    const seated = await this.#parts.store.update(session.room, session.participantId, { presence: 'away' });
    if (seated?.changed) this.#parts.announcements.update(session.room, seated);
  }

  #later(session: ParticipantSession, task: () => Promise<void>): void {
    if (this.#closed) return;
    this.#parts.rooms.run(session.room, task).catch((error: unknown) => {
      this.#parts.log.error(
        { event: 'seat', err: error, participantId: session.participantId },
        'a session could not be updated',
      );
    });
  }
}
