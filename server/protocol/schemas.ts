/**
 * The shape of everything that crosses the wire: one schema each, the type derived from it.
 * The server compiles them into checks; the page imports the types only, so they cost it nothing.
 * All objects are strict: an unknown property is refused, which also keeps `__proto__` out.
 */
import Type, { type Static } from 'typebox';
import {
  CLIENT_ID_PATTERN,
  MAX_CANDIDATE_BYTES,
  MAX_CANDIDATES_PER_MESSAGE,
  MAX_EARLY_ANSWERS,
  MAX_EXTERNAL_ID,
  MAX_POSTED_SIGNALS,
  MAX_SDP_BYTES,
  MAX_URL_LENGTH,
  PARTICIPANT_ID_PATTERN,
} from './limits.js';
import { Grants, Publishable, Role, RoomSettings, WaitingParticipant } from './rights.js';

const strict = { additionalProperties: false } as const;

export const ParticipantId = Type.String({ pattern: PARTICIPANT_ID_PATTERN });
export const ClientId = Type.String({ pattern: CLIENT_ID_PATTERN });
/** Any string here: a name that is a string but not a room id gets its own, kinder error. */
export const RoomId = Type.String({ maxLength: 4_096 });
export const DisplayName = Type.String({ maxLength: 512 });
export const Protocol = Type.Integer({ minimum: 0, maximum: 65_535 });

/** What a participant can send. `screenAudio` is the sound that comes with a shared screen. */
export const Source = Type.Union([
  Type.Literal('microphone'),
  Type.Literal('camera'),
  Type.Literal('screen'),
  Type.Literal('screenAudio'),
]);
export type Source = Static<typeof Source>;

/** Which sources a participant says are live. The word of the sender: it decides what a tile shows, never who may hear it. */
export const MediaState = Type.Object(
  {
    microphone: Type.Boolean(),
    camera: Type.Boolean(),
    screen: Type.Boolean(),
    screenAudio: Type.Boolean(),
    /** They keep what they see and hear; told by the server to all, if they may. Absent: no. */
    recording: Type.Optional(Type.Literal(true)),
  },
  strict,
);
export type MediaState = Static<typeof MediaState>;

export const Presence = Type.Union([Type.Literal('present'), Type.Literal('away')]);
/** `away`: the signaling line is lost and the seat is kept for the grace period; media may still flow. */
export type Presence = Static<typeof Presence>;

/** A participant as the server describes it to the others. */
export const ParticipantInfo = Type.Object(
  {
    id: ParticipantId,
    displayName: Type.String(),
    avatarUrl: Type.Optional(Type.String()),
    externalId: Type.Optional(Type.String()),
    /** Order of entering the room. */
    sequence: Type.Integer({ minimum: 1 }),
    presence: Presence,
    media: MediaState,
    /** From the token; `speaker` for a guest without one. */
    role: Type.Optional(Role),
    /** There is a hand up; counted in the room, so whoever raised theirs first has the lowest number. */
    hand: Type.Optional(Type.Integer({ minimum: 1 })),
    /** They may not write in the chat: the others drop what comes from them. Absent: they may. */
    chat: Type.Optional(Type.Literal(false)),
    /** What they may send; the others drop what else comes from them. Absent: everything. */
    publish: Type.Optional(Type.Array(Publishable, { maxItems: 3, uniqueItems: true })),
  },
  strict,
);
export type ParticipantInfo = Static<typeof ParticipantInfo>;

export const PrepareRequest = Type.Object(
  {
    protocol: Protocol,
    room: RoomId,
    /** Where a token is needed, the door tells nothing without it. Looking does not use it up. */
    token: Type.Optional(Type.Unsafe<string>(Type.Unknown())),
  },
  strict,
);
export type PrepareRequest = Static<typeof PrepareRequest>;

/** What somebody at the door may know: how many are inside. No names, no ids, no addresses. */
export const Door = Type.Object(
  { participants: Type.Integer({ minimum: 0 }), limit: Type.Integer({ minimum: 1 }), full: Type.Boolean() },
  strict,
);
export type Door = Static<typeof Door>;

export const Resume = Type.Object(
  { participantId: ParticipantId, token: Type.String({ minLength: 1, maxLength: 2_048 }) },
  strict,
);
export type Resume = Static<typeof Resume>;

export const JoinRequest = Type.Object(
  {
    protocol: Protocol,
    /** Names this attempt: the same id again gets the same answer, so a retry never makes a second participant. */
    joinId: ClientId,
    room: RoomId,
    displayName: Type.Optional(DisplayName),
    avatarUrl: Type.Optional(Type.String({ maxLength: MAX_URL_LENGTH })),
    externalId: Type.Optional(Type.String({ maxLength: MAX_EXTERNAL_ID })),
    media: MediaState,
    /** Their hand was up before the server forgot it. A seat that is taken back keeps its own. */
    handRaised: Type.Optional(Type.Boolean()),
    /** At most 4 KiB. Anything is let through here: what is no token is UNAUTHENTICATED, not a malformed message. */
    token: Type.Optional(Type.Unsafe<string>(Type.Unknown())),
    /** Take an earlier seat back instead of a new one. */
    resume: Type.Optional(Resume),
    /** We have no connection to anybody yet: hand us the offers that are parked for whoever comes. */
    offers: Type.Optional(Type.Literal(true)),
  },
  strict,
);
export type JoinRequest = Static<typeof JoinRequest>;

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

export const Roster = Type.Object(
  {
    /** Counts the changes of the room. A listener that misses one asks for `sync`. */
    version: Type.Integer({ minimum: 0 }),
    /** Everybody else in the room, by `sequence`. */
    participants: Type.Array(ParticipantInfo),
    settings: Type.Optional(RoomSettings),
  },
  strict,
);
export type Roster = Static<typeof Roster>;

export const JoinReply = Type.Object(
  {
    room: RoomId,
    /** You, as the server stamped you: cleaned name, sequence. */
    self: ParticipantInfo,
    roster: Roster,
    ice: IceReply,
    limit: Type.Integer({ minimum: 1 }),
    resumeToken: Type.String(),
    /** Names this run of the server. Another one than before: it was restarted, and others may still be on their way back. */
    epoch: Type.String(),
    /** Milliseconds a seat is kept after its line is lost. */
    graceMs: Type.Integer({ minimum: 0 }),
    /** An earlier seat was taken back: same id, same sequence. */
    resumed: Type.Boolean(),
    /** What you may do here. */
    grants: Type.Optional(Grants),
    /** Who waits to be let in; told to those who may moderate. */
    waiting: Type.Optional(Type.Array(WaitingParticipant)),
  },
  strict,
);
export type JoinReply = Static<typeof JoinReply> & {
  /** Ready-made first offers of those inside; to be answered at once. Who is missing here waits for ours. */
  readonly offers?: readonly HandedOffer[];
  /** Whose offers we answered before the join, each by the name of its connection. None of them is among `offers`. */
  readonly met?: readonly MetOffer[];
};

/** What a client may put into the Socket.IO handshake (`auth`): at most one of the two, answered by `door` or `join-result`. */
export const HandshakeAuth = Type.Object(
  { protocol: Protocol, prepare: Type.Optional(PrepareRequest), join: Type.Optional(JoinRequest) },
  strict,
);
export type HandshakeAuth = Static<typeof HandshakeAuth>;

export const UpdateRequest = Type.Object(
  {
    displayName: Type.Optional(DisplayName),
    avatarUrl: Type.Optional(Type.String({ maxLength: MAX_URL_LENGTH })),
    media: Type.Optional(MediaState),
    handRaised: Type.Optional(Type.Boolean()),
  },
  strict,
);
export type UpdateRequest = Static<typeof UpdateRequest>;

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

/**
 * Signals by plain HTTP, from a seat whose line is still on its way; the resume token proves whose they are. Each is looked at
 * and answered by itself, as on a line.
 */
export const PostedSignals = Type.Object(
  { ...Resume.properties, signals: Type.Array(Type.Unknown(), { minItems: 1, maxItems: MAX_POSTED_SIGNALS }) },
  strict,
);
export type PostedSignals = Static<typeof PostedSignals>;

/** Requests that carry nothing. */
export const Empty = Type.Object({}, strict);
export type Empty = Static<typeof Empty>;
