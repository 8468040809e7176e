/**
 * Why a token was refused, for those who make them: a code for the log, which holds nothing of a person, and a
 * sentence that a developer's page may see. On the internet a page learns only that it was.
 */
import { errors } from 'jose';

export const TOKEN_REASONS = {
  'not-given': 'There is no token.',
  'too-long': 'It is longer than 4096 bytes.',
  'not-a-token': 'It is no JSON Web Token: three parts of base64url with dots between.',
  header: 'Its header must have alg, and may have typ "JWT" and kid; nothing else.',
  'key-unknown':
    'Its kid names no key of this server, or it has none and there are several (ROOM_TOKEN_SECRET, ROOM_TOKEN_JWKS).',
  algorithm: 'Its alg does not fit the key: HS256 for ROOM_TOKEN_SECRET, ES256 or EdDSA for ROOM_TOKEN_JWKS.',
  signature: 'Its signature does not fit: it was made with another secret than ROOM_TOKEN_SECRET, or changed on the way.',
  issuer: 'Its iss is not in ROOM_TOKEN_ISSUER.',
  audience: 'Its aud must be "webrtc-room" for rooms, "webrtc-phone" for telephones.',
  'too-old': 'It was made (iat) longer ago than a token is good for.',
  expired: 'It has expired (exp).',
  'not-yet-valid': 'It is not valid yet (nbf, iat): the clocks of the two machines differ.',
  claims: 'A claim does not fit.',
  room: 'It is for another room.',
} as const;
export type TokenReason = keyof typeof TOKEN_REASONS;

export interface WhyRefused {
  readonly reason: TokenReason;
  /** What about the claims. Names of claims only. */
  readonly detail?: string;
}

/** Of what the verification threw. */
export function whyOf(error: unknown): WhyRefused {
  if (error instanceof errors.JWTExpired) return { reason: error.claim === 'iat' ? 'too-old' : 'expired' };
  if (error instanceof errors.JWTClaimValidationFailed) {
    const { claim, reason } = error;
    if (reason === 'missing') return { reason: 'claims', detail: `${claim} is missing.` };
    if (claim === 'aud') return { reason: 'audience' };
    if (claim === 'iss') return { reason: 'issuer' };
    if (claim === 'nbf' || claim === 'iat') return { reason: 'not-yet-valid' };
    return { reason: 'claims', detail: `${claim} does not fit.` };
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) return { reason: 'signature' };
  if (error instanceof errors.JOSEAlgNotAllowed) return { reason: 'algorithm' };
  return { reason: 'not-a-token' };
}

export function wordsOf({ reason, detail }: WhyRefused): string {
  return detail === undefined ? TOKEN_REASONS[reason] : `${TOKEN_REASONS[reason]} ${detail}`;
}
