/**
 * From a token to an identity, or to the reason why not. Signature, time and every claim are
 * checked here; whether the token was used before is asked of `UsedTokens` by who seats people.
 */
import { decodeProtectedHeader, errors, jwtVerify, type JWTPayload } from 'jose';
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import type { ErrorCode } from '../protocol/error-codes.js';
import { MAX_TOKEN_BYTES } from '../protocol/limits.js';
import {
  AUDIENCE,
  isPhoneClaims,
  isRoomClaims,
  PHONE_AUDIENCE,
  phoneClaimsMisfit,
  roomClaimsMisfit,
  type PhoneClaims,
  type RoomClaims,
} from './claims.js';
import { whyOf, type WhyRefused } from './refused-token.js';
import { grantsOf, guest, type Identity } from './identity.js';
import { Keys, type TokenSettings } from './keys.js';

export class AuthError extends Error {
  readonly code: ErrorCode;
  readonly why: WhyRefused;

  constructor(code: ErrorCode, why: WhyRefused, options?: ErrorOptions) {
    super(code, options);
    this.name = 'AuthError';
    this.code = code;
    this.why = why;
  }
}

export interface Authenticated {
  readonly identity: Identity;
  /** The single use of the token that proved it; absent for a guest. */
  readonly use?: { readonly id: string; readonly expiresAt: number };
}

export interface AuthenticatedPhone {
  readonly claims: PhoneClaims;
  readonly use: { readonly id: string; readonly expiresAt: number };
}

interface Kind<C> {
  readonly audience: string;
  readonly required: readonly string[];
  readonly is: (payload: unknown) => payload is C;
  readonly misfit: (payload: unknown) => string;
}
const ROOM: Kind<RoomClaims> = {
  audience: AUDIENCE,
  required: ['iss', 'sub', 'room', 'jti', 'iat', 'exp', 'role'],
  is: isRoomClaims,
  misfit: roomClaimsMisfit,
};
const PHONE: Kind<PhoneClaims> = {
  audience: PHONE_AUDIENCE,
  required: ['iss', 'sub', 'jti', 'iat', 'exp'],
  is: isPhoneClaims,
  misfit: phoneClaimsMisfit,
};

export interface AuthenticatorOptions {
  /** Nobody comes in without a token. */
  readonly required: boolean;
  readonly tokens?: TokenSettings;
  /** Clocks of two machines never agree; this much is forgiven. */
  readonly toleranceMs: number;
  /** However late a token says it expires, it is worth nothing after this. */
  readonly maxAgeMs: number;
  readonly now?: () => number;
}

/** Nothing but these may stand in a header: what else a token could bring along (`jku`, `jwk`, `x5u`, `crit`) would choose keys or rules. */
const Header = Compile(
  Type.Object(
    {
      alg: Type.String({ maxLength: 16 }),
      typ: Type.Optional(Type.String({ pattern: '^(?:[Jj][Ww][Tt])$' })),
      kid: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
    },
    { additionalProperties: false },
  ),
);

export class Authenticator {
  readonly #options: AuthenticatorOptions;
  readonly #keys: Keys | undefined;
  readonly #now: () => number;

  constructor(options: AuthenticatorOptions) {
    this.#options = options;
    this.#keys = options.tokens === undefined ? undefined : new Keys(options.tokens);
    this.#now = options.now ?? Date.now;
  }

  /** Who may enter that room with this token. Throws an AuthError with the code for the visitor. */
  async authenticate(token: unknown, room: string): Promise<Authenticated> {
    if (token === undefined && !this.#options.required) return { identity: guest() };
    checkPresence(token);
    // A token where tokens mean nothing: the page is set up for more than the server is, and nobody is hurt.
    if (this.#keys === undefined) return { identity: guest() };
    const claims = await this.#verified(token, this.#keys, ROOM);
    if (claims.room !== room) throw new AuthError('FORBIDDEN', { reason: 'room' });
    return { identity: identityOf(claims), use: this.#useOf(claims) };
  }

  /** Who may ring, or be rung, with this token; `undefined` for a guest where guests may. */
  async authenticatePhone(token: unknown): Promise<AuthenticatedPhone | undefined> {
    if (token === undefined && !this.#options.required) return undefined;
    checkPresence(token);
    if (this.#keys === undefined) return undefined;
    const claims = await this.#verified(token, this.#keys, PHONE);
    return { claims, use: this.#useOf(claims) };
  }

  #useOf({ iss, jti, exp, iat }: PhoneClaims | RoomClaims): AuthenticatedPhone['use'] {
    const { maxAgeMs, toleranceMs } = this.#options;
    return { id: `${iss}\n${jti}`, expiresAt: Math.min(exp * 1_000, iat * 1_000 + maxAgeMs) + toleranceMs };
  }

  async #verified<C>(token: string, keys: Keys, { audience, required, is, misfit }: Kind<C>): Promise<C> {
    const { issuers = [] } = this.#options.tokens ?? {};
    try {
      const header: unknown = decodeProtectedHeader(token);
      if (!Header.Check(header)) throw new AuthError('UNAUTHENTICATED', { reason: 'header' });
      const found = keys.find(header.kid);
      if (found === undefined) throw new AuthError('UNAUTHENTICATED', { reason: 'key-unknown' });
      const { payload } = await jwtVerify<JWTPayload>(token, found.key, {
        algorithms: [...found.algorithms],
        audience,
        requiredClaims: [...required],
        ...(issuers.length === 0 ? {} : { issuer: [...issuers] }),
        clockTolerance: this.#options.toleranceMs / 1_000,
        maxTokenAge: this.#options.maxAgeMs / 1_000,
        currentDate: new Date(this.#now()),
      });
      if (!is(payload)) throw new AuthError('UNAUTHENTICATED', { reason: 'claims', detail: misfit(payload) });
      return payload;
    } catch (error) {
      throw error instanceof AuthError ? error : new AuthError(codeOf(error), whyOf(error), { cause: error });
    }
  }
}

function checkPresence(token: unknown): asserts token is string {
  if (typeof token !== 'string' || token === '') throw new AuthError('UNAUTHENTICATED', { reason: 'not-given' });
  if (Buffer.byteLength(token) > MAX_TOKEN_BYTES) throw new AuthError('UNAUTHENTICATED', { reason: 'too-long' });
}

function identityOf({ role, grants = {}, sub, name, waitingRoom = false }: RoomClaims): Identity {
  return { role, grants: grantsOf(role, grants), sub, ...(name === undefined ? {} : { name }), waits: waitingRoom };
}

/** Only times get a code of their own: what else is wrong with a token helps nobody honest. */
function codeOf(error: unknown): ErrorCode {
  if (error instanceof errors.JWTExpired) return 'TOKEN_EXPIRED';
  if (
    error instanceof errors.JWTClaimValidationFailed &&
    error.reason === 'check_failed' &&
    (error.claim === 'nbf' || error.claim === 'iat')
  )
    return 'TOKEN_NOT_YET_VALID';
  return 'UNAUTHENTICATED';
}
