/**
 * Who wants to come in, and whether they may try at all: the token, its single use, bans. Gives
 * the token back when nothing came of it. Knows no seats and no rooms.
 */
import { AuthError, type Authenticated, type AuthenticatedPhone, type Authenticator } from '../auth/authenticator.js';
import { bannedAs, type Bans } from '../auth/bans.js';
import type { FailedAuth } from '../auth/failed-auth.js';
import { guest, type Identity } from '../auth/identity.js';
import type { Revocations } from '../auth/revocations.js';
import type { UsedTokens } from '../auth/used-tokens.js';
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
  /** Came back with a return claim: since when they are inside by a proof of their own. */
  readonly since?: number;
  /** They never left: their seat was given up because nothing was heard of them. */
  readonly lostSeat?: boolean;
}

/** Somebody who looks through the door: as who they proved to be, and with what. */
export type PreviewViewer = Pick<Authenticated, 'identity' | 'use'>;

export interface AuthorizerParts {
  readonly authenticator: Authenticator;
  readonly usedTokens: UsedTokens;
  readonly bans: Bans;
  readonly revocations: Revocations;
  readonly failedAuth: FailedAuth;
}

/** What a return claim says, if it is ours and has not expired. */
export interface Returns {
  open(room: string, token: string): Promise<Returned | undefined>;
}

export interface Returned {
  readonly identity: Identity;
  /** The seat they had. */
  readonly participantId: string;
  readonly since: number;
  readonly lostSeat: boolean;
}

/** Private rooms open to tickets, and to nothing else. */
export type Tickets = Pick<Passes, 'isPrivate' | 'open'>;

/** What looks like something we sealed. */
const SEALED = /^[\w-]+\.[\w-]{43}$/;

export class Authorizer {
  readonly #parts: AuthorizerParts;
  readonly #tickets: Tickets;
  readonly #returns: Returns;

  constructor(parts: AuthorizerParts, tickets: Tickets, returns: Returns) {
    this.#parts = parts;
    this.#tickets = tickets;
    this.#returns = returns;
  }

  /** A token that is good counts more than a return claim: it may say something newer. */
  async check(connection: ClientConnection, request: JoinRequest): Promise<AuthorizedJoin> {
    const back = await this.#back(request);
    if (back === undefined) return this.#new(connection, request);
    // Whoever was sent out, or home, while their connection was lost hears of it; they do not walk in again by themselves.
    if (back instanceof Refusal && request.automatic === true) throw back;
    if (request.token !== undefined || back instanceof Refusal) {
      try {
        return await this.#new(connection, request);
      } catch (error) {
        if (!(error instanceof Refusal) || error.code === 'FORBIDDEN') throw error;
      }
    }
    if (back instanceof Refusal) throw back;
    return back;
  }

  /** As whom they come back; why they may not; undefined: they do not say that they were inside, or nobody here signed it. */
  async #back({ room, returnToken }: JoinRequest | PrepareRequest): Promise<AuthorizedJoin | Refusal | undefined> {
    if (returnToken === undefined || this.#tickets.isPrivate(room)) return undefined;
    const { bans, revocations } = this.#parts;
    const returned = await this.#returns.open(room, returnToken);
    if (returned === undefined) return undefined;
    const { identity, participantId, since, lostSeat } = returned;
    if (await bans.has(room, { sub: identity.sub })) return new Refusal('FORBIDDEN');
    const revocation = await revocations.of(room, identity.sub ?? participantId, since);
    if (revocation !== undefined) return new Refusal(revocation === 'ended' ? 'ROOM_ENDED' : 'FORBIDDEN');
    return { identity, taken: undefined, since, lostSeat };
  }

  async #new(connection: ClientConnection, { room, token, joinId }: JoinRequest): Promise<AuthorizedJoin> {
    if (this.#tickets.isPrivate(room)) {
      const identity = await this.#invited(connection, room, token);
      if (await this.#parts.bans.has(room, { sub: identity.sub })) throw new Refusal('FORBIDDEN');
      return { identity, taken: undefined, invited: true };
    }
    const { identity, use } = await this.#authenticate(connection, token, room);
    if (await this.#parts.bans.has(room, bannedAs(identity, connection.network))) throw new Refusal('FORBIDDEN');
    if (use === undefined) return { identity, taken: undefined };
    const outcome = await this.#parts.usedTokens.take({ ...use, attempt: joinId });
    if (outcome === 'used') throw new Refusal('TOKEN_REPLAYED');
    return { identity, taken: outcome === 'first' ? use.id : undefined };
  }

  /** As whom somebody at the door may know what is behind it; undefined: as nobody. Uses no token up, and refuses nobody. */
  async previewViewer(connection: ClientConnection, request: PrepareRequest): Promise<PreviewViewer | undefined> {
    const { room, token } = request;
    try {
      const back = await this.#back(request);
      if (back instanceof Refusal) return undefined;
      if (back !== undefined) return { identity: back.identity };
      if (this.#tickets.isPrivate(room)) return { identity: await this.#invited(connection, room, token) };
      return await this.#authenticate(connection, token, room);
    } catch (error) {
      if (error instanceof Refusal) return undefined;
      throw error;
    }
  }

  /** Whether they would be let in right now, as far as it depends on who they are. */
  async wouldAdmit(
    { network }: Pick<ClientConnection, 'network'>,
    { identity, use }: PreviewViewer,
    room: string,
  ): Promise<boolean> {
    const { usedTokens, bans } = this.#parts;
    if (identity.waits || (await bans.has(room, bannedAs(identity, network)))) return false;
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

  /** Another token of the same person for the same room: used up, by them. */
  async refresh(connection: ClientConnection, room: string, token: string, { sub }: Identity, person: string): Promise<void> {
    const proved = await this.#authenticate(connection, token, room);
    if (proved.use === undefined || proved.identity.sub !== sub) throw new Refusal('FORBIDDEN');
    const outcome = await this.#parts.usedTokens.take({ ...proved.use, attempt: person });
    if (outcome === 'used') throw new Refusal('TOKEN_REPLAYED');
  }

  async release(token: string): Promise<void> {
    await this.#parts.usedTokens.release(token);
  }

  async giveBack({ taken }: AuthorizedJoin): Promise<void> {
    if (taken !== undefined) await this.#parts.usedTokens.release(taken);
  }

  /** With a ticket of ours. Trying without costs as much as trying with a forged token. */
  async #invited(connection: ClientConnection, room: string, token: unknown): Promise<Identity> {
    return this.#proved(connection, token, () => {
      const ticket = this.#tickets.open('ticket', token);
      if (ticket === undefined) {
        const forged = typeof token === 'string' && SEALED.test(token);
        return Promise.reject(new AuthError('UNAUTHENTICATED', { forged }));
      }
      if (ticket.room !== room) return Promise.reject(new AuthError('FORBIDDEN'));
      const { sub, name } = ticket;
      return Promise.resolve({ ...guest(), sub, ...(name === undefined ? {} : { name }) });
    });
  }

  #authenticate(connection: ClientConnection, token: unknown, room: string): Promise<Authenticated> {
    return this.#proved(connection, token, () => this.#parts.authenticator.authenticate(token, room));
  }

  async #proved<T>(connection: ClientConnection, token: unknown, prove: () => Promise<T>): Promise<T> {
    const { failedAuth } = this.#parts;
    try {
      return await prove();
    } catch (error) {
      if (!(error instanceof AuthError)) throw error;
      // Old, malformed or none is a slip; one that nobody signed is an attempt. A good one wins, wherever it comes from.
      if (token === undefined || error.code !== 'UNAUTHENTICATED') throw new Refusal(error.code);
      const blockedMs = await failedAuth.blockedMs(connection.address);
      if (error.forged) await failedAuth.failed(connection.address);
      throw blockedMs > 0 ? new Refusal('RATE_LIMITED', { retryAfterMs: blockedMs }) : new Refusal(error.code);
    }
  }
}
