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
export const Want = Type.Object(
  {
    width: Type.Integer({ minimum: 0, maximum: 8_192 }),
    height: Type.Integer({ minimum: 0, maximum: 8_192 }),
    rate: Type.Integer({ minimum: 0, maximum: 60 }),
  },
  strict,
);
export type Want = Static<typeof Want>;

/** What a receiver shows of the one it tells. Absent: as before. The sender may send less, and decides. */
export const Wants = Type.Object({ camera: Type.Optional(Want), screen: Type.Optional(Want) }, strict);
export type Wants = Static<typeof Wants>;

/**
 * One step of a negotiation between two participants.
 * `link` names the sender's RTCPeerConnection, `peer` the receiver's one it is meant for (absent in the
 * first offer of a new connection), so what was meant for a replaced connection is recognised and dropped.
 */
export const Signal = Type.Object(
  {
    link: ClientId,
    peer: Type.Optional(ClientId),
    /** Round of offer and answer, counted by the offerer; an answer repeats the number it answers. */
    round: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
    /** With an answer: the offers its sender made so far. All of them are over, also one that is still on its way. */
    offers: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
    description: Type.Optional(Description),
    mids: Type.Optional(Mids),
    candidates: Type.Optional(Type.Array(Candidate, { minItems: 1, maxItems: MAX_CANDIDATES_PER_MESSAGE })),
    /** Asks the other side to offer an ICE restart, when the sender is not the one who may. */
    restart: Type.Optional(Type.Literal(true)),
    /** Travels alone. */
    wants: Type.Optional(Wants),
  },
  strict,
);
export type Signal = Static<typeof Signal>;

/** A parked offer, as if its owner had just sent it. */
export interface HandedOffer {
  readonly from: string;
  readonly signal: Signal;
}

/** `again`: no act of the visitor, the page looks by itself. */
export const PeekRequest = Type.Object({ again: Type.Optional(Type.Literal(true)) }, strict);
export type PeekRequest = Static<typeof PeekRequest>;

/** Offers kept for somebody at the door, and what is needed to answer them. */
export interface PeekReply {
  readonly offers: readonly HandedOffer[];
  readonly ice: IceReply;
}

/** An offer that was answered: by its owner and the name of its connection. */
export interface MetOffer {
  readonly from: string;
  readonly link: string;
}

/** Answers to offers that are kept for us, from the door. Those inside are told of nobody; their browsers may connect. */
export const MeetRequest = Type.Object(
  {
    answers: Type.Array(Type.Object({ to: ParticipantId, signal: Signal }, strict), { minItems: 1, maxItems: MAX_EARLY_ANSWERS }),
  },
  strict,
);
export type MeetRequest = Static<typeof MeetRequest>;

/** The first offer of a new connection, for whoever comes next; every candidate stands in its text. */
export const ParkedOffer = Type.Object({ link: ClientId, sdp: Description.properties.sdp, mids: Mids }, strict);
export type ParkedOffer = Static<typeof ParkedOffer>;

/** Replaces what was parked before; without an offer nothing is parked any more. */
export const ParkRequest = Type.Object({ offer: Type.Optional(ParkedOffer) }, strict);
export type ParkRequest = Static<typeof ParkRequest>;

export const SignalRequest = Type.Object({ id: ClientId, to: ParticipantId, signal: Signal }, strict);
export type SignalRequest = Static<typeof SignalRequest>;
