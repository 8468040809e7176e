/**
 * What a room token says: every claim with its shape. Strict, because a misspelt claim must not
 * become a right that nobody meant to give. Knows no signatures and no clock.
 */
import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { isRandomAddress } from '../protocol/address.js';
import { NAMED_ADDRESS_PATTERN, PresenceSetting, RingStrategy } from '../protocol/calls.js';
import { ROOM_ID_PATTERN } from '../protocol/limits.js';
import { misfitWords } from '../misfit.js';
import { Publishable, Role } from '../protocol/rights.js';

export const AUDIENCE = 'webrtc-room';
/** A token for the telephone opens no room, and the other way round. */
export const PHONE_AUDIENCE = 'webrtc-phone';
export const MAX_SUBJECT_BYTES = 128;

const strict = { additionalProperties: false } as const;
/** Seconds since 1970, until the year 9999. */
const NumericDate = Type.Integer({ minimum: 0, maximum: 253_402_300_799 });

/** What a token may say about rights; the role fills in the rest. */
export const GrantClaims = Type.Object(
  {
    publish: Type.Optional(Type.Array(Publishable, { maxItems: 3, uniqueItems: true })),
    subscribe: Type.Optional(Type.Boolean()),
    chat: Type.Optional(Type.Boolean()),
    moderate: Type.Optional(Type.Boolean()),
    record: Type.Optional(Type.Boolean()),
  },
  strict,
);
export type GrantClaims = Static<typeof GrantClaims>;

/** What a site decides about a person in a room; the rest of the claims are about the token. */
export const PersonClaims = {
  room: Type.String({ pattern: ROOM_ID_PATTERN }),
  sub: Type.String({ minLength: 1, maxLength: MAX_SUBJECT_BYTES }),
  name: Type.Optional(Type.String({ maxLength: 256 })),
  role: Role,
  grants: Type.Optional(GrantClaims),
  waitingRoom: Type.Optional(Type.Boolean()),
};

const TokenClaims = {
  iss: Type.String({ minLength: 1, maxLength: 256 }),
  /** At least 96 random bits: 16 letters of base64url, or a UUID. */
  jti: Type.String({ pattern: '^[A-Za-z0-9_-]{16,128}$' }),
  iat: NumericDate,
  nbf: Type.Optional(NumericDate),
  exp: NumericDate,
};

const RoomClaims = Type.Object({ ...PersonClaims, ...TokenClaims, aud: Type.Literal(AUDIENCE) }, strict);
export type RoomClaims = Static<typeof RoomClaims>;

const validator = Compile(RoomClaims);

export function isRoomClaims(value: unknown): value is RoomClaims {
  return validator.Check(value) && Buffer.byteLength(value.sub) <= MAX_SUBJECT_BYTES;
}

/** What is wrong with claims that are none, by the names of the claims. */
export function roomClaimsMisfit(value: unknown): string {
  return misfitWords(validator.Errors(value), 'It');
}

/** What a site decides about a person who may ring, and be rung. */
const PhoneClaims = Type.Object(
  {
    ...TokenClaims,
    aud: Type.Literal(PHONE_AUDIENCE),
    sub: Type.String({ minLength: 1, maxLength: MAX_SUBJECT_BYTES }),
    name: Type.Optional(Type.String({ maxLength: 256 })),
    /** The name they answer for; without it they ring, and have a random address. */
    address: Type.Optional(Type.String({ pattern: NAMED_ADDRESS_PATTERN })),
    presence: Type.Optional(PresenceSetting),
    strategy: Type.Optional(RingStrategy),
  },
  strict,
);
export type PhoneClaims = Static<typeof PhoneClaims>;

const phoneValidator = Compile(PhoneClaims);

export function isPhoneClaims(value: unknown): value is PhoneClaims {
  return (
    phoneValidator.Check(value) &&
    Buffer.byteLength(value.sub) <= MAX_SUBJECT_BYTES &&
    (value.address === undefined || !isRandomAddress(value.address))
  );
}

export function phoneClaimsMisfit(value: unknown): string {
  return misfitWords(phoneValidator.Errors(value), 'It');
}
