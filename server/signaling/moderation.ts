/**
 * What hosts and moderators do to others. Whether somebody may do it at all is decided at the route, from
 * the seat; here it is decided to whom. `by` is undefined when the host site asks, which may do everything.
 */
import type { Bans } from '../auth/bans.js';
import type { MuteRequest, RoomSettings } from '../protocol/rights.js';
import type { RoomStore, RoomState, RoomSummary } from '../rooms/room-store.js';
import type { Timings } from '../timings.js';
import { Refusal, refused, wireError } from './refusal.js';
import type { Seat } from './seat.js';
import type { Seating } from './seating.js';

export interface ModerationParts {
  readonly seating: Seating;
  readonly store: RoomStore;
  readonly bans: Bans;
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
  mute(room: string, by: Seat | undefined, { ids, sources = ['microphone'] }: MuteRequest): void {
    // All are found before anybody hears anything.
    const targets = ids.map((id) => this.#target(room, by, id));
    const payload = { ...(by === undefined ? {} : { by: by.participantId }), sources: [...sources] };
    for (const target of targets) target.askToMute(payload);
  }

  /** Out of the room, and kept out for a while. */
  async kick(room: string, by: Seat | undefined, participantId: string, banMs = this.#parts.timings.banMs): Promise<void> {
    const target = this.#target(room, by, participantId);
    const { bans, seating } = this.#parts;
    await bans.add(room, { sub: target.identity.sub }, banMs);
    await seating.dismiss(target, 'kicked', { code: 'FORBIDDEN', reason: 'kicked' });
  }

  async lowerHand(room: string, by: Seat | undefined, participantId: string): Promise<void> {
    const target = this.#target(room, by, participantId);
    await this.#parts.seating.change(target, { handRaised: false });
  }

  /** Those who wait because of the waiting room come in when it is taken away, as far as there is room. */
  async configure(room: string, settings: Partial<RoomSettings>): Promise<RoomSettings> {
    const { seating, store } = this.#parts;
    const after = await seating.inOrder(room, async () => {
      const { state, changed } = await store.configure(room, settings);
      if (changed) seating.say.settings(room, state.version, state.settings);
      return { ...state.settings };
    });
    if (settings.waitingRoom !== false) return after;
    for (const waiting of seating.lobby.list(room)) {
      if (!waiting.entrant.identity.waits) await seating.letIn(waiting).catch(onlyRefusals);
    }
    return after;
  }

  async admit(room: string, waitingId: string): Promise<void> {
    await this.#parts.seating.letIn(this.#waiting(room, waitingId));
  }

  reject(room: string, waitingId: string): void {
    const waiting = this.#waiting(room, waitingId);
    this.#parts.seating.lobby.remove(waiting);
    waiting.line.send('join-result', refused(wireError('FORBIDDEN')));
  }

  /** Everybody is sent home, those who wait included, and the room is as if nobody had been there. */
  async end(room: string): Promise<boolean> {
    const { seating, store } = this.#parts;
    for (const waiting of seating.lobby.list(room)) {
      seating.lobby.remove(waiting);
      waiting.line.send('join-result', refused(wireError('ROOM_ENDED')));
    }
    const { participants } = await store.state(room);
    const seats = participants.map(({ id }) => seating.seats.get(id)).filter((seat) => seat !== undefined);
    for (const seat of seats) {
      await seating.dismiss(seat, 'ended', { code: 'ROOM_ENDED', reason: 'ended' });
    }
    await store.configure(room, { locked: false });
    return seats.length > 0;
  }

  /** One answer for nobody, somebody elsewhere and oneself. Nobody but a host acts upon a host. */
  #target(room: string, by: Seat | undefined, id: string): Seat {
    const target = this.#parts.seating.seats.get(id);
    if (target === undefined || target.room !== room || target === by) throw new Refusal('PEER_NOT_FOUND');
    if (by !== undefined && target.identity.role === 'host' && by.identity.role !== 'host') throw new Refusal('FORBIDDEN');
    return target;
  }

  #waiting(room: string, waitingId: string) {
    const waiting = this.#parts.seating.lobby.find(room, waitingId);
    if (waiting === undefined) throw new Refusal('PEER_NOT_FOUND');
    return waiting;
  }
}

/** A room that is full now, or a visitor who gave up: both stay as they are. */
function onlyRefusals(error: unknown): void {
  if (!(error instanceof Refusal)) throw error;
}
