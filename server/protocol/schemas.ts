/**
 * The shape of everything that crosses the wire: one schema each, the type derived from it.
 * The server compiles them into checks; the page imports the types only, so they cost it nothing.
 * All objects are strict: an unknown property is refused, which also keeps `__proto__` out.
 */
import Type, { type Static } from 'typebox';
import { ClientId, ParticipantId } from './ids.js';
import { MAX_EXTERNAL_ID, MAX_HTTP_SIGNALS, MAX_URL_LENGTH } from './limits.js';
import type { MeshNegotiation } from './negotiation.js';
import { Grants, Publishable, Role, RoomSettings, WaitingParticipant } from './rights.js';

export * from './ids.js';
export * from './negotiation.js';

const strict = { additionalProperties: false } as const;

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
/** `away`: the signaling connection is lost and the seat is kept for the grace period; media may still flow. */
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

/** Proves that its bearer was inside: opens a new seat where the token of the site is spent or has expired. */
export const ReturnToken = Type.String({ minLength: 1, maxLength: 2_048 });

export const PrepareRequest = Type.Object(
  {
    protocol: Protocol,
    room: RoomId,
    /** Where a token is needed, the door tells nothing without it. Looking does not use it up. */
    token: Type.Optional(Type.Unsafe<string>(Type.Unknown())),
    returnToken: Type.Optional(ReturnToken),
  },
  strict,
);
export type PrepareRequest = Static<typeof PrepareRequest>;

/** What somebody at the door may know: how many are inside. No names, no ids, no addresses. */
export const RoomOccupancy = Type.Object(
  {
    participants: Type.Integer({ minimum: 0 }),
    limit: Type.Integer({ minimum: 1 }),
    full: Type.Boolean(),
    /** Somebody inside may let others in. Absent: not told. */
    hosted: Type.Optional(Type.Boolean()),
    /** Somebody inside keeps what they see and hear. */
    recording: Type.Optional(Type.Literal(true)),
  },
  strict,
);
export type RoomOccupancy = Static<typeof RoomOccupancy>;

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
    /** A token that is good counts more. */
    returnToken: Type.Optional(ReturnToken),
    /** Nobody asked for this join: the page comes back by itself, and does not push out a newer seat of the same person. */
    automatic: Type.Optional(Type.Literal(true)),
    /** We have no connection to anybody yet: hand us the offers that are parked for whoever comes. */
    wantsOffers: Type.Optional(Type.Literal(true)),
  },
  strict,
);
export type JoinRequest = Static<typeof JoinRequest>;

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
    limit: Type.Integer({ minimum: 1 }),
    resumeToken: Type.String(),
    /** Names this run of the server. Another one than before: it was restarted, and others may still be on their way back. */
    serverInstanceId: Type.String(),
    /** Milliseconds a seat is kept after its connection is lost. */
    graceMs: Type.Integer({ minimum: 0 }),
    /** An earlier seat was taken back: same id, same sequence. */
    resumed: Type.Boolean(),
    /** With this you may come back without another token of the site, to a new seat, for so long. */
    returnToken: Type.Optional(ReturnToken),
    returnForMs: Type.Optional(Type.Integer({ minimum: 0 })),
    /** What you may do here. */
    grants: Type.Optional(Grants),
    /** Who waits to be let in; told to those who may moderate. */
    waiting: Type.Optional(Type.Array(WaitingParticipant)),
  },
  strict,
);
export type JoinReply = Static<typeof JoinReply> & {
  /** What only the transport reads. */
  readonly negotiation: MeshNegotiation;
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

/**
 * Signals by plain HTTP, from a seat whose connection is still on its way; the resume token proves whose they are. Each is looked at
 * and answered by itself, as on a connection.
 */
export const HttpSignals = Type.Object(
  { ...Resume.properties, signals: Type.Array(Type.Unknown(), { minItems: 1, maxItems: MAX_HTTP_SIGNALS }) },
  strict,
);
export type HttpSignals = Static<typeof HttpSignals>;

/** By plain HTTP: gives up what these attempts to join came or will come to; whoever can name them made them. */
export const LeaveRequest = Type.Object({ room: RoomId, attempts: Type.Array(ClientId, { minItems: 1, maxItems: 4 }) }, strict);
export type LeaveRequest = Static<typeof LeaveRequest>;

/** Another token of the site for who sits here already: they may come back for longer. */
export const RefreshRequest = Type.Object({ token: Type.String({ minLength: 1 }) }, strict);
export type RefreshRequest = Static<typeof RefreshRequest>;

export interface RefreshReply {
  readonly returnToken: string;
  readonly returnForMs: number;
}

/** Requests that carry nothing. */
export const Empty = Type.Object({}, strict);
export type Empty = Static<typeof Empty>;
