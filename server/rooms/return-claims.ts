/**
 * Return claims: who was inside, as whom. Such a token opens a new seat in the same room to a page that lost its seat or left, as
 * long as it lives, without a new token of the site. It restores no seat and no place in the order. Knows no store and no clock.
 */
import { createHmac, createSecretKey, randomBytes, timingSafeEqual, type KeyObject } from 'node:crypto';
import { Compile } from 'typebox/compile';
import Type, { type Static } from 'typebox';

/** Times in milliseconds since 1970. */
const ReturnClaim = Type.Object({
  /** When they came in by a proof of their own: what was revoked since then is worth nothing. */
  since: Type.Number(),
  expiresAt: Type.Number(),
  /** The seat they had when this was made. */
  participantId: Type.String(),
  rights: Type.Unknown(),
});
export type ReturnClaim = Readonly<Static<typeof ReturnClaim>>;

const isClaim = Compile(ReturnClaim);

export class ReturnClaims {
  readonly #key: KeyObject;

  /** Without a key of the operator's, they hold until this process ends. */
  constructor(key: Uint8Array = randomBytes(32)) {
    this.#key = createSecretKey(key);
  }

  seal(room: string, claim: ReturnClaim): string {
    const said = Buffer.from(JSON.stringify(claim)).toString('base64url');
    return `${said}.${this.#sign(room, said)}`;
  }

  /** What we signed for that room; whether it has expired is for the caller to see. */
  open(token: string, room: string): ReturnClaim | undefined {
    const [said = '', signature = ''] = token.split('.');
    const expected = Buffer.from(this.#sign(room, said));
    const given = Buffer.from(signature);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
    const claim: unknown = JSON.parse(Buffer.from(said, 'base64url').toString());
    return isClaim.Check(claim) ? claim : undefined;
  }

  #sign(room: string, said: string): string {
    return createHmac('sha256', this.#key).update(`return\n${room}\n${said}`).digest('base64url');
  }
}
