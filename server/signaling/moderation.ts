/**
 * What hosts and moderators do to others. Whether somebody may do it at all is decided at the route, from
 * the seat; here it is decided to whom. `by` is undefined when the host site asks, which may do everything.
 */
import type { Bans } from '../auth/bans.js';
import type { Revocations } from '../auth/revocations.js';
import type { MuteRequest, RoomSettings } from '../protocol/rights.js';
import type { RoomStore, RoomState, RoomSummary } from '../rooms/room-store.js';
import type { Timings } from '../timings.js';
import { Refusal, refused, wireError } from './refusal.js';
import type { ParticipantSession } from './participant-session.js';
import type { Membership } from './membership.js';

export interface ModerationParts {
  readonly membership: Membership;
  readonly store: RoomStore;
  readonly bans: Bans;
  readonly revocations: Revocations;
  readonly timings: Timings;
}

export class Moderation {
  readonly #parts: ModerationParts;

  constructor(parts: ModerationParts) {
    this.#parts = parts;
  }

  rooms(): Promise<readonly RoomSummary[]> {
    return this.#parts.store.list();
  }

  room(room: string): Promise<RoomState> {
    return this.#parts.store.state(room);
  }

  /** Asks the targets' pages to switch off; a mesh server cannot stop sound that does not pass through it. */
  mute(room: string, by: ParticipantSession | undefined, { ids, sources = ['microphone'] }: MuteRequest): void {
    // All are found before anybody hears anything.
    const targets = ids.map((id) => this.#target(room, by, id));
    const payload = { ...(by === undefined ? {} : { by: by.participantId }), sources: [...sources] };
    for (const target of targets) target.askToMute(payload);
  }

  /** Out of the room, and kept out for a while. */
  async kick(
    room: string,
    by: ParticipantSession | undefined,
    participantId: string,
    banMs = this.#parts.timings.banMs,
  ): Promise<void> {
    const target = this.#target(room, by, participantId);
    const { bans, revocations, membership } = this.#parts;
    const { sub } = target.identity;
    // Both, so that who has a token does not come back without it. First, so that nobody slips through who comes back at this moment, or after a crash in it.
    await Promise.all([bans.add(room, { sub, network: target.network }, banMs), revocations.revoke(room, sub ?? participantId)]);
    await membership.dismiss(target, 'kicked', { code: 'FORBIDDEN', reason: 'kicked' });
  }

  async lowerHand(room: string, by: ParticipantSession | undefined, participantId: string): Promise<void> {
    const target = this.#target(room, by, participantId);
    await this.#parts.membership.change(target, { handRaised: false });
  }

  /** Those who wait because of the waiting room come in when it is taken away, as far as there is room. */
  async configure(room: string, settings: Partial<RoomSettings>): Promise<RoomSettings> {
    const { membership, store } = this.#parts;
    const after = await membership.inOrder(room, async () => {
      const { state, changed } = await store.configure(room, settings);
      if (changed) membership.announcements.settings(room, state.version, state.settings);
      return { ...state.settings };
    });
    if (settings.waitingRoom !== false) return after;
    for (const waiting of membership.lobby.list(room)) {
      if (!waiting.authorized.identity.waits) await membership.letIn(waiting).catch(onlyRefusals);
    }
    return after;
  }

  async admit(room: string, waitingId: string): Promise<void> {
    await this.#parts.membership.letIn(this.#waiting(room, waitingId));
  }

  reject(room: string, waitingId: string): void {
    const waiting = this.#waiting(room, waitingId);
    this.#parts.membership.lobby.remove(waiting);
    waiting.connection.send('join-result', refused(wireError('FORBIDDEN')));
  }

  /** Everybody is sent home, those who wait included, and the room is as if nobody had been there. */
  async end(room: string): Promise<boolean> {
    const { membership, store, revocations } = this.#parts;
    await revocations.endRoom(room);
    for (const waiting of membership.lobby.list(room)) {
      membership.lobby.remove(waiting);
      waiting.connection.send('join-result', refused(wireError('ROOM_ENDED')));
    }
    const { participants } = await store.state(room);
    const sessions = participants.map(({ id }) => membership.sessions.get(id)).filter((session) => session !== undefined);
    for (const session of sessions) {
      await membership.dismiss(session, 'ended', { code: 'ROOM_ENDED', reason: 'ended' });
    }
    await store.configure(room, { locked: false });
    return sessions.length > 0;
  }

  /** One answer for nobody, somebody elsewhere and oneself. Nobody but a host acts upon a host. */
  #target(room: string, by: ParticipantSession | undefined, id: string): ParticipantSession {
    const target = this.#parts.membership.sessions.get(id);
    if (target === undefined || target.room !== room || target === by) throw new Refusal('PEER_NOT_FOUND');
    if (by !== undefined && target.identity.role === 'host' && by.identity.role !== 'host') throw new Refusal('FORBIDDEN');
    return target;
  }

  #waiting(room: string, waitingId: string) {
    const waiting = this.#parts.membership.lobby.find(room, waitingId);
    if (waiting === undefined) throw new Refusal('PEER_NOT_FOUND');
    return waiting;
  }
}

/** A room that is full now, or a visitor who gave up: both stay as they are. */
function onlyRefusals(error: unknown): void {
  if (!(error instanceof Refusal)) throw error;
}
