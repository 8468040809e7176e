/**
 * Ids and tokens: made of random bits, compared as hashes. A resume token is never kept in the
 * clear, so a look into the store does not let anybody take a seat.
 */
import { createHash, randomBytes } from 'node:crypto';

/** 128 random bits: names a participant, and is unrelated to any socket. */
export function newParticipantId(): string {
  return randomBytes(16).toString('base64url');
}

/** 256 random bits: proves that a seat is one's own, once. */
export function newResumeToken(): string {
  return randomBytes(32).toString('base64url');
}

/** A plain hash suffices: what is hashed has 256 random bits and cannot be guessed. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
