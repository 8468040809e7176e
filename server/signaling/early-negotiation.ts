/**
 * From the door to those inside, before anybody has joined. A visitor may see parked offers (*peek*) and answer them
 * (*meet*), so that their join has nothing left to wait for. Open to who may look through the door and could come in;
 * nobody inside hears of a peek, and of a meeting only their browsers. Whatever is refused here ends in the ordinary way.
 */
import type { IceSource } from '../ice/ice-servers.js';
import type { EarlyAnswersRequest, AnsweredOffer, EarlyOffersReply, EarlyOffersRequest } from '../protocol/schemas.js';
import type { RoomSettings } from '../protocol/rights.js';
import type { RoomStore } from '../rooms/room-store.js';
import { newParticipantId } from '../rooms/secrets.js';
import type { Authorizer } from './authorizer.js';
import type { PreviewSubscribers } from './preview-subscribers.js';
import type { ClientConnection, EarlyNegotiationState } from './client-connection.js';
import { awaitsOffers, ROUND, type PreparedOffers } from './prepared-offers.js';
import type { SignalForwarder } from './signal-forwarder.js';
import type { ParticipantSession } from './participant-session.js';

export interface EarlyNegotiationParts {
  readonly store: RoomStore;
  readonly sessions: ReadonlyMap<string, ParticipantSession>;
  readonly previewSubscribers: PreviewSubscribers;
  readonly authorizer: Authorizer;
  readonly preparedOffers: PreparedOffers;
  readonly forwarder: SignalForwarder;
  readonly ice: IceSource;
  readonly maxParticipants: number;
  /** How long after a look offers are kept. */
  readonly reservedOfferMs: number;
  /** How long a meeting counts. 0: there is none. */
  readonly earlyConnectionMs: number;
}

const NOTHING: EarlyOffersReply = Object.freeze({ offers: [], ice: { iceServers: [] } });

export class EarlyNegotiation {
  readonly #parts: EarlyNegotiationParts;

  constructor(parts: EarlyNegotiationParts) {
    this.#parts = parts;
  }

  async offers(connection: ClientConnection, { again }: EarlyOffersRequest): Promise<EarlyOffersReply> {
    const inside = await this.#inside(connection);
    if (connection.preview === undefined) return NOTHING;
    const state = stateOn(connection, connection.preview.room);
    // Only what the visitor does keeps offers from others for longer, not what their page does by itself.
    if (again !== true) state.until = performance.now() + this.#parts.reservedOfferMs;
    if (!awaitsOffers(connection)) return NOTHING;
    return this.#keep(
      connection,
      inside.filter((id) => !hasAnswered(state, id)),
    );
  }

  /** Somebody inside has an offer ready: it is for who has looked for one, first for who stands there the longest. */
  async preparedBy(owner: ParticipantSession): Promise<void> {
    const { room, participantId, preparedOffer: parked } = owner;
    if (parked === undefined) return;
    const waits = (connection: ClientConnection): boolean =>
      awaitsOffers(connection) && !hasAnswered(connection.earlyNegotiation, participantId);
    const connection = parked.reservedFor ?? this.#parts.previewSubscribers.at(room).find(waits);
    if (connection === undefined || !(await this.#inside(connection)).includes(participantId)) return;
    const kept = this.#keep(connection, [participantId]);
    if (kept.offers.length > 0) connection.send('prepared-offers', kept);
  }

  /** What was taken by somebody else meanwhile, or leads nowhere, is passed over. Throws for what may not be passed on. */
  async answers(connection: ClientConnection, { answers }: EarlyAnswersRequest): Promise<void> {
    const { forwarder, preparedOffers, sessions, earlyConnectionMs } = this.#parts;
    if (connection.earlyNegotiation) connection.earlyNegotiation.answers = true;
    const checked = answers.map(({ to, signal }) => ({ to, signal: forwarder.check(signal) }));
    const inside = new Set(await this.#inside(connection));
    for (const { to, signal } of checked) {
      const owner = inside.has(to) ? sessions.get(to) : undefined;
      const { description, remoteConnectionId, round } = signal;
      if (
        owner?.connection === undefined ||
        remoteConnectionId === undefined ||
        description?.type !== 'answer' ||
        round !== ROUND
      )
        continue;
      const { id, answered } = stateOn(connection, owner.room);
      if (!preparedOffers.take(connection, owner, remoteConnectionId, id)) continue;
      answered.set(to, {
        connection: owner.connection,
        connectionId: remoteConnectionId,
        until: performance.now() + earlyConnectionMs,
      });
      owner.deliver({ from: id, signal });
    }
  }

  #keep(connection: ClientConnection, owners: readonly string[]): EarlyOffersReply {
    const { sessions, preparedOffers, ice } = this.#parts;
    const offers = preparedOffers.reserve(
      connection,
      owners.map((id) => sessions.get(id)),
    );
    return offers.length === 0 ? NOTHING : { offers, ice: ice() };
  }

  /** Nobody where this visitor could not come in, for who they are or for what the room is set to. */
  async #inside(connection: ClientConnection): Promise<readonly string[]> {
    const { store, authorizer, maxParticipants, earlyConnectionMs } = this.#parts;
    const { preview: door } = connection;
    if (door === undefined || earlyConnectionMs === 0) return [];
    const may = await authorizer.wouldAdmit(connection, door.viewer, door.room);
    const { participants, settings } = await store.state(door.room);
    if (!may || connection.preview !== door || !isOpen(settings) || participants.length >= maxParticipants) return [];
    return participants.map(({ id }) => id);
  }
}

/** Anybody may come in, so what is ready is for anybody. */
export function isOpen({ locked, waitingRoom }: RoomSettings): boolean {
  return !locked && !waitingRoom;
}

/** Whom this newcomer answered at the door: those are connected with them, or about to be. A page that was reloaded since knows nothing of it. */
export function answeredBy(
  state: EarlyNegotiationState | undefined,
  newcomer: string,
  sessions: ReadonlyMap<string, ParticipantSession>,
): AnsweredOffer[] {
  if (state?.id !== newcomer) return [];
  const now = performance.now();
  return [...state.answered].flatMap(([from, { connection, connectionId, until }]) => {
    const owner = sessions.get(from);
    return now <= until && owner?.connection === connection && !owner.suspended ? [{ from, connectionId }] : [];
  });
}

function hasAnswered(state: EarlyNegotiationState | undefined, owner: string): boolean {
  return performance.now() <= (state?.answered.get(owner)?.until ?? 0);
}

function stateOn(connection: ClientConnection, room: string): EarlyNegotiationState {
  if (connection.earlyNegotiation?.room !== room)
    connection.earlyNegotiation = { room, id: newParticipantId(), until: 0, answers: false, answered: new Map() };
  return connection.earlyNegotiation;
}
