/**
 * Makes room tokens: for the REST route, and for host sites in Node, who import it from the
 * package (`docs/tokens.md`). Knows a secret and what a token says; keeps nothing.
 */
import { randomBytes } from 'node:crypto';
import { SignJWT } from 'jose';
import { ROOM_ID_PATTERN } from '../protocol/limits.js';
import type { Role } from '../protocol/rights.js';
import { AUDIENCE, isRoomClaims, type GrantClaims } from './claims.js';

export const DEFAULT_ISSUER = 'webrtc-elements';
export const DEFAULT_TTL_SECONDS = 600;
export const MAX_TTL_SECONDS = 3_600;
const SHORTEST_SECRET_BYTES = 32;

export interface MintOptions {
  /** The server's ROOM_TOKEN_SECRET, at least 32 bytes. */
  readonly secret: string;
  /** Its name, when the server has two (`ROOM_TOKEN_SECRET=spring:…,summer:…`). */
  readonly keyId?: string;
  readonly room: string;
  /** Your id of the person, at most 128 bytes. The others in the room can see it. */
  readonly sub: string;
  readonly name?: string;
  /** `speaker` if not given. */
  readonly role?: Role;
  readonly grants?: GrantClaims;
  /** The person is let in by hand. */
  readonly waitingRoom?: boolean;
  /** Time to come in, at most an hour; a call may last longer. 600 if not given. */
  readonly ttlSeconds?: number;
  readonly issuer?: string;
  /** Milliseconds since 1970. */
  readonly now?: number;
}

/** A signed token for one person, one room and one use. Rejects what no server would accept. */
export async function mintToken(options: MintOptions): Promise<string> {
  const { secret, keyId, room, sub, name, role = 'speaker', grants, waitingRoom } = options;
  const { ttlSeconds = DEFAULT_TTL_SECONDS, issuer = DEFAULT_ISSUER, now = Date.now() } = options;
  const key = new TextEncoder().encode(secret);
  if (key.length < SHORTEST_SECRET_BYTES) throw new RangeError(`The secret must have at least ${SHORTEST_SECRET_BYTES} bytes.`);
  if (!(ttlSeconds > 0 && ttlSeconds <= MAX_TTL_SECONDS))
    throw new RangeError(`A token lives between 1 and ${MAX_TTL_SECONDS} seconds.`);
  const iat = Math.floor(now / 1_000);
  const claims = {
    iss: issuer,
    aud: AUDIENCE,
    sub,
    room,
    jti: randomBytes(16).toString('base64url'),
    iat,
    nbf: iat,
    exp: iat + Math.floor(ttlSeconds),
    role,
    ...(name === undefined ? {} : { name }),
    ...(grants === undefined ? {} : { grants: { ...grants } }),
    ...(waitingRoom === undefined ? {} : { waitingRoom }),
  };
  if (!isRoomClaims(claims))
    throw new TypeError(
      `A claim does not fit: room is ${ROOM_ID_PATTERN}, sub has 1 to 128 bytes, role and grants are as documented.`,
    );
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT', ...(keyId === undefined ? {} : { kid: keyId }) })
    .sign(key);
}
