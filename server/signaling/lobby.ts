/**
 * The waiting rooms: who asked to come in, on which connection, with what; those who may moderate hear who
 * comes and goes. Lets nobody in by itself. A place here ends with its connection.
 */
import { newParticipantId } from '../rooms/secrets.js';
import { profileOf } from '../rooms/profile.js';
import type { ServerToClient } from '../protocol/events.js';
import type { WaitingParticipant } from '../protocol/rights.js';
import type { JoinRequest } from '../protocol/schemas.js';
import { bounded } from './bounded.js';
import type { Authorizer, AuthorizedJoin } from './authorizer.js';
import type { ClientConnection } from './client-connection.js';
import { Refusal } from './refusal.js';

export interface LobbyEntry {
  readonly room: string;
  readonly connection: ClientConnection;
  readonly request: JoinRequest;
  readonly authorized: AuthorizedJoin;
  readonly info: WaitingParticipant;
}

type LobbyEvent = 'waiting-participant-added' | 'waiting-participant-removed';
/** Tells those in a room who may moderate. */
export type TellModerators = <E extends LobbyEvent>(room: string, event: E, payload: ServerToClient[E]) => void;

export interface LobbyOptions {
  readonly authorizer: Authorizer;
  readonly tell: TellModerators;
  /** In one room. */
  readonly most: number;
}

export class Lobby {
  readonly #rooms = new Map<string, Map<string, LobbyEntry>>();
  readonly #byConnection = new Map<ClientConnection, LobbyEntry>();
  readonly #options: LobbyOptions;

  constructor(options: LobbyOptions) {
    this.#options = options;
  }

  enter(connection: ClientConnection, request: JoinRequest, authorized: AuthorizedJoin): void {
    const { room } = request;
    const earlier = this.#byConnection.get(connection);
    const waiting = this.#rooms.get(room) ?? new Map<string, LobbyEntry>();
    if (earlier === undefined && waiting.size >= this.#options.most) throw new Refusal('ROOM_FULL');
    const { displayName, avatarUrl, externalId } = bounded(profileOf(request), authorized.identity);
    const info: WaitingParticipant = {
      waitingId: earlier?.info.waitingId ?? newParticipantId(),
      displayName,
      ...(avatarUrl === undefined ? {} : { avatarUrl }),
      ...(externalId === undefined ? {} : { externalId }),
    };
    const taken = authorized.taken ?? earlier?.authorized.taken;
    const entry: LobbyEntry = { room, connection, request, authorized: { ...authorized, taken }, info };
    this.#rooms.set(room, waiting.set(info.waitingId, entry));
    this.#byConnection.set(connection, entry);
    this.#options.tell(room, 'waiting-participant-added', info);
  }

  /** The connection waits for nothing any more, by its own wish or because it is gone: its token may be used again. */
  leave(connection: ClientConnection): void {
    const waiting = this.#byConnection.get(connection);
    if (waiting === undefined) return;
    this.remove(waiting);
    void this.#options.authorizer.giveBack(waiting.authorized);
  }

  remove({ room, connection, info }: LobbyEntry): void {
    const waiting = this.#rooms.get(room);
    if (waiting?.delete(info.waitingId) !== true) return;
    if (waiting.size === 0) this.#rooms.delete(room);
    this.#byConnection.delete(connection);
    this.#options.tell(room, 'waiting-participant-removed', { waitingId: info.waitingId });
  }

  find(room: string, waitingId: string): LobbyEntry | undefined {
    return this.#rooms.get(room)?.get(waitingId);
  }

  of(connection: ClientConnection): LobbyEntry | undefined {
    return this.#byConnection.get(connection);
  }

  list(room: string): readonly LobbyEntry[] {
    return [...(this.#rooms.get(room)?.values() ?? [])];
  }
}
