/**
 * Who may do what in a room: the roles, what a token can grant, how the room is set, and the
 * requests of those who keep order. Shapes only; who checks them is the server's business.
 */
import Type, { type Static } from 'typebox';
import { ParticipantId } from './ids.js';
import { MAX_MODERATED } from './limits.js';

const strict = { additionalProperties: false } as const;

/** `host` may end the call for all; `moderator` keeps order; `viewer` sends neither sound nor picture. */
export const Role = Type.Union([
  Type.Literal('host'),
  Type.Literal('moderator'),
  Type.Literal('speaker'),
  Type.Literal('viewer'),
]);
export type Role = Static<typeof Role>;

/** What may be sent; the sound of a shared screen goes with the screen. */
export const Publishable = Type.Union([Type.Literal('microphone'), Type.Literal('camera'), Type.Literal('screen')]);
export type Publishable = Static<typeof Publishable>;

/**
 * What a participant may do. In a mesh the server can hold nobody back from sending to a peer or from
 * recording: `subscribe`, `chat` and `record` are for the page to keep, `publish` is shown to all as media that are off.
 */
export const Grants = Type.Object(
  {
    publish: Type.Array(Publishable, { maxItems: 3, uniqueItems: true }),
    subscribe: Type.Boolean(),
    chat: Type.Boolean(),
    moderate: Type.Boolean(),
    record: Type.Boolean(),
  },
  strict,
);
export type Grants = Static<typeof Grants>;

/** How a room is set, for everybody in it to see. */
export const RoomSettings = Type.Object(
  {
    /** Nobody new comes in but those who may moderate. */
    locked: Type.Boolean(),
    /** Newcomers wait until somebody who may moderate lets them in. */
    waitingRoom: Type.Boolean(),
    /** Those inside may tell a newcomer what was said in the chat before. Absent: they may. */
    chatHistory: Type.Optional(Type.Literal(false)),
  },
  strict,
);
export type RoomSettings = Static<typeof RoomSettings>;

/** Somebody in the waiting room, as told to those who may moderate. */
export const WaitingParticipant = Type.Object(
  {
    waitingId: ParticipantId,
    displayName: Type.String(),
    avatarUrl: Type.Optional(Type.String()),
    externalId: Type.Optional(Type.String()),
  },
  strict,
);
export type WaitingParticipant = Static<typeof WaitingParticipant>;

/** What others can ask a participant to switch off. */
export const Mutable = Type.Union([
  Type.Literal('microphone'),
  Type.Literal('camera'),
  Type.Literal('screen'),
  Type.Literal('screenAudio'),
]);
export type Mutable = Static<typeof Mutable>;

export const MuteRequest = Type.Object(
  {
    ids: Type.Array(ParticipantId, { minItems: 1, maxItems: MAX_MODERATED, uniqueItems: true }),
    /** The microphone if nothing is named. */
    sources: Type.Optional(Type.Array(Mutable, { minItems: 1, maxItems: 4, uniqueItems: true })),
  },
  strict,
);
export type MuteRequest = Static<typeof MuteRequest>;

export const KickRequest = Type.Object({ participantId: ParticipantId }, strict);
export type KickRequest = Static<typeof KickRequest>;

export const LowerHandRequest = Type.Object({ participantId: ParticipantId }, strict);
export type LowerHandRequest = Static<typeof LowerHandRequest>;

export const LockRequest = Type.Object({ locked: Type.Boolean() }, strict);
export type LockRequest = Static<typeof LockRequest>;

export const WaitingRoomRequest = Type.Object({ enabled: Type.Boolean() }, strict);
export type WaitingRoomRequest = Static<typeof WaitingRoomRequest>;

/** `admit` and `reject`. */
export const WaitingRequest = Type.Object({ waitingId: ParticipantId }, strict);
export type WaitingRequest = Static<typeof WaitingRequest>;
