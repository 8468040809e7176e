/**
 * What the server signs so that it need not remember it: passes (this device may use that name) and tickets (this
 * person may enter that private room). Whoever changes a letter has nothing. Knows no store.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { PresenceSetting, RingStrategy } from '../protocol/calls.js';

const strict = { additionalProperties: false } as const;

const Pass = Type.Object(
  {
    /** Whose device: a pass is of no use to another. */
    person: Type.String(),
    madeAt: Type.Number(),
    address: Type.Optional(Type.String()),
    sub: Type.Optional(Type.String()),
    name: Type.Optional(Type.String()),
    presence: Type.Optional(PresenceSetting),
    strategy: Type.Optional(RingStrategy),
  },
  strict,
);
export type Pass = Readonly<Static<typeof Pass>>;

const Ticket = Type.Object(
  { room: Type.String(), madeAt: Type.Number(), sub: Type.String(), name: Type.Optional(Type.String()) },
  strict,
);
export type Ticket = Readonly<Static<typeof Ticket>>;

const shapes = { pass: Compile(Pass), ticket: Compile(Ticket) } as const;
type Kinds = { readonly pass: Pass; readonly ticket: Ticket };

/** Long enough that it cannot be guessed, and shaped as no room is that people name. */
const PRIVATE_ROOM = /^call-[0-9a-f]{48}$/;

export class Passes {
  readonly #key: Uint8Array;
  readonly #longestMs: Readonly<Record<keyof Kinds, number>>;
  readonly #now: () => number;

  constructor(options: {
    readonly key?: Uint8Array;
    readonly passMs: number;
    readonly ticketMs: number;
    readonly now?: () => number;
  }) {
    this.#key = options.key ?? randomBytes(32);
    this.#longestMs = { pass: options.passMs, ticket: options.ticketMs };
    this.#now = options.now ?? Date.now;
  }

  newRoom(): string {
    return `call-${randomBytes(24).toString('hex')}`;
  }

  /** Rooms nobody enters without a ticket. */
  isPrivate(room: string): boolean {
    return PRIVATE_ROOM.test(room);
  }

  seal<K extends keyof Kinds>(kind: K, content: Omit<Kinds[K], 'madeAt'> & { readonly madeAt?: number }): string {
    const text = Buffer.from(JSON.stringify({ madeAt: this.#now(), ...content })).toString('base64url');
    return `${text}.${this.#sign(kind, text)}`;
  }

  /** What we said, if we said it and not too long ago. */
  open<K extends keyof Kinds>(kind: K, sealed: unknown): Kinds[K] | undefined {
    if (typeof sealed !== 'string') return undefined;
    const [text = '', signature = '', ...more] = sealed.split('.');
    const expected = Buffer.from(this.#sign(kind, text));
    const given = Buffer.from(signature);
    if (more.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
    const content: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    if (!shapes[kind].Check(content)) return undefined;
    return this.#now() - content.madeAt < this.#longestMs[kind] ? (content as Kinds[K]) : undefined;
  }

  /** Whom callers of that network are to one callee, for blocking: the same again, and nothing to another callee. */
  pseudonym(network: string, callee: string): string {
    return `net:${this.#sign('network', `${network} ${callee}`).slice(0, 22)}`;
  }

  #sign(kind: string, text: string): string {
    return createHmac('sha256', this.#key).update(`${kind} ${text}`).digest('base64url');
  }
}
