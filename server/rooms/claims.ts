/**
 * Resume tokens. The first part is a secret whose hash the store keeps: it takes a seat back, once. With it come
 * the number of the seat and what else it carried, signed together with its room, its owner and that hash, so that
 * a server that was restarted, and remembers nobody, can give everybody the seat they had. Knows no store and no clock.
 */
import { createHmac, createSecretKey, randomBytes, timingSafeEqual, type KeyObject } from 'node:crypto';
import { hashToken, newResumeToken } from './secrets.js';

/** Whose seat a token is about: told by who presents it, held to what was signed. */
export interface Owner {
  readonly room: string;
  readonly participantId: string;
}

/** Enough to make the same seat again. */
export interface Claim {
  readonly sequence: number;
  /** What else the seat carried; the server's own words, come back. */
  readonly rights?: unknown;
}

export interface ResumeToken {
  readonly secret: string;
  /** What the store keeps. */
  readonly hash: string;
}

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
  seal({ secret, hash }: ResumeToken, owner: Owner, { sequence, rights }: Claim): string {
    const claim =
      rights === undefined ? `${sequence}` : `${sequence}~${Buffer.from(JSON.stringify(rights)).toString('base64url')}`;
    return `${secret}.${claim}.${this.#sign(hash, owner, claim)}`;
  }

  /** The hash the store would know this token by. */
  hashOf(token: string): string {
    return hashToken(token.split('.', 1)[0] ?? '');
  }

  /** The seat of that owner as this token describes it, if we signed it. */
  open(token: string, owner: Owner): Claim | undefined {
    const [, claim = '', signature = ''] = token.split('.');
    const expected = Buffer.from(this.#sign(this.hashOf(token), owner, claim));
    const given = Buffer.from(signature);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
    const [sequence, rights] = claim.split('~', 2);
    return {
      sequence: Number(sequence),
      ...(rights === undefined ? {} : { rights: JSON.parse(Buffer.from(rights, 'base64url').toString()) as unknown }),
    };
  }

  /** None of the parts can hold a line break, so nobody moves a letter from one to the next. */
  #sign(hash: string, { room, participantId }: Owner, claim: string): string {
    return createHmac('sha256', this.#key).update(`seat\n${hash}\n${room}\n${participantId}\n${claim}`).digest('base64url');
  }
}
