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
  /** Per connection. Joining a full mesh of eight is about 7 offers and 105 candidates within two seconds. */
  readonly rates: Readonly<Record<RateKind, Rate>>;
  /** What an address may do, in multiples of a connection: offices and schools share one address. Those named here first are settings, too (config-limits.ts). */
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
  /** REST requests of one address in a minute: all of a site come from its own server. */
  readonly apiRequestsPerMinute: number;
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
    candidates: { burst: 400, perSecond: 60 },
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
  // A school or a company behind one address: 130 people who come in at nine, 30 pairs who begin within seconds.
  addressFactor: 40,
  joinsPerAddressPerMinute: 600,
  roomsPerAddressPerMinute: 200,
  ringsPerCalleePerMinute: 60,
  ringsPerPairPerMinute: 8,
  devicesPerAddress: 50,
  ringsPerConnection: 4,
  waitingPerRoom: 100,
  failedAuthPerMinute: 10,
  requestsPerMinute: 600,
  apiRequestsPerMinute: 1_200,
  connectionsPerAddress: 500,
  newConnectionsPerAddress: 300,
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
