/**
 * Every duration the server acts on, in one table, each with its reason. Any of them can be
 * overridden (`deps.timings`), which is how the tests avoid waiting. Knows nothing else.
 */
export interface Timings {
  /** How often a connection is asked whether it lives. */
  readonly pingIntervalMs: number;
  /** How long it may take to answer: interval + timeout is the longest a half-open connection goes unnoticed (18 s). */
  readonly pingTimeoutMs: number;
  /** A WebSocket that never speaks Socket.IO is not a visitor. */
  readonly connectTimeoutMs: number;
  /** A connection must prepare or join within this, or it only costs memory. */
  readonly joinDeadlineMs: number;
  /** A visitor may look at the preview for this long before the connection is given up. */
  readonly previewDeadlineMs: number;
  /** Shorter than this, the others need not know that somebody's connection was lost. */
  readonly awayAfterMs: number;
  /** How long a seat waits for its owner: a tunnel, a reload, a restart of the router. */
  readonly graceMs: number;
  /**
   * Who was inside may come back without a new token for this long after joining, also when the seat is gone. 0: never.
   */
  readonly returnMs: number;
  /** How long for a page that said it goes away: time enough for a reload, short enough that nobody talks to a ghost. */
  readonly reloadMs: number;
  /** A parked offer waits this long for a newcomer; the page brings a new one before. 0: nobody parks. */
  readonly preparedOfferMs: number;
  /** Offers are kept for somebody at the door until this long after they last looked: who only stands there must not slow others down. */
  readonly reservedOfferMs: number;
  /**
   * Who met those inside from the door must join within this, or is a stranger again; the pages give up a little earlier and a
   * little later. 0: nobody meets anybody before joining.
   */
  readonly earlyConnectionMs: number;
  /** In a hunt group in turn, how long it rings at one before the next. */
  readonly ringTurnMs: number;
  /** How a ring ended is remembered for who was reloading just then. */
  readonly ringKeptMs: number;
  /** After a restart, a ring waits this long for who was rung to come back. */
  readonly calleeReturnMs: number;
  /** A registration with a token is good for this long, a working day; then it takes a new token. */
  readonly passMs: number;
  /** A ticket to a private room opens it for this long. */
  readonly ticketMs: number;
  /** After a start, signed resume tokens give seats back that this process never knew: the clients of a restarted server. */
  readonly rebuildMs: number;
  /** An empty room is remembered this long, so that its numbering goes on when everybody reconnects. */
  readonly emptyRoomMs: number;
  /** A handler that has no answer by then is answered for. */
  readonly handlerDeadlineMs: number;
  /** Changes at the door are told at most this often: a crowd coming in is one message, not twenty. */
  readonly previewEveryMs: number;
  /** Invalid and refused messages are counted over this window. */
  readonly strikeWindowMs: number;
  /** A join whose answer was lost can be asked again this long after it was made. */
  readonly joinRetryMs: number;
  /** Lifetime of TURN credentials: long enough to connect, too short to be worth stealing. */
  readonly turnTtlMs: number;
  /** How far the clock of who signs tokens may be off. */
  readonly tokenToleranceMs: number;
  /** A token is worth nothing after this, whatever it says. */
  readonly tokenMaxAgeMs: number;
  /** Who was sent out of a room stays out for this long. */
  readonly banMs: number;
  /** An address with too many failed proofs is not listened to for this long. */
  readonly authBlockMs: number;
  /** A client may take this long to end a connection that the server closed; dead ones would hold it for 30 s. */
  readonly lingerMs: number;
  /** Shutting down takes no longer than this. */
  readonly drainMs: number;
}

export const DEFAULT_TIMINGS: Timings = Object.freeze({
  pingIntervalMs: 10_000,
  pingTimeoutMs: 8_000,
  connectTimeoutMs: 10_000,
  joinDeadlineMs: 10_000,
  previewDeadlineMs: 600_000,
  awayAfterMs: 3_000,
  graceMs: 30_000,
  returnMs: 21_600_000,
  reloadMs: 5_000,
  preparedOfferMs: 120_000,
  reservedOfferMs: 120_000,
  earlyConnectionMs: 20_000,
  ringTurnMs: 12_000,
  ringKeptMs: 30_000,
  calleeReturnMs: 8_000,
  passMs: 43_200_000,
  ticketMs: 86_400_000,
  rebuildMs: 120_000,
  emptyRoomMs: 30_000,
  handlerDeadlineMs: 5_000,
  previewEveryMs: 500,
  strikeWindowMs: 10_000,
  joinRetryMs: 60_000,
  turnTtlMs: 600_000,
  tokenToleranceMs: 30_000,
  tokenMaxAgeMs: 3_600_000,
  banMs: 3_600_000,
  authBlockMs: 600_000,
  lingerMs: 1_000,
  drainMs: 10_000,
});

/**
 * A seat claim describes a seat to a server that was restarted and remembers nobody. It is renewed while somebody sits there, and
 * lives long enough that a server which is back within the grace finds everybody's still good.
 */
export const seatClaimMs = ({ graceMs }: Pick<Timings, 'graceMs'>): number => 2 * graceMs;
export const seatRenewalMs = ({ graceMs }: Pick<Timings, 'graceMs'>): number => graceMs / 2;
