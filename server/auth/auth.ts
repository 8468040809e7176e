/** Everything that proves who somebody is, put together with what the operator decided. */
import { MemoryStateStore, type StateStore } from '../state-store.js';
import { seatClaimMs } from '../timings.js';
import { Authenticator } from './authenticator.js';
import { StoredBans, type Bans } from './bans.js';
import { FailedAuth } from './failed-auth.js';
import type { TokenSettings } from './keys.js';
import { Revocations } from './revocations.js';
import { StoredUsedTokens, type UsedTokens } from './used-tokens.js';

export interface AuthOptions {
  readonly required: boolean;
  readonly tokens?: TokenSettings;
  readonly timings: {
    readonly tokenToleranceMs: number;
    readonly tokenMaxAgeMs: number;
    readonly joinRetryMs: number;
    readonly authBlockMs: number;
    readonly graceMs: number;
    readonly returnMs: number;
  };
  readonly failuresPerMinute: number;
  /** Where bans and used tokens are kept; memory, if not given. */
  readonly state?: StateStore;
}

export interface AuthParts {
  readonly authenticator: Authenticator;
  readonly usedTokens: UsedTokens;
  readonly bans: Bans;
  readonly revocations: Revocations;
  readonly failedAuth: FailedAuth;
}

export function createAuth({ required, tokens, timings, failuresPerMinute, state }: AuthOptions): AuthParts {
  const kept = state ?? new MemoryStateStore();
  return {
    authenticator: new Authenticator({
      required,
      ...(tokens === undefined ? {} : { tokens }),
      toleranceMs: timings.tokenToleranceMs,
      maxAgeMs: timings.tokenMaxAgeMs,
    }),
    usedTokens: new StoredUsedTokens({ ...timings, state: kept }),
    bans: new StoredBans(kept),
    revocations: new Revocations(kept, Math.max(timings.returnMs, seatClaimMs(timings))),
    failedAuth: new FailedAuth({ failuresPerMinute, blockMs: timings.authBlockMs }),
  };
}
