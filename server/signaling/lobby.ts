/**
 * The waiting rooms: who asked to come in, on which line, with what; those who may moderate hear who
 * comes and goes. Lets nobody in by itself. A place here ends with its line.
 */
import { newParticipantId } from '../rooms/secrets.js';
import { profileOf } from '../rooms/profile.js';
import type { ServerToClient } from '../protocol/events.js';
import type { WaitingParticipant } from '../protocol/rights.js';
import type { JoinRequest } from '../protocol/schemas.js';
import { bounded } from './bounded.js';
import type { Doorkeeper, Entrant } from './doorkeeper.js';
import type { Line } from './line.js';
import { Refusal } from './refusal.js';

export interface Waiting {
  readonly room: string;
  readonly line: Line;
  readonly request: JoinRequest;
  readonly entrant: Entrant;
  readonly info: WaitingParticipant;
}

type LobbyEvent = 'waiting-participant-added' | 'waiting-participant-removed';
/** Tells those in a room who may moderate. */
export type TellModerators = <E extends LobbyEvent>(room: string, event: E, payload: ServerToClient[E]) => void;

export interface LobbyOptions {
  readonly doorkeeper: Doorkeeper;
  readonly tell: TellModerators;
  /** In one room. */
  readonly most: number;
}

export class Lobby {
  readonly #rooms = new Map<string, Map<string, Waiting>>();
  readonly #byLine = new Map<Line, Waiting>();
  readonly #options: LobbyOptions;

  constructor(options: LobbyOptions) {
    this.#options = options;
  }

  enter(line: Line, request: JoinRequest, entrant: Entrant): void {
    const { room } = request;
    const earlier = this.#byLine.get(line);
    const waiting = this.#rooms.get(room) ?? new Map<string, Waiting>();
    if (earlier === undefined && waiting.size >= this.#options.most) throw new Refusal('ROOM_FULL');
    const { displayName, avatarUrl, externalId } = bounded(profileOf(request), entrant.identity);
    const info: WaitingParticipant = {
      waitingId: earlier?.info.waitingId ?? newParticipantId(),
      displayName,
      ...(avatarUrl === undefined ? {} : { avatarUrl }),
      ...(externalId === undefined ? {} : { externalId }),
    };
    const taken = entrant.taken ?? earlier?.entrant.taken;
    const entry: Waiting = { room, line, request, entrant: { ...entrant, taken }, info };
    this.#rooms.set(room, waiting.set(info.waitingId, entry));
    this.#byLine.set(line, entry);
    this.#options.tell(room, 'waiting-participant-added', info);
  }

  /** The line waits for nothing any more, by its own wish or because it is gone: its token may be used again. */
  leave(line: Line): void {
    const waiting = this.#byLine.get(line);
    if (waiting === undefined) return;
    this.remove(waiting);
    void this.#options.doorkeeper.giveBack(waiting.entrant);
  }

  remove({ room, line, info }: Waiting): void {
    const waiting = this.#rooms.get(room);
    if (waiting?.delete(info.waitingId) !== true) return;
    if (waiting.size === 0) this.#rooms.delete(room);
    this.#byLine.delete(line);
    this.#options.tell(room, 'waiting-participant-removed', { waitingId: info.waitingId });
  }

  find(room: string, waitingId: string): Waiting | undefined {
    return this.#rooms.get(room)?.get(waitingId);
  }

  of(line: Line): Waiting | undefined {
    return this.#byLine.get(line);
  }

  list(room: string): readonly Waiting[] {
    return [...(this.#rooms.get(room)?.values() ?? [])];
  }
}
