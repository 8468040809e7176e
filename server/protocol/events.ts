/**
 * The conversation over the Socket.IO connection: event names, payloads, acknowledgements.
 * Every request is acknowledged with `Ack`; a request sent without a callback that fails is
 * answered by `server-error` to that socket alone.
 */
import type { CallEvents, CallRequests } from './calls.js';
import type { ErrorCode } from './error-codes.js';
import type {
  KickRequest,
  LockRequest,
  LowerHandRequest,
  Mutable,
  MuteRequest,
  RoomSettings,
  WaitingParticipant,
  WaitingRequest,
  WaitingRoomRequest,
} from './rights.js';
import type {
  RoomOccupancy,
  Empty,
  IceReply,
  JoinReply,
  JoinRequest,
  EarlyAnswersRequest,
  PrepareOfferRequest,
  ParticipantInfo,
  EarlyOffersReply,
  EarlyOffersRequest,
  PrepareRequest,
  Roster,
  Signal,
  SignalRequest,
  UpdateRequest,
} from './schemas.js';

export interface WireError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly retryable: boolean;
  readonly retryAfterMs?: number;
  /** With `PROTOCOL_UNSUPPORTED`: the versions this server speaks. */
  readonly min?: number;
  readonly max?: number;
}

/** `GET /signaling/check`: whether a page may open a connection, asked by plain HTTP because a browser tells no page why its WebSocket was refused. */
export interface CheckReply {
  /** `ignored`: a proxy says for whom it asks, and the server has no reason to believe it (`TRUST_PROXY`). */
  readonly forwarding: 'none' | 'believed' | 'ignored';
}

export type Ack<T> = { readonly ok: true; readonly data: T } | { readonly ok: false; readonly error: WireError };

/** Why somebody is not in the room any more, as told to the others. */
export type DepartureReason = 'left' | 'timeout' | 'kicked' | 'ended' | 'duplicate';

/** The last word of the server before it closes the connection. */
export interface Goodbye {
  readonly code: ErrorCode;
  readonly reason: 'kicked' | 'ended' | 'duplicate' | 'server-shutdown' | 'idle' | 'abuse' | 'slow-consumer';
}

export interface ClientToServer extends CallRequests {
  prepare: { request: PrepareRequest; reply: RoomOccupancy };
  /** From the door: parked offers, kept for us while we stand there. Nobody inside hears of it. */
  'early-offers': { request: EarlyOffersRequest; reply: EarlyOffersReply };
  /** From the door, right before `join` or a little earlier: our answers to them. The join tells which of them were met. */
  'early-answers': { request: EarlyAnswersRequest; reply: Empty };
  join: { request: JoinRequest; reply: JoinReply };
  leave: { request: Empty; reply: Empty };
  /** The page goes away, perhaps to be reloaded: the seat is kept for a moment only, and shown as away at once. */
  suspend: { request: Empty; reply: Empty };
  update: { request: UpdateRequest; reply: ParticipantInfo };
  signal: { request: SignalRequest; reply: Empty };
  /** Keeps a ready-made offer here, which saves whoever comes next a round trip. */
  'prepare-offer': { request: PrepareOfferRequest; reply: Empty };
  ice: { request: Empty; reply: IceReply };
  sync: { request: Empty; reply: Roster };
  // For those who may moderate; FORBIDDEN to everybody else.
  'mute-participants': { request: MuteRequest; reply: Empty };
  kick: { request: KickRequest; reply: Empty };
  /** Takes a raised hand down; everybody hears it as `participant-updated`, its owner too. */
  'lower-hand': { request: LowerHandRequest; reply: Empty };
  lock: { request: LockRequest; reply: RoomSettings };
  'waiting-room': { request: WaitingRoomRequest; reply: RoomSettings };
  admit: { request: WaitingRequest; reply: Empty };
  reject: { request: WaitingRequest; reply: Empty };
  /** Hosts only: everybody is sent home. */
  end: { request: Empty; reply: Empty };
}

/** Of signals by plain HTTP: what the connection would have answered to each, in their order. */
export interface HttpSignalsReply {
  readonly answers: readonly Ack<unknown>[];
}

export interface ServerToClient extends CallEvents {
  /** Answers `prepare` of the handshake, and tells every change at the door while nobody joined on this connection. */
  'room-preview': Ack<RoomOccupancy>;
  /** Answers `join` of the handshake; and any join that was answered with LOBBY_WAITING, once that is decided. */
  'join-result': Ack<JoinReply>;
  /** To who has peeked: these are kept for you now, each in the place of what its owner left before. */
  'prepared-offers': EarlyOffersReply;
  'participant-joined': { readonly version: number; readonly participant: ParticipantInfo };
  'participant-updated': { readonly version: number; readonly participant: ParticipantInfo };
  'participant-left': { readonly version: number; readonly participantId: string; readonly reason: DepartureReason };
  signal: { readonly from: string; readonly signal: Signal };
  /**
   * Your parked offer was handed out: it is for them alone, and whoever comes next needs another. They may be at the door still,
   * and never come in.
   */
  'offer-taken': { readonly connectionId: string; readonly by: string };
  /** Somebody who may moderate asks you to switch these off; `by` is absent when the site that runs the room asks. */
  'mute-request': { readonly by?: string; readonly sources: readonly Mutable[] };
  'room-updated': { readonly version: number; readonly room: RoomSettings };
  /** To those who may moderate. */
  'waiting-participant-added': WaitingParticipant;
  'waiting-participant-removed': { readonly waitingId: string };
  goodbye: Goodbye;
  'server-error': { readonly event: string; readonly error: WireError };
}

export type ClientEvent = keyof ClientToServer;
export type ServerEvent = keyof ServerToClient;

/** Socket.IO listener maps made from the tables above. */
export type ClientListeners = {
  [E in ClientEvent]: (request: ClientToServer[E]['request'], ack: (answer: Ack<ClientToServer[E]['reply']>) => void) => void;
};
export type ServerListeners = { [E in ServerEvent]: (payload: ServerToClient[E]) => void };
