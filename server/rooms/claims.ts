/**
 * Seat claims: who sits where. The first part of such a resume token is a secret whose hash the store keeps: it takes a seat back,
 * once. With it come the number of the seat, its times and what else it carried, signed together with its room, its owner and that
 * hash, so that a server that was restarted, and remembers nobody, can give everybody the seat they had. It expires soon and is
 * renewed while somebody sits there. Knows no store and no clock.
 */
import { createHmac, createSecretKey, randomBytes, timingSafeEqual, type KeyObject } from 'node:crypto';
import { hashToken, newResumeToken } from './secrets.js';

/** Whose seat a token is about: told by who presents it, held to what was signed. */
export interface Owner {
  readonly room: string;
  readonly participantId: string;
}

/** Enough to make the same seat again. Times in milliseconds since 1970. */
export interface Claim {
  readonly sequence: number;
  /** When its owner came in by a proof of their own: what was revoked since then is worth nothing. */
  readonly since: number;
  /** A forgotten seat is given back until then. */
  readonly expiresAt: number;
  /** What else the seat carried; the server's own words, come back. */
  readonly rights?: unknown;
}

export interface ResumeToken {
  readonly secret: string;
  /** What the store keeps. */
  readonly hash: string;
}

const RADIX = 36;

export class Claims {
  readonly #key: KeyObject;

  /** Without a key of the operator's, tokens hold until this process ends. */
  constructor(key: Uint8Array = randomBytes(32)) {
    this.#key = createSecretKey(key);
  }

  /** The secret part; made before the seat, because the store takes its hash with the seat. */
  begin(): ResumeToken {
    const secret = newResumeToken();
    return { secret, hash: hashToken(secret) };
  }

  /** The whole token, for the participant. */
  seal({ secret, hash }: ResumeToken, owner: Owner, claim: Claim): string {
    return `${secret}.${this.describe(hash, owner, claim)}`;
  }

  /** All but the secret, which its owner has: what follows it from now on. */
  describe(hash: string, owner: Owner, { sequence, since, expiresAt, rights }: Claim): string {
    const parts = [sequence, since.toString(RADIX), expiresAt.toString(RADIX)];
    if (rights !== undefined) parts.push(Buffer.from(JSON.stringify(rights)).toString('base64url'));
    const claim = parts.join('~');
    return `${claim}.${this.#sign(hash, owner, claim)}`;
  }

  /** The hash the store would know this token by. */
  hashOf(token: string): string {
    return hashToken(token.split('.', 1)[0] ?? '');
  }

  /** The seat of that owner as this token describes it, if we signed it. Whether it has expired is for the caller to see. */
  open(token: string, owner: Owner): Claim | undefined {
    const [, claim = '', signature = ''] = token.split('.');
    const expected = Buffer.from(this.#sign(this.hashOf(token), owner, claim));
    const given = Buffer.from(signature);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
    const [sequence, since = '', expiresAt = '', rights] = claim.split('~');
    return {
      sequence: Number(sequence),
      since: parseInt(since, RADIX),
      expiresAt: parseInt(expiresAt, RADIX),
      ...(rights === undefined ? {} : { rights: JSON.parse(Buffer.from(rights, 'base64url').toString()) as unknown }),
    };
  }

  /** None of the parts can hold a line break, so nobody moves a letter from one to the next. */
  #sign(hash: string, { room, participantId }: Owner, claim: string): string {
    return createHmac('sha256', this.#key).update(`seat\n${hash}\n${room}\n${participantId}\n${claim}`).digest('base64url');
  }
}
