/**
 * Makes room tokens: for the REST route, and for host sites in Node, who import it from the
 * package (`docs/tokens.md`). Knows a secret and what a token says; keeps nothing.
 */
import { randomBytes } from 'node:crypto';
import { SignJWT } from 'jose';
import type { PresenceSetting, RingStrategy } from '../protocol/calls.js';
import { NAMED_ADDRESS_PATTERN, ROOM_ID_PATTERN } from '../protocol/limits.js';
import type { Role } from '../protocol/rights.js';
import { AUDIENCE, isPhoneClaims, isRoomClaims, PHONE_AUDIENCE, type GrantClaims } from './claims.js';

export const DEFAULT_ISSUER = 'webrtc-elements';
export const DEFAULT_TTL_SECONDS = 600;
export const MAX_TTL_SECONDS = 3_600;
const SHORTEST_SECRET_BYTES = 32;

interface SigningOptions {
  /** The server's ROOM_TOKEN_SECRET, at least 32 bytes. */
  readonly secret: string;
  /** Its name, when the server has two (`ROOM_TOKEN_SECRET=spring:…,summer:…`). */
  readonly keyId?: string;
  /** Time to come in, at most an hour; a call may last longer. 600 if not given. */
  readonly ttlSeconds?: number;
  readonly issuer?: string;
  /** Milliseconds since 1970. */
  readonly now?: number;
}

export interface MintOptions extends SigningOptions {
  readonly room: string;
  /** Your id of the person, at most 128 bytes. The others in the room can see it. */
  readonly sub: string;
  readonly name?: string;
  /** `speaker` if not given. */
  readonly role?: Role;
  readonly grants?: GrantClaims;
  /** The person is let in by hand. */
  readonly waitingRoom?: boolean;
}

export interface MintPhoneOptions extends SigningOptions {
  /** Your id of the person, at most 128 bytes. Whom they talk to can see it. */
  readonly sub: string;
  readonly name?: string;
  /** The name they answer for, like `support`; several people may. Without it they can ring, and have a random address. */
  readonly address?: string;
  /** Whether others may ask if somebody is there; a name shows it, if not given. */
  readonly presence?: PresenceSetting;
  /** Whether those who answer for the name are rung all at once or in turn. */
  readonly strategy?: RingStrategy;
}

/** A signed token for one person, one room and one use. Rejects what no server would accept. */
export async function mintToken({
  room,
  sub,
  name,
  role = 'speaker',
  grants,
  waitingRoom,
  ...signing
}: MintOptions): Promise<string> {
  const claims = {
    aud: AUDIENCE,
    sub,
    room,
    role,
    ...(name === undefined ? {} : { name }),
    ...(grants === undefined ? {} : { grants: { ...grants } }),
    ...(waitingRoom === undefined ? {} : { waitingRoom }),
  };
  const help = `A claim does not fit: room is ${ROOM_ID_PATTERN}, sub has 1 to 128 bytes, role and grants are as documented.`;
  return signed(claims, signing, isRoomClaims, help);
}

/** A signed token for the telephone of one person: to ring where a token is needed, and to answer for a name. */
export async function mintPhoneToken({ sub, name, address, presence, strategy, ...signing }: MintPhoneOptions): Promise<string> {
  const claims = {
    aud: PHONE_AUDIENCE,
    sub,
    ...(name === undefined ? {} : { name }),
    ...(address === undefined ? {} : { address }),
    ...(presence === undefined ? {} : { presence }),
    ...(strategy === undefined ? {} : { strategy }),
  };
  const help = `A claim does not fit: address is ${NAMED_ADDRESS_PATTERN} and not like a random one, sub has 1 to 128 bytes.`;
  return signed(claims, signing, isPhoneClaims, help);
}

async function signed(
  what: Readonly<Record<string, unknown>>,
  { secret, keyId, ttlSeconds = DEFAULT_TTL_SECONDS, issuer = DEFAULT_ISSUER, now = Date.now() }: SigningOptions,
  fits: (claims: unknown) => boolean,
  help: string,
): Promise<string> {
  const key = new TextEncoder().encode(secret);
  if (key.length < SHORTEST_SECRET_BYTES) throw new RangeError(`The secret must have at least ${SHORTEST_SECRET_BYTES} bytes.`);
  if (!(ttlSeconds > 0 && ttlSeconds <= MAX_TTL_SECONDS))
    throw new RangeError(`A token lives between 1 and ${MAX_TTL_SECONDS} seconds.`);
  const iat = Math.floor(now / 1_000);
  const jti = randomBytes(16).toString('base64url');
  const claims = { iss: issuer, jti, iat, nbf: iat, exp: iat + Math.floor(ttlSeconds), ...what };
  if (!fits(claims)) throw new TypeError(help);
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT', ...(keyId === undefined ? {} : { kid: keyId }) })
    .sign(key);
}
