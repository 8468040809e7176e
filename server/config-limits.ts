/**
 * The limits an operator may meet: those that depend on how many people share an address, on what the site's own back
 * end asks, and on what one process can carry. All others are in limits.ts and fit everybody.
 */
import Type from 'typebox';
import { DEFAULT_LIMITS, type Limits } from './limits.js';

interface Limit {
  readonly limit: { [K in keyof Limits]: Limits[K] extends number ? K : never }[keyof Limits];
  readonly about: string;
}

/** What is documented, in this order. */
export const LIMIT_SETTINGS = {
  LIMIT_CONNECTIONS: { limit: 'lines', about: 'open connections of this process' },
  LIMIT_CONNECTIONS_PER_ADDRESS: { limit: 'connectionsPerAddress', about: 'open connections of one address' },
  LIMIT_NEW_CONNECTIONS_PER_ADDRESS: {
    limit: 'newConnectionsPerAddress',
    about: 'new connections of one address in ten seconds',
  },
  LIMIT_JOINS_PER_ADDRESS: { limit: 'joinsPerAddressPerMinute', about: 'joins of one address in a minute' },
  LIMIT_ROOMS_PER_ADDRESS: { limit: 'roomsPerAddressPerMinute', about: 'rooms one address may open in a minute' },
  LIMIT_MESSAGES_PER_ADDRESS: {
    limit: 'addressFactor',
    about: 'messages of one address, in multiples of what one person may send at once',
  },
  LIMIT_REQUESTS_PER_MINUTE: { limit: 'requestsPerMinute', about: 'HTTP requests of one address in a minute' },
  LIMIT_API_REQUESTS_PER_MINUTE: { limit: 'apiRequestsPerMinute', about: 'REST requests of one address in a minute' },
  LIMIT_FAILED_AUTH_PER_MINUTE: {
    limit: 'failedAuthPerMinute',
    about: 'forged tokens and wrong API keys of one address in a minute',
  },
  LIMIT_WAITING_PER_ROOM: { limit: 'waitingPerRoom', about: 'people waiting to be let into one room' },
} as const satisfies Readonly<Record<string, Limit>>;

export type LimitName = keyof typeof LIMIT_SETTINGS;
const NAMES = Object.keys(LIMIT_SETTINGS) as LimitName[];

/** More than any machine carries; stops a slip of the finger. */
const MOST = 1_000_000;
const Count = Type.Integer({ minimum: 1, maximum: MOST });

/** The part of the schema these settings are read by. */
export const LIMITS = Object.fromEntries(NAMES.map((name) => [name, Type.Optional(Count)])) as Record<
  LimitName,
  ReturnType<typeof Type.Optional<typeof Count>>
>;

export function readLimits(values: { readonly [N in LimitName]?: number }): Partial<Limits> {
  return Object.fromEntries(
    NAMES.flatMap((name) => (values[name] === undefined ? [] : [[LIMIT_SETTINGS[name].limit, values[name]]])),
  ) as Partial<Limits>;
}

/** For `--help` and the documentation. */
export function limitLines(): readonly string[] {
  return NAMES.map((name) => `${name.padEnd(34)}${LIMIT_SETTINGS[name].about} (${DEFAULT_LIMITS[LIMIT_SETTINGS[name].limit]})`);
}
