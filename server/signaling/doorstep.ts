/**
 * From the door to those inside, before anybody has joined. A visitor may see parked offers (*peek*) and answer them
 * (*meet*), so that their join has nothing left to wait for. Open to who may look through the door and could come in;
 * nobody inside hears of a peek, and of a meeting only their browsers. Whatever is refused here ends in the ordinary way.
 */
import type { IceSource } from '../ice/ice-servers.js';
import type { MeetRequest, MetOffer, PeekReply, PeekRequest } from '../protocol/schemas.js';
import type { RoomSettings } from '../protocol/rights.js';
import type { RoomStore } from '../rooms/room-store.js';
import { newParticipantId } from '../rooms/secrets.js';
import type { Doorkeeper } from './doorkeeper.js';
import type { Doors } from './doors.js';
import type { Line, Visitor } from './line.js';
import { looksThroughIt, ROUND, type Parking } from './parking.js';
import type { Relay } from './relay.js';
import type { Seat } from './seat.js';

export interface DoorstepParts {
  readonly store: RoomStore;
  readonly seats: ReadonlyMap<string, Seat>;
  readonly doors: Doors;
  readonly doorkeeper: Doorkeeper;
  readonly parking: Parking;
  readonly relay: Relay;
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

  async peek(line: Line, { again }: PeekRequest): Promise<PeekReply> {
    const inside = await this.#inside(line);
    if (line.door === undefined) return NOTHING;
    const visitor = visitorOn(line, line.door.room);
    // Only what the visitor does keeps offers from others for longer, not what their page does by itself.
    if (again !== true) visitor.until = performance.now() + this.#parts.keptMs;
    if (!looksThroughIt(line)) return NOTHING;
    return this.#keep(
      line,
      inside.filter((id) => !hasMet(visitor, id)),
    );
  }

  /** Somebody inside has an offer ready: it is for who has looked for one, first for who stands there the longest. */
  async parkedBy(owner: Seat): Promise<void> {
    const { room, participantId, parked } = owner;
    if (parked === undefined) return;
    const waits = (line: Line): boolean => looksThroughIt(line) && !hasMet(line.visitor, participantId);
    const line = parked.keptFor ?? this.#parts.doors.at(room).find(waits);
    if (line === undefined || !(await this.#inside(line)).includes(participantId)) return;
    const kept = this.#keep(line, [participantId]);
    if (kept.offers.length > 0) line.send('offers', kept);
  }

  /** What was taken by somebody else meanwhile, or leads nowhere, is passed over. Throws for what may not be passed on. */
  async meet(line: Line, { answers }: MeetRequest): Promise<void> {
    const { relay, parking, seats, metMs } = this.#parts;
    if (line.visitor) line.visitor.answers = true;
    const checked = answers.map(({ to, signal }) => ({ to, signal: relay.check(signal) }));
    const inside = new Set(await this.#inside(line));
    for (const { to, signal } of checked) {
      const owner = inside.has(to) ? seats.get(to) : undefined;
      const { description, peer: link, round } = signal;
      if (owner?.line === undefined || link === undefined || description?.type !== 'answer' || round !== ROUND) continue;
      const { id, met } = visitorOn(line, owner.room);
      if (!parking.take(line, owner, link, id)) continue;
      met.set(to, { line: owner.line, link, until: performance.now() + metMs });
      owner.deliver({ from: id, signal });
    }
  }

  #keep(line: Line, owners: readonly string[]): PeekReply {
    const { seats, parking, ice } = this.#parts;
    const offers = parking.keep(
      line,
      owners.map((id) => seats.get(id)),
    );
    return offers.length === 0 ? NOTHING : { offers, ice: ice() };
  }

  /** Nobody where this visitor could not come in, for who they are or for what the room is set to. */
  async #inside(line: Line): Promise<readonly string[]> {
    const { store, doorkeeper, maxParticipants, metMs } = this.#parts;
    const { door } = line;
    if (door === undefined || metMs === 0) return [];
    const may = await doorkeeper.wouldEnter(door.looker, door.room);
    const { participants, settings } = await store.state(door.room);
    if (!may || line.door !== door || !isOpen(settings) || participants.length >= maxParticipants) return [];
    return participants.map(({ id }) => id);
  }
}

/** Anybody may come in, so what is ready is for anybody. */
export function isOpen({ locked, waitingRoom }: RoomSettings): boolean {
  return !locked && !waitingRoom;
}

/** Whom this newcomer met at the door: those are connected with them, or about to be. A page that was reloaded since knows nothing of it. */
export function metBy(visitor: Visitor | undefined, newcomer: string, seats: ReadonlyMap<string, Seat>): MetOffer[] {
  if (visitor?.id !== newcomer) return [];
  const now = performance.now();
  return [...visitor.met].flatMap(([from, { line, link, until }]) => {
    const owner = seats.get(from);
    return now <= until && owner?.line === line && !owner.suspended ? [{ from, link }] : [];
  });
}

function hasMet(visitor: Visitor | undefined, owner: string): boolean {
  return performance.now() <= (visitor?.met.get(owner)?.until ?? 0);
}

function visitorOn(line: Line, room: string): Visitor {
  if (line.visitor?.room !== room) line.visitor = { room, id: newParticipantId(), until: 0, answers: false, met: new Map() };
  return line.visitor;
}
