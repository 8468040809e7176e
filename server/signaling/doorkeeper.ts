/**
 * Who wants to come in, and whether they may try at all: the token, its single use, bans. Gives
 * the token back when nothing came of it. Knows no seats and no rooms.
 */
import { AuthError, type Authenticated, type Authenticator } from '../auth/authenticator.js';
import type { Bans } from '../auth/bans.js';
import type { FailedAuth } from '../auth/failed-auth.js';
import type { Identity } from '../auth/identity.js';
import type { UsedTokens } from '../auth/used-tokens.js';
import type { JoinRequest, PrepareRequest } from '../protocol/schemas.js';
import type { Line } from './line.js';
import { Refusal } from './refusal.js';

/** Somebody whose token is good and taken. */
export interface Entrant {
  readonly identity: Identity;
  /** To be given back if nothing comes of it. */
  readonly taken: string | undefined;
}

export interface DoorkeeperParts {
  readonly authenticator: Authenticator;
  readonly usedTokens: UsedTokens;
  readonly bans: Bans;
  readonly failedAuth: FailedAuth;
}

export class Doorkeeper {
  readonly #parts: DoorkeeperParts;

  constructor(parts: DoorkeeperParts) {
    this.#parts = parts;
  }

  async check(line: Line, { room, token, joinId }: JoinRequest): Promise<Entrant> {
    const { identity, use } = await this.#authenticate(line, token, room);
    if (use === undefined) return { identity, taken: undefined };
    if (await this.#parts.bans.has(room, { sub: identity.sub })) throw new Refusal('FORBIDDEN');
    const outcome = await this.#parts.usedTokens.take({ ...use, attempt: joinId });
    if (outcome === 'used') throw new Refusal('TOKEN_REPLAYED');
    return { identity, taken: outcome === 'first' ? use.id : undefined };
  }

  /** Whether somebody at the door may know what is behind it. Uses no token up, and refuses nobody. */
  async mayLook(line: Line, { room, token }: PrepareRequest): Promise<boolean> {
    try {
      await this.#authenticate(line, token, room);
      return true;
    } catch (error) {
      if (error instanceof Refusal) return false;
      throw error;
    }
  }

  async giveBack({ taken }: Entrant): Promise<void> {
    if (taken !== undefined) await this.#parts.usedTokens.release(taken);
  }

  async #authenticate(line: Line, token: unknown, room: string): Promise<Authenticated> {
    const { authenticator, failedAuth } = this.#parts;
    const blockedMs = token === undefined ? 0 : await failedAuth.blockedMs(line.address);
    if (blockedMs > 0) throw new Refusal('RATE_LIMITED', { retryAfterMs: blockedMs });
    try {
      return await authenticator.authenticate(token, room);
    } catch (error) {
      if (!(error instanceof AuthError)) throw error;
      // An old token or none is a slip; one that nobody signed is an attempt.
      if (token !== undefined && error.code === 'UNAUTHENTICATED') await failedAuth.failed(line.address);
      throw new Refusal(error.code);
    }
  }
}
