/**
 * Every duration and count the page side acts on, in one overridable table, each with its reason. Tests and odd
 * networks need other values: `createCall(options, { timings })`. Milliseconds throughout. Knows nothing else.
 */

/** `burst` at once, then `perSecond` on average. */
export interface Pace {
  readonly burst: number;
  readonly perSecond: number;
}

/** The connection to the server. */
export interface SignalingTimings {
  /** From opening the socket to the answer of the server: a slow line needs 6 s, a blocked one never answers. */
  readonly connectMs: number;
  /** From a request to its acknowledgement; after it the line counts as dead and is opened anew. */
  readonly ackMs: number;
  /** How long a join by plain HTTP is waited for before the line is asked instead. 0: never asked that way. */
  readonly httpJoinMs: number;
  /** How long the first join is tried before the visitor hears of it. */
  readonly joinMs: number;
  /** How long a join waits for a look at the door that is under way: its line is nearly up, or it hangs. */
  readonly prepareMs: number;
  /** From a question after the network changed to its answer: a living line is quicker, a dead one must not hold a restart back. */
  readonly checkMs: number;
  /** Before try 0, 1, 2 …; the last one repeats. The first is at once: most losses are blips. */
  readonly retryDelaysMs: readonly number[];
  /** Added at random, so that the clients of a restarted server come back spread; a fifth of it before the very first try. */
  readonly retryJitterMs: number;
  /** How long a page may take to bring the token it said it would bring. */
  readonly tokenMs: number;
  /** After this the server has given the seat of a reloaded page away, and asking for it would only cost time. */
  readonly seatMemoryMs: number;
  /** How fast offers, and candidates, are sent: a little below what the server allows, so that it never has to refuse. */
  readonly pace: { readonly descriptions: Pace; readonly candidates: Pace };
}

/** The link to one participant. */
export interface LinkTimings {
  /** From the start of a link to its first restart. Covers a slow network: nothing is lost by waiting. */
  readonly connectMs: number;
  /** From the way being found to the end of the handshake on it: a few round trips, and time to say again what was lost. */
  readonly secureMs: number;
  /** `disconnected` usually heals by itself within this. */
  readonly settleMs: number;
  /** What one restart gets before the next. */
  readonly restartMs: number;
  /** What a rebuilt connection gets, and the pace of the tries after that. */
  readonly rebuildMs: number;
  /** The polite side waits this much longer, so that the two do not mend at the same moment. */
  readonly politeExtraMs: number;
  /** Restarts before the connection itself is made anew: what three did not mend, a fourth will not. */
  readonly restarts: number;
  /** Between two looks at whether anything arrives. A muted picture and a held microphone still send something in that time. */
  readonly silenceMs: number;
  /** Candidates are collected this long before they are sent: a message each would only cost the server. */
  readonly candidateBatchMs: number;
  /** From entering, or from the use of a prepared offer, to the next: not while connections are being made. 0: none is ever prepared. */
  readonly prepareOfferAfterMs: number;
  /** How long the candidates of an offer are waited for before it is prepared; later ones follow when it is used. */
  readonly gatherMs: number;
  /** A prepared offer is replaced after this: the server forgets it, and routers forget its addresses. */
  readonly preparedOfferMs: number;
  /** Candidates found within this go along with an answer from the door; later ones follow when we are inside. */
  readonly earlyAnswerMs: number;
  /** Connections made from the door are given up after this by who stands there, a little before the server does. 0: none are made. */
  readonly earlyConnectionMs: number;
  /** And after this by those inside, when nobody came: a little later. */
  readonly pendingPeerMs: number;
  /** What is shown here is told to the others this long after it changed, so that a box that is dragged asks once. */
  readonly videoRequestMs: number;
}

/** What a call needs besides: its own devices, and the credentials of the relay. */
export interface MediaTimings {
  /** Some browsers notice that a device is gone only when they are asked. */
  readonly devicePollMs: number;
  /** A shorter mute was a hiccup of the machine, and the track goes on by itself; a longer one may leave it dead. */
  readonly interruptionMs: number;
  /** What is on no page by then is not asked for any more: tiles take a moment to tell what they show. */
  readonly unshownMs: number;
  /** What a transport that is to take over gets until everything arrives over it; then the call goes on as it was. */
  readonly switchMs: number;
  /** The transport of before goes on for so long after a switch: the others do not switch in the same moment. */
  readonly lingerMs: number;
  /** Before the end of TURN credentials at which they are renewed, so that nothing expires on the way. */
  readonly iceMarginMs: number;
}

export interface CallTimings {
  readonly signaling: SignalingTimings;
  readonly link: LinkTimings;
  readonly media: MediaTimings;
}

/** Any part of the table. */
export type TimingOverrides = { readonly [Group in keyof CallTimings]?: Partial<CallTimings[Group]> };

export const DEFAULT_TIMINGS: CallTimings = Object.freeze({
  signaling: Object.freeze({
    connectMs: 10_000,
    ackMs: 5_000,
    httpJoinMs: 3_000,
    joinMs: 15_000,
    prepareMs: 3_000,
    checkMs: 2_000,
    retryDelaysMs: Object.freeze([0, 300, 1_200, 2_700, 4_800, 7_000]),
    retryJitterMs: 1_000,
    tokenMs: 30_000,
    seatMemoryMs: 30_000,
    pace: Object.freeze({
      descriptions: Object.freeze({ burst: 50, perSecond: 9 }),
      candidates: Object.freeze({ burst: 1_400, perSecond: 180 }),
    }),
  }),
  link: Object.freeze({
    connectMs: 10_000,
    secureMs: 5_000,
    settleMs: 2_000,
    restartMs: 10_000,
    rebuildMs: 15_000,
    politeExtraMs: 1_000,
    restarts: 3,
    silenceMs: 4_000,
    candidateBatchMs: 20,
    prepareOfferAfterMs: 1_000,
    gatherMs: 2_000,
    preparedOfferMs: 90_000,
    earlyAnswerMs: 300,
    earlyConnectionMs: 18_000,
    pendingPeerMs: 25_000,
    videoRequestMs: 150,
  }),
  media: Object.freeze({
    devicePollMs: 5_000,
    interruptionMs: 1_000,
    unshownMs: 6_000,
    switchMs: 15_000,
    lingerMs: 2_000,
    iceMarginMs: 30_000,
  }),
});

export function withTimings({ signaling, link, media }: TimingOverrides = {}): CallTimings {
  return {
    signaling: { ...DEFAULT_TIMINGS.signaling, ...signaling },
    link: { ...DEFAULT_TIMINGS.link, ...link },
    media: { ...DEFAULT_TIMINGS.media, ...media },
  };
}
