/**
 * Ids and tokens: made of random bits, compared as hashes. A resume token is never kept in the
 * clear, so a look into the store does not let anybody take a seat.
 */
import { hash, randomFillSync } from 'node:crypto';

/** Random bytes by the page: the system takes as long for a few of them as for many. */
class RandomBytes {
  readonly #page = Buffer.alloc(4_096);
  #used = this.#page.length;

  /** Each byte is given away once, and forgotten here. */
  take(count: number): string {
    if (this.#used + count > this.#page.length) {
      randomFillSync(this.#page);
      this.#used = 0;
    }
    const taken = this.#page.subarray(this.#used, (this.#used += count));
    const text = taken.toString('base64url');
    taken.fill(0);
    return text;
  }
}
const random = new RandomBytes();

/** 128 random bits: names a participant, and is unrelated to any socket. */
export function newParticipantId(): string {
  return random.take(16);
}

/** As many: names a connection, which nobody but its two ends hears of. */
export const newConnectionId = newParticipantId;

/** 256 random bits: proves that a seat is one's own, once. */
export function newResumeToken(): string {
  return random.take(32);
}

/** A plain hash suffices: what is hashed has 256 random bits and cannot be guessed. */
export function hashToken(token: string): string {
  return hash('sha256', token, 'base64url');
}
