/**
 * Direct calls on the wire: registering an address, ringing one, answering. Shapes and numbers only;
 * what an address may do is the business of server/calls.
 */
import Type, { type Static } from 'typebox';
import { ClientId } from './ids.js';
import { MAX_RING_MS, MIN_RING_MS } from './limits.js';

const strict = { additionalProperties: false } as const;
const DisplayName = Type.String({ maxLength: 512 });
const Protocol = Type.Integer({ minimum: 0, maximum: 65_535 });
/** What is no token is UNAUTHENTICATED, not a malformed message. */
const AnyToken = Type.Optional(Type.Unsafe<string>(Type.Unknown()));

export const MAX_ADDRESS = 128;
export const MAX_BLOCKED = 200;
export const MAX_PRESENCE_ADDRESSES = 10;
/** Longest registration pass and ticket that is looked at. */
export const MAX_PASS = 2_048;

/** 256 random bits of the device, base64url: who knows them is who the address belongs to. */
export const DEVICE_SECRET_PATTERN = '^[A-Za-z0-9_-]{43}$';
/** 128 random bits in base64url. */
const RING_ID_PATTERN = '^[A-Za-z0-9_-]{22}$';

/** Any text here: what is no address belongs to nobody, and is answered like one that nobody uses. */
const Address = Type.String({ minLength: 1, maxLength: MAX_ADDRESS });
const RingId = Type.String({ pattern: RING_ID_PATTERN });

export const PhoneStatus = Type.Union([Type.Literal('available'), Type.Literal('busy'), Type.Literal('do-not-disturb')]);
export type PhoneStatus = Static<typeof PhoneStatus>;

/** `turn`: one after the other, who answered longest ago first. */
export const RingStrategy = Type.Union([Type.Literal('all'), Type.Literal('turn')]);
export type RingStrategy = Static<typeof RingStrategy>;

/** Whether strangers who know the address may ask if somebody is there. */
export const PresenceSetting = Type.Union([Type.Literal('shown'), Type.Literal('hidden')]);
export type PresenceSetting = Static<typeof PresenceSetting>;

export const RegisterRequest = Type.Object(
  {
    protocol: Protocol,
    /** Names this tab; the same again takes its registration back. */
    device: ClientId,
    secret: Type.String({ pattern: DEVICE_SECRET_PATTERN }),
    /** A name instead of the address that follows from the secret. */
    address: Type.Optional(Address),
    token: AnyToken,
    /** From an earlier answer: stands for the token, which opens only once. */
    pass: Type.Optional(Type.String({ maxLength: MAX_PASS })),
    displayName: Type.Optional(DisplayName),
    status: PhoneStatus,
    /** Callers who are not to get through, by what `from.keys` said of them. */
    blocked: Type.Optional(Type.Array(Type.String({ maxLength: MAX_ADDRESS }), { maxItems: MAX_BLOCKED })),
    presence: Type.Optional(PresenceSetting),
    strategy: Type.Optional(RingStrategy),
  },
  strict,
);
export type RegisterRequest = Static<typeof RegisterRequest>;

export const Caller = Type.Object(
  {
    /** Absent for who has none: a visitor with a call button. */
    address: Type.Optional(Type.String()),
    displayName: Type.String(),
    /** The host site's id of the person, from a token. */
    externalId: Type.Optional(Type.String()),
    /** What to block if this caller is not wanted any more. */
    keys: Type.Array(Type.String()),
  },
  strict,
);
export type Caller = Static<typeof Caller>;

export const IncomingRing = Type.Object(
  {
    ringId: RingId,
    /** The address that was rung: one of several, perhaps. */
    to: Type.String(),
    from: Caller,
    video: Type.Boolean(),
    /** Into a call that is under way. */
    invited: Type.Boolean(),
    remainingMs: Type.Integer({ minimum: 0 }),
  },
  strict,
);
export type IncomingRing = Static<typeof IncomingRing>;

export const RegisterReply = Type.Object(
  {
    address: Type.String(),
    displayName: Type.String(),
    pass: Type.Optional(Type.String()),
    /** Names this run of the server. */
    serverInstanceId: Type.String(),
    /** What rings here just now. */
    rings: Type.Array(IncomingRing),
  },
  strict,
);
export type RegisterReply = Static<typeof RegisterReply>;

export const RingRequest = Type.Object(
  {
    protocol: Protocol,
    /** Known to the caller alone: the same again takes the ring back, after a reload or a restart of the server. */
    id: RingId,
    to: Address,
    displayName: Type.Optional(DisplayName),
    video: Type.Boolean(),
    timeoutMs: Type.Integer({ minimum: MIN_RING_MS, maximum: MAX_RING_MS }),
    /** It rang already: who is on the way back is waited for. */
    again: Type.Optional(Type.Literal(true)),
    token: AnyToken,
    /** Into the call we are in, proved by our ticket to it. */
    invite: Type.Optional(
      Type.Object({ room: Type.String({ maxLength: 64 }), ticket: Type.String({ maxLength: MAX_PASS }) }, strict),
    ),
  },
  strict,
);
export type RingRequest = Static<typeof RingRequest>;

/** How a ring ended, for who rang. To be blocked looks like `no-answer`. */
export const RingOutcome = Type.Union([
  Type.Literal('answered'),
  Type.Literal('declined'),
  Type.Literal('busy'),
  Type.Literal('do-not-disturb'),
  Type.Literal('no-answer'),
  /** Nobody uses this address now, or nobody ever did. */
  Type.Literal('unavailable'),
  Type.Literal('cancelled'),
  /** The call they were rung into holds nobody more. */
  Type.Literal('full'),
  Type.Literal('own-address'),
]);
export type RingOutcome = Static<typeof RingOutcome>;

/** The private room of an answered ring, and what opens it. */
export const Admittance = Type.Object({ room: Type.String(), ticket: Type.String() }, strict);
export type Admittance = Static<typeof Admittance>;

export const RingResult = Type.Object(
  {
    outcome: RingOutcome,
    /** With `answered`; absent when somebody came into the call we are in. */
    admittance: Type.Optional(Admittance),
    /** Who answered. */
    displayName: Type.Optional(Type.String()),
  },
  strict,
);
export type RingResult = Static<typeof RingResult>;

export const RingReply = Type.Object(
  { ringing: Type.Boolean(), remainingMs: Type.Integer({ minimum: 0 }), result: Type.Optional(RingResult) },
  strict,
);
export type RingReply = Static<typeof RingReply>;

export const CancelRequest = Type.Object({ id: RingId }, strict);
export type CancelRequest = Static<typeof CancelRequest>;

export const AnswerRequest = Type.Object(
  { ringId: RingId, answer: Type.Union([Type.Literal('accept'), Type.Literal('decline'), Type.Literal('busy')]) },
  strict,
);
export type AnswerRequest = Static<typeof AnswerRequest>;

export const AnswerReply = Type.Object({ admittance: Type.Optional(Admittance) }, strict);
export type AnswerReply = Static<typeof AnswerReply>;

/** Why it stopped ringing here. */
export const RingEnd = Type.Union([
  Type.Literal('cancelled'),
  Type.Literal('no-answer'),
  Type.Literal('answered-elsewhere'),
  Type.Literal('declined-elsewhere'),
  /** The next one's turn. */
  Type.Literal('passed-on'),
  Type.Literal('full'),
]);
export type RingEnd = Static<typeof RingEnd>;

export const PresenceRequest = Type.Object(
  {
    protocol: Protocol,
    addresses: Type.Array(Address, { minItems: 1, maxItems: MAX_PRESENCE_ADDRESSES }),
    token: AnyToken,
  },
  strict,
);
export type PresenceRequest = Static<typeof PresenceRequest>;

/** `unknown`: nobody there, or it is not told, or there is no such address. */
export const AddressPresence = Type.Union([Type.Literal('available'), Type.Literal('busy'), Type.Literal('unknown')]);
export type AddressPresence = Static<typeof AddressPresence>;

export const PresenceReply = Type.Object({ presence: Type.Array(AddressPresence) }, strict);
export type PresenceReply = Static<typeof PresenceReply>;

/** Rows of the table of requests (`ClientToServer`). */
export interface CallRequests {
  register: { request: RegisterRequest; reply: RegisterReply };
  unregister: { request: Record<never, never>; reply: Record<never, never> };
  /** The page goes away, perhaps to be reloaded: what rings is kept for a moment only. */
  'phone-away': { request: Record<never, never>; reply: Record<never, never> };
  ring: { request: RingRequest; reply: RingReply };
  'cancel-ring': { request: CancelRequest; reply: Record<never, never> };
  answer: { request: AnswerRequest; reply: AnswerReply };
  presence: { request: PresenceRequest; reply: PresenceReply };
}

/** Rows of the table of what the server tells (`ServerToClient`). */
export interface CallEvents {
  'ring-incoming': IncomingRing;
  'ring-ended': { readonly ringId: string; readonly reason: RingEnd };
  'ring-result': { readonly id: string; readonly result: RingResult };
}
