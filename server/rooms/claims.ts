/**
 * Resume tokens. The first half is a secret whose hash the store keeps: it takes a seat back, once. The
 * second half is a signed description of that seat, so that a server that was restarted, and remembers
 * nobody, can give everybody the seat they had. Knows no store and no clock.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { Compile } from 'typebox/compile';
import Type, { type Static } from 'typebox';
import { ParticipantId, RoomId } from '../protocol/schemas.js';
import { hashToken, newResumeToken } from './secrets.js';

/** What is signed: enough to make the same seat again. */
const Claim = Type.Object(
  {
    /** Hash of the secret half, so that no other secret goes with this description. */
    proof: Type.String(),
    room: RoomId,
    participantId: ParticipantId,
    sequence: Type.Integer({ minimum: 1 }),
    /** What else the seat carried; the server's own words, come back. */
    rights: Type.Optional(Type.Unknown()),
  },
  { additionalProperties: false },
);
export type Claim = Static<typeof Claim>;

const claim = Compile(Claim);

export interface ResumeToken {
  readonly secret: string;
  /** What the store keeps. */
  readonly hash: string;
}

export class Claims {
  readonly #key: Uint8Array;

  /** Without a key of the operator's, tokens hold until this process ends. */
  constructor(key: Uint8Array = randomBytes(32)) {
    this.#key = key;
  }

  /** The secret half; made before the seat, because the store takes its hash with the seat. */
  begin(): ResumeToken {
    const secret = newResumeToken();
    return { secret, hash: hashToken(secret) };
  }

  /** The whole token, for the participant. */
  seal({ secret, hash }: ResumeToken, seat: Omit<Claim, 'proof'>): string {
    const described = Buffer.from(JSON.stringify({ ...seat, proof: hash })).toString('base64url');
    return `${secret}.${described}.${this.#sign(described)}`;
  }

  /** The hash the store would know this token by. */
  hashOf(token: string): string {
    return hashToken(token.split('.', 1)[0] ?? '');
  }

  /** The seat this token describes, if we signed it. */
  open(token: string): Claim | undefined {
    const [, described = '', signature = ''] = token.split('.');
    const expected = Buffer.from(this.#sign(described));
    const given = Buffer.from(signature);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
    const content: unknown = JSON.parse(Buffer.from(described, 'base64url').toString());
    return claim.Check(content) && content.proof === this.hashOf(token) ? content : undefined;
  }

  #sign(text: string): string {
    return createHmac('sha256', this.#key).update(text).digest('base64url');
  }
}
