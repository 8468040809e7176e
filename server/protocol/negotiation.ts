/**
 * How two browsers find a path to each other: the steps they pass on, the offers that are ready before anybody asked, and
 * the servers that help. Shapes only; `schemas.ts` hands them on with all the others.
 */
import Type, { type Static } from 'typebox';
import { ClientId, ParticipantId } from './ids.js';
import { MAX_CANDIDATE_BYTES, MAX_CANDIDATES_PER_MESSAGE, MAX_EARLY_ANSWERS, MAX_SDP_BYTES } from './limits.js';

const strict = { additionalProperties: false } as const;

/** The fields of W3C RTCIceServer that are used. */
export const IceServer = Type.Object(
  { urls: Type.Array(Type.String()), username: Type.Optional(Type.String()), credential: Type.Optional(Type.String()) },
  strict,
);
export type IceServer = Static<typeof IceServer>;

export const IceReply = Type.Object(
  {
    iceServers: Type.Array(IceServer),
    /** Milliseconds until the credentials expire; absent when nothing in the list expires. Relative, because clocks differ. */
    expiresInMs: Type.Optional(Type.Integer({ minimum: 0 })),
  },
  strict,
);
export type IceReply = Static<typeof IceReply>;

/** W3C RTCSessionDescriptionInit, offers and answers only. */
export const Description = Type.Object(
  {
    type: Type.Union([Type.Literal('offer'), Type.Literal('answer')]),
    sdp: Type.String({ minLength: 1, maxLength: MAX_SDP_BYTES }),
  },
  strict,
);
export type Description = Static<typeof Description>;

/** W3C RTCIceCandidateInit. An empty `candidate` ends the candidates of its m-line. */
export const Candidate = Type.Object(
  {
    candidate: Type.String({ maxLength: MAX_CANDIDATE_BYTES }),
    sdpMid: Type.Optional(Type.Union([Type.String({ maxLength: 32 }), Type.Null()])),
    sdpMLineIndex: Type.Optional(Type.Union([Type.Integer({ minimum: 0, maximum: 255 }), Type.Null()])),
    usernameFragment: Type.Optional(Type.Union([Type.String({ maxLength: 256 }), Type.Null()])),
  },
  strict,
);
export type Candidate = Static<typeof Candidate>;

/** Which m-line (by mid) carries which source of the sender. Travels with every description. */
export const Mids = Type.Object(
  {
    microphone: Type.Optional(Type.String({ maxLength: 32 })),
    camera: Type.Optional(Type.String({ maxLength: 32 })),
    screen: Type.Optional(Type.String({ maxLength: 32 })),
    screenAudio: Type.Optional(Type.String({ maxLength: 32 })),
  },
  strict,
);
export type Mids = Static<typeof Mids>;

/** How much of a picture its receiver shows, in device pixels and frames a second; all zero: nothing of it is seen. */
export const VideoRequest = Type.Object(
  {
    width: Type.Integer({ minimum: 0, maximum: 8_192 }),
    height: Type.Integer({ minimum: 0, maximum: 8_192 }),
    rate: Type.Integer({ minimum: 0, maximum: 60 }),
  },
  strict,
);
export type VideoRequest = Static<typeof VideoRequest>;

/** What a receiver shows of the one it tells. Absent: as before. The sender may send less, and decides. */
export const VideoRequests = Type.Object({ camera: Type.Optional(VideoRequest), screen: Type.Optional(VideoRequest) }, strict);
export type VideoRequests = Static<typeof VideoRequests>;

/**
 * One step of a negotiation between two participants.
 * `link` names the sender's RTCPeerConnection, `peer` the receiver's one it is meant for (absent in the
 * first offer of a new connection), so what was meant for a replaced connection is recognised and dropped.
 */
export const Signal = Type.Object(
  {
    connectionId: ClientId,
    remoteConnectionId: Type.Optional(ClientId),
    /** The switch of transports that made the mesh this belongs to; absent: the one the room began with. */
    epoch: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
    /** Round of offer and answer, counted by the offerer; an answer repeats the number it answers. */
    round: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
    /** With an answer: the offers its sender made so far. All of them are over, also one that is still on its way. */
    offersMade: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
    description: Type.Optional(Description),
    mids: Type.Optional(Mids),
    candidates: Type.Optional(Type.Array(Candidate, { minItems: 1, maxItems: MAX_CANDIDATES_PER_MESSAGE })),
    /** Travels alone. */
    videoRequests: Type.Optional(VideoRequests),
  },
  strict,
);
export type Signal = Static<typeof Signal>;

/** A parked offer, as if its owner had just sent it. */
export interface PeerOffer {
  readonly from: string;
  readonly signal: Signal;
}

/** `again`: no act of the visitor, the page looks by itself. */
export const EarlyOffersRequest = Type.Object({ again: Type.Optional(Type.Literal(true)) }, strict);
export type EarlyOffersRequest = Static<typeof EarlyOffersRequest>;

/** Offers kept for somebody at the door, and what is needed to answer them. */
export interface EarlyOffersReply {
  readonly offers: readonly PeerOffer[];
  readonly ice: IceReply;
}

/** An offer that was answered: by its owner and the name of its connection. */
export interface AnsweredOffer {
  readonly from: string;
  readonly connectionId: string;
}

/** What the answer to a join tells the mesh; nobody else reads it. */
export interface MeshNegotiation {
  readonly ice: IceReply;
  /** Ready-made first offers of those inside; to be answered at once. Who is missing here waits for ours. */
  readonly preparedOffers?: readonly PeerOffer[];
  /** Whose offers we answered before the join, each by the name of its connection. None of them is among `preparedOffers`. */
  readonly answered?: readonly AnsweredOffer[];
}

/** Answers to offers that are kept for us, from the door. Those inside are told of nobody; their browsers may connect. */
export const EarlyAnswersRequest = Type.Object(
  {
    answers: Type.Array(Type.Object({ to: ParticipantId, signal: Signal }, strict), { minItems: 1, maxItems: MAX_EARLY_ANSWERS }),
  },
  strict,
);
export type EarlyAnswersRequest = Static<typeof EarlyAnswersRequest>;

/** The first offer of a new connection, for whoever comes next; every candidate stands in its text. */
export const PreparedOfferInit = Type.Object({ connectionId: ClientId, sdp: Description.properties.sdp, mids: Mids }, strict);
export type PreparedOfferInit = Static<typeof PreparedOfferInit>;

/** Replaces what was parked before; without an offer nothing is parked any more. */
export const PrepareOfferRequest = Type.Object({ offer: Type.Optional(PreparedOfferInit) }, strict);
export type PrepareOfferRequest = Static<typeof PrepareOfferRequest>;

export const SignalRequest = Type.Object({ id: ClientId, to: ParticipantId, signal: Signal }, strict);
export type SignalRequest = Static<typeof SignalRequest>;
