/**
 * Who wants to come in, and whether they may try at all: the token, its single use, bans. Gives
 * the token back when nothing came of it. Knows no seats and no rooms.
 */
import { AuthError, type Authenticated, type AuthenticatedPhone, type Authenticator } from '../auth/authenticator.js';
import type { Bans } from '../auth/bans.js';
import type { FailedAuth } from '../auth/failed-auth.js';
import { guest, type Identity } from '../auth/identity.js';
import { wordsOf } from '../auth/refused-token.js';
import type { UsedTokens } from '../auth/used-tokens.js';
import type { Log } from '../log.js';
import type { Passes } from '../calls/passes.js';
import type { JoinRequest, PrepareRequest } from '../protocol/schemas.js';
import type { ClientConnection } from './client-connection.js';
import { Refusal } from './refusal.js';

/** Somebody whose token is good and taken. */
export interface AuthorizedJoin {
  readonly identity: Identity;
  /** To be given back if nothing comes of it. */
  readonly taken: string | undefined;
  /** Was asked in, by ringing: no lock and no waiting room is in the way. */
  readonly invited?: true;
}

/** Somebody who looks through the door: as who they proved to be, and with what. */
export type PreviewViewer = Pick<Authenticated, 'identity' | 'use'>;

export interface AuthorizerParts {
  readonly authenticator: Authenticator;
  readonly usedTokens: UsedTokens;
  readonly bans: Bans;
  readonly failedAuth: FailedAuth;
}

export interface DoorkeeperOptions extends AuthorizerParts {
  readonly log: Pick<Log, 'info'>;
  /** The page may know why: on a developer's machine. */
  readonly explains: boolean;
}

/** Private rooms open to tickets, and to nothing else. */
export type Tickets = Pick<Passes, 'isPrivate' | 'open'>;

export class Authorizer {
  readonly #parts: DoorkeeperOptions;
  readonly #tickets: Tickets;

  constructor(parts: DoorkeeperOptions, tickets: Tickets) {
    this.#parts = parts;
    this.#tickets = tickets;
  }

  async check(connection: ClientConnection, { room, token, joinId }: JoinRequest): Promise<AuthorizedJoin> {
    if (this.#tickets.isPrivate(room)) {
      const identity = await this.#invited(connection, room, token);
      if (await this.#parts.bans.has(room, { sub: identity.sub })) throw new Refusal('FORBIDDEN');
      return { identity, taken: undefined, invited: true };
    }
    const { identity, use } = await this.#authenticate(connection, token, room);
    if (use === undefined) return { identity, taken: undefined };
    if (await this.#parts.bans.has(room, { sub: identity.sub })) throw new Refusal('FORBIDDEN');
    const outcome = await this.#parts.usedTokens.take({ ...use, attempt: joinId });
    if (outcome === 'used') throw new Refusal('TOKEN_REPLAYED');
    return { identity, taken: outcome === 'first' ? use.id : undefined };
  }

  /** As whom somebody at the door may know what is behind it; undefined: as nobody. Uses no token up, and refuses nobody. */
  async previewViewer(connection: ClientConnection, { room, token }: PrepareRequest): Promise<PreviewViewer | undefined> {
    try {
      if (this.#tickets.isPrivate(room)) return { identity: await this.#invited(connection, room, token) };
      return await this.#authenticate(connection, token, room);
    } catch (error) {
      if (error instanceof Refusal) return undefined;
      throw error;
    }
  }

  /** Whether they would be let in right now, as far as it depends on who they are. */
  async wouldAdmit({ identity, use }: PreviewViewer, room: string): Promise<boolean> {
    const { usedTokens, bans } = this.#parts;
    if (identity.waits || (await bans.has(room, { sub: identity.sub }))) return false;
    return use === undefined || !(await usedTokens.isTaken(use.id));
  }

  /** Who wants to be rung, or to ring: a guest where guests may. `person`: the token is used up, by them. */
  async checkPhone(connection: ClientConnection, token: unknown, person?: string): Promise<AuthenticatedPhone | undefined> {
    const proved = await this.#proved(connection, token, () => this.#parts.authenticator.authenticatePhone(token));
    if (proved === undefined || person === undefined) return proved;
    const outcome = await this.#parts.usedTokens.take({ ...proved.use, attempt: person });
    if (outcome === 'used') throw new Refusal('TOKEN_REPLAYED');
    return proved;
  }

  async giveBack({ taken }: AuthorizedJoin): Promise<void> {
    if (taken !== undefined) await this.#parts.usedTokens.release(taken);
  }

  /** With a ticket of ours. Trying without costs as much as trying with a forged token. */
  async #invited(connection: ClientConnection, room: string, token: unknown): Promise<Identity> {
    return this.#proved(connection, token, () => {
      const ticket = this.#tickets.open('ticket', token);
      if (ticket === undefined)
        return Promise.reject(new AuthError('UNAUTHENTICATED', { reason: token === undefined ? 'not-given' : 'signature' }));
      if (ticket.room !== room) return Promise.reject(new AuthError('FORBIDDEN', { reason: 'room' }));
      const { sub, name } = ticket;
      return Promise.resolve({ ...guest(), sub, ...(name === undefined ? {} : { name }) });
    });
  }

  #authenticate(connection: ClientConnection, token: unknown, room: string): Promise<Authenticated> {
    return this.#proved(connection, token, () => this.#parts.authenticator.authenticate(token, room));
  }

  async #proved<T>(connection: ClientConnection, token: unknown, prove: () => Promise<T>): Promise<T> {
    const { failedAuth } = this.#parts;
    const blockedMs = token === undefined ? 0 : await failedAuth.blockedMs(connection.address);
    if (blockedMs > 0) throw new Refusal('RATE_LIMITED', { retryAfterMs: blockedMs });
    try {
      return await prove();
    } catch (error) {
      if (!(error instanceof AuthError)) throw error;
      // An old token or none is a slip; one that nobody signed is an attempt.
      if (token !== undefined && error.code === 'UNAUTHENTICATED') await failedAuth.failed(connection.address);
      this.#parts.log.info({ event: 'token-refused', code: error.code, ...error.why }, 'a token was refused');
      throw new Refusal(error.code, this.#parts.explains && token !== undefined ? { because: wordsOf(error.why) } : {});
    }
  }
}
