/**
 * From the door to those inside, before anybody has joined. A visitor may see parked offers (*peek*) and answer them
 * (*meet*), so that their join has nothing left to wait for. Open to who may look through the door and could come in;
 * nobody inside hears of a peek, and of a meeting only their browsers. Whatever is refused here ends in the ordinary way.
 */
import type { IceSource } from '../ice/ice-servers.js';
import type { MeetRequest, MetOffer, PeekReply } from '../protocol/schemas.js';
import type { RoomSettings } from '../protocol/rights.js';
import type { RoomStore } from '../rooms/room-store.js';
import { newParticipantId } from '../rooms/secrets.js';
import type { Doors } from './doors.js';
import type { Line, Visitor } from './line.js';
import { looksThroughIt, ROUND, type Parking } from './parking.js';
import type { Relay } from './relay.js';
import type { Seat } from './seat.js';

export interface DoorstepParts {
  readonly store: RoomStore;
  readonly seats: ReadonlyMap<string, Seat>;
  readonly parking: Parking;
  readonly relay: Relay;
  readonly doors: Doors;
  readonly ice: IceSource;
  readonly maxParticipants: number;
  /** How long after a look offers are kept. */
  readonly keptMs: number;
  /** How long a meeting counts. 0: there is none. */
  readonly metMs: number;
}

const NOTHING: PeekReply = Object.freeze({ offers: [], ice: { iceServers: [] } });

export class Doorstep {
  readonly #parts: DoorstepParts;

  constructor(parts: DoorstepParts) {
    this.#parts = parts;
  }

  async peek(line: Line): Promise<PeekReply> {
    const { seats, parking, ice } = this.#parts;
    const inside = await this.#inside(line);
    if (line.door !== undefined) visitorOn(line, line.door).until = performance.now() + this.#parts.keptMs;
    const offers = parking.keep(
      line,
      inside.map((id) => seats.get(id)),
    );
    return offers.length === 0 ? NOTHING : { offers, ice: ice() };
  }

  /** Somebody inside has an offer ready again: it is for who has looked for one and stands there the longest. */
  async parkedBy(owner: Seat): Promise<void> {
    const { doors, parking } = this.#parts;
    const { room, participantId, parked } = owner;
    if (parked === undefined || parked.keptFor !== undefined) return;
    const line = doors.at(room).find((one) => looksThroughIt(one) && !hasMet(one.visitor, participantId));
    if (line === undefined || !(await this.#inside(line)).includes(participantId)) return;
    const offers = parking.keep(line, [owner]);
    if (offers.length > 0) line.send('offers', { offers });
  }

  /** What was taken by somebody else meanwhile, or leads nowhere, is passed over. Throws for what may not be passed on. */
  async meet(line: Line, { answers }: MeetRequest): Promise<void> {
    const { relay, parking, seats, metMs } = this.#parts;
    const checked = answers.map(({ to, signal }) => ({ to, signal: relay.check(signal) }));
    const inside = new Set(await this.#inside(line));
    for (const { to, signal } of checked) {
      const owner = inside.has(to) ? seats.get(to) : undefined;
      const { description, peer: link, round } = signal;
      if (owner === undefined || link === undefined || description?.type !== 'answer' || round !== ROUND) continue;
      const { id, met } = visitorOn(line, owner.room);
      if (!parking.take(line, owner, link, id)) continue;
      met.set(to, { link, until: performance.now() + metMs });
      owner.deliver({ from: id, signal });
    }
  }

  /** Nobody where the visitor may not look, or could not come in. */
  async #inside(line: Line): Promise<readonly string[]> {
    const room = line.door;
    if (room === undefined || this.#parts.metMs === 0) return [];
    const { participants, settings } = await this.#parts.store.state(room);
    if (line.door !== room || !isOpen(settings) || participants.length >= this.#parts.maxParticipants) return [];
    return participants.map(({ id }) => id);
  }
}

/** Anybody may come in, so what is ready is for anybody. */
export function isOpen({ locked, waitingRoom }: RoomSettings): boolean {
  return !locked && !waitingRoom;
}

/** Whom this newcomer met at the door: those are connected with them, or about to be. */
export function metBy(visitor: Visitor | undefined, newcomer: string, seats: ReadonlyMap<string, Seat>): MetOffer[] {
  if (visitor?.id !== newcomer) return [];
  const now = performance.now();
  return [...visitor.met].flatMap(([from, { link, until }]) =>
    now <= until && seats.get(from)?.room === visitor.room ? [{ from, link }] : [],
  );
}

function hasMet(visitor: Visitor | undefined, owner: string): boolean {
  return performance.now() <= (visitor?.met.get(owner)?.until ?? 0);
}

function visitorOn(line: Line, room: string): Visitor {
  if (line.visitor?.room !== room) line.visitor = { room, id: newParticipantId(), until: 0, met: new Map() };
  return line.visitor;
}
