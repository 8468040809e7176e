/** Everything that proves who somebody is, put together with what the operator decided. */
import { Authenticator } from './authenticator.js';
import { MemoryBans, type Bans } from './bans.js';
import { FailedAuth } from './failed-auth.js';
import type { TokenSettings } from './keys.js';
import { MemoryUsedTokens, type UsedTokens } from './used-tokens.js';

export interface AuthOptions {
  readonly required: boolean;
  readonly tokens?: TokenSettings;
  readonly timings: {
    readonly tokenToleranceMs: number;
    readonly tokenMaxAgeMs: number;
    readonly joinRetryMs: number;
    readonly authBlockMs: number;
  };
  readonly failuresPerMinute: number;
  /** Shared by several servers, if there are several. */
  readonly usedTokens?: UsedTokens;
  readonly bans?: Bans;
}

export interface AuthParts {
  readonly authenticator: Authenticator;
  readonly usedTokens: UsedTokens;
  readonly bans: Bans;
  readonly failedAuth: FailedAuth;
}

export function createAuth({ required, tokens, timings, failuresPerMinute, usedTokens, bans }: AuthOptions): AuthParts {
  return {
    authenticator: new Authenticator({
      required,
      ...(tokens === undefined ? {} : { tokens }),
      toleranceMs: timings.tokenToleranceMs,
      maxAgeMs: timings.tokenMaxAgeMs,
    }),
    usedTokens: usedTokens ?? new MemoryUsedTokens(timings),
    bans: bans ?? new MemoryBans(),
    failedAuth: new FailedAuth({ failuresPerMinute, blockMs: timings.authBlockMs }),
  };
}
