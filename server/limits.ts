/**
 * How much one connection, one participant or one address may ask of the server, in one
 * overridable table (`deps.limits`). Sizes of messages are part of the protocol and stand there.
 */

/** `burst` at once, then `perSecond` on average. */
export interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}

export const RATE_KINDS = [
  'description',
  'candidates',
  'update',
  'join',
  'prepare',
  'ice',
  'sync',
  'leave',
  'moderation',
  'register',
  'ring',
  'answer',
  'presence',
  'video-requests',
  'prepare-offer',
  'early-offers',
] as const;
export type RateKind = (typeof RATE_KINDS)[number];

export interface Limits {
  /**
   * Per participant. Eight people with 40 candidates each who all change their network ten times in a minute come to 93
   * candidates a second: 40 of one's own for each of seven links, and 40 more that the other side answers with, which the one
   * who offered pays for.
   */
  readonly rates: Readonly<Record<RateKind, Rate>>;
  /** What an address may do, in multiples of a connection: offices and schools share one address. */
  readonly addressFactor: number;
  /** Joins of one address in a minute, across its connections. */
  readonly joinsPerAddressPerMinute: number;
  /** Rooms one address may bring to life in a minute. */
  readonly roomsPerAddressPerMinute: number;
  /** How often one address is rung in a minute, by everybody together, and by one caller. */
  readonly ringsPerCalleePerMinute: number;
  readonly ringsPerPairPerMinute: number;
  /** Devices registered under one address. */
  readonly devicesPerAddress: number;
  /** Rings of one connection at the same time. */
  readonly ringsPerConnection: number;
  /** People in the waiting room of one room. */
  readonly waitingPerRoom: number;
  /** Forged tokens and wrong API keys of one address in a minute, before nothing of it is looked at for a while. */
  readonly failedAuthPerMinute: number;
  /** HTTP requests of one address in a minute; files a browser keeps, ten times as many. */
  readonly requestsPerMinute: number;
  /** Open connections of one address (of one /64 for IPv6). */
  readonly connectionsPerAddress: number;
  /** New connections of one address in ten seconds. */
  readonly newConnectionsPerAddress: number;
  /** Lines this process carries before it says SERVER_BUSY. */
  readonly connections: number;
  /** Invalid messages in the strike window before the connection is closed. */
  readonly strikes: number;
  /** Refusals for asking too often in the strike window before it counts as abuse. */
  readonly refusals: number;
  /** Messages of one connection waiting for their turn. */
  readonly pendingMessages: number;
  /** Packets and bytes a connection may leave unread before it is cut. */
  readonly queuedPackets: number;
  readonly queuedBytes: number;
  /** Signals kept for a participant whose connection is lost. */
  readonly heldSignals: number;
  readonly heldBytes: number;
  /** Message ids remembered per participant for de-duplication. */
  readonly rememberedMessages: number;
}

export const DEFAULT_LIMITS: Limits = Object.freeze({
  rates: Object.freeze({
    description: { burst: 60, perSecond: 10 },
    candidates: { burst: 1_600, perSecond: 200 },
    update: { burst: 20, perSecond: 5 },
    join: { burst: 10, perSecond: 10 / 60 },
    prepare: { burst: 20, perSecond: 20 / 60 },
    ice: { burst: 10, perSecond: 10 / 60 },
    sync: { burst: 10, perSecond: 1 },
    leave: { burst: 10, perSecond: 1 },
    moderation: { burst: 20, perSecond: 1 },
    register: { burst: 20, perSecond: 0.5 },
    ring: { burst: 10, perSecond: 10 / 60 },
    answer: { burst: 20, perSecond: 1 },
    presence: { burst: 20, perSecond: 20 / 60 },
    'video-requests': { burst: 100, perSecond: 20 },
    'prepare-offer': { burst: 20, perSecond: 0.5 },
    'early-offers': { burst: 20, perSecond: 20 / 60 },
  }),
  addressFactor: 10,
  joinsPerAddressPerMinute: 120,
  roomsPerAddressPerMinute: 20,
  ringsPerCalleePerMinute: 60,
  ringsPerPairPerMinute: 8,
  devicesPerAddress: 50,
  ringsPerConnection: 4,
  waitingPerRoom: 100,
  failedAuthPerMinute: 10,
  requestsPerMinute: 100,
  connectionsPerAddress: 100,
  newConnectionsPerAddress: 60,
  connections: 5_000,
  strikes: 20,
  refusals: 200,
  pendingMessages: 1_000,
  queuedPackets: 256,
  queuedBytes: 1_048_576,
  heldSignals: 256,
  heldBytes: 1_048_576,
  rememberedMessages: 256,
});
