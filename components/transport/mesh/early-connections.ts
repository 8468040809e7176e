/**
 * Connections made ready at the door, one for each offer that is kept for us there. An offer is applied when it is seen,
 * which sends nothing; it is answered when the connection is about to join, or joins. No track is put on before we are
 * inside. Everything here is a shortcut: what fails, grows old or is refused is dropped, and the join goes the ordinary way.
 */
import type { PeerOffer, IceReply, EarlyOffersReply, Signal } from '../../../server/protocol/schemas.js';
import { MAX_CANDIDATES_PER_MESSAGE, MAX_EARLY_ANSWERS } from '../../../server/protocol/limits.js';
import type { ParticipantId } from '../../core/participant.js';
import { Serial } from '../../core/serial.js';
import type { LinkTimings } from '../../core/timings.js';
import type { EarlyConnections, EarlyConnectionsContext } from '../../core/transport.js';
import { MeshConnection } from './mesh-connection.js';
import { gatheringEnd } from './gathering.js';
import { hooksWithoutPeer, type PreparedConnection } from './prepared-connection.js';
import { toJson } from '../../core/json.js';

/** The server reads no larger message; an answer is a few kilobytes. */
const MOST_CHARACTERS = 100_000;
/** What a machine has not answered by then costs more time than it saves. */
const ANSWER_MS = 500;

interface EarlyConnection extends PreparedConnection {
  readonly from: ParticipantId;
  /** Lets it answer; resolves to null when it cannot. */
  answer(): Promise<Signal | null>;
  /** Its owner has the answer, or is about to. */
  answered: boolean;
  close(): void;
}

export class MeshEarlyConnections implements EarlyConnections {
  readonly #context: EarlyConnectionsContext;
  readonly #timings: LinkTimings;
  /** By the name of the connection of the offer. */
  readonly #connections = new Map<string, EarlyConnection>();
  #ice: RTCIceServer[] = [];
  #probing: Promise<void> | null = null;
  #renewal: ReturnType<typeof setTimeout> | undefined;
  #expiry: ReturnType<typeof setTimeout> | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #fetchedAt = 0;
  readonly #answering = new Serial();
  /** The connection joins: nothing is waited for any more. */
  readonly #joining = new AbortController();
  #closed = false;

  constructor(context: EarlyConnectionsContext, timings: LinkTimings) {
    this.#context = context;
    this.#timings = timings;
  }

  probe(again = false): void {
    void this.#probe(again);
  }

  offersChanged({ offers, ice }: EarlyOffersReply): void {
    if (this.#busy) return;
    this.#use(ice);
    for (const offer of offers) {
      for (const [link, { from, answered }] of this.#connections) if (from === offer.from && !answered) this.#drop(link);
      this.#make(offer);
    }
  }

  approach(): void {
    void this.#approach();
  }

  async beforeJoin(): Promise<void> {
    this.#joining.abort();
    this.#stopTimers();
    await this.#answering.run(() => this.#answerAll());
  }

  /** For the link to their owner. */
  take(link: string): PreparedConnection | null {
    const early = this.#connections.get(link) ?? null;
    this.#connections.delete(link);
    return early;
  }

  close(): void {
    this.#closed = true;
    this.#stopTimers();
    for (const link of [...this.#connections.keys()]) this.#drop(link);
  }

  /** What is ready now is what we join with. */
  get #busy(): boolean {
    return this.#closed || this.#joining.signal.aborted;
  }

  #stopTimers(): void {
    for (const timer of [this.#renewal, this.#expiry, this.#retry]) clearTimeout(timer);
  }

  #probe(again: boolean): Promise<void> {
    return (this.#probing = this.#fetchOffers(again).catch(() => undefined));
  }

  async #fetchOffers(again: boolean): Promise<void> {
    if (this.#busy || this.#timings.earlyConnectionMs === 0) return;
    const { offers, ice } = await this.#context.request('early-offers', again ? { again } : {});
    if (this.#busy) return;
    this.#fetchedAt = performance.now();
    const kept = new Set(offers.map(({ signal }) => signal.connectionId));
    for (const [link, { answered }] of this.#connections) if (!kept.has(link) && !answered) this.#drop(link);
    if (offers.length > 0) this.#use(ice);
    for (const offer of offers) this.#make(offer);
  }

  #use({ iceServers, expiresInMs }: IceReply): void {
    this.#ice = iceServers;
    // Before the credentials of the relay end, everything is made with new ones.
    if (expiresInMs !== undefined) this.#renewal ??= setTimeout(() => this.#renew(), expiresInMs / 2);
  }

  #renew(): void {
    this.#renewal = undefined;
    for (const [link, { answered }] of this.#connections) if (!answered) this.#drop(link);
    void this.#probe(true);
  }

  #make({ from, signal }: PeerOffer): void {
    if (this.#connections.has(signal.connectionId) || this.#connections.size >= MAX_EARLY_ANSWERS) return;
    if ([...this.#connections.values()].some((other) => other.from === from && other.answered)) return;
    const iceServers = [...(this.#context.iceServers() ?? this.#ice)];
    const config = { iceServers, iceTransportPolicy: this.#context.iceTransportPolicy() };
    const options = { initiator: false, polite: true, candidateBatchMs: this.#timings.candidateBatchMs };
    let allow: () => void = () => undefined;
    const allowed = new Promise<void>((resolve) => (allow = resolve));
    let tell: (answer: Signal | null) => void = () => undefined;
    const answered = new Promise<Signal | null>((resolve) => (tell = resolve));
    const late: Signal[] = [];
    const send = (said: Signal): void => {
      if (said.description?.type === 'answer') tell(said);
      else late.push(said);
    };
    const connection = new MeshConnection(config, options, {
      ...hooksWithoutPeer(send),
      mayAnswer: () => allowed,
      failed: () => tell(null),
    });
    connection.receive(signal).catch(() => tell(null));
    this.#connections.set(signal.connectionId, {
      from,
      connection,
      late,
      answered: false,
      answer: () => {
        allow();
        return answered;
      },
      close: () => {
        connection.close();
        tell(null);
      },
    });
  }

  async #approach(): Promise<void> {
    // What was kept for us is not kept for ever.
    if (this.#connections.size === 0 || performance.now() - this.#fetchedAt > this.#timings.preparedOfferMs)
      void this.#probe(false);
    await this.#probing;
    if (this.#busy) return;
    // Nobody joins: those we answered let go of us, and so do we.
    this.#expiry ??= setTimeout(() => this.#startOver(), this.#timings.earlyConnectionMs);
    await this.#answering.run(() => this.#answerAll(this.#timings.earlyAnswerMs));
  }

  #startOver(): void {
    this.#expiry = undefined;
    for (const [link, { answered }] of this.#connections) if (answered) this.#drop(link);
    // The server still counts them for a little while, and keeps no others for us.
    this.#retry = setTimeout(() => void this.#probe(true), this.#timings.earlyConnectionMs / 6);
  }

  /** Answers what is not answered yet, in one message, with the candidates found within `patienceMs`. */
  async #answerAll(patienceMs = 0): Promise<void> {
    const open = [...this.#connections].filter(([, { answered }]) => !answered);
    for (const [, early] of open) early.answered = true;
    const signals = await Promise.all(open.map(([, early]) => inTime(early.answer())));
    if (patienceMs > 0) await gathered(open, patienceMs, this.#joining.signal);
    const answers: { to: ParticipantId; signal: Signal }[] = [];
    let characters = 0;
    open.forEach(([link, { from: to, late }], index) => {
      const signal = signals[index];
      characters += signal ? toJson([signal, late]).length : 0;
      if (!signal || characters > MOST_CHARACTERS) return this.#drop(link);
      const candidates = late.flatMap((said) => said.candidates ?? []);
      const fits = candidates.length > 0 && candidates.length <= MAX_CANDIDATES_PER_MESSAGE;
      if (fits) late.length = 0; // else they follow when we are inside
      answers.push({ to, signal: { ...signal, ...(fits && { candidates }) } });
    });
    if (this.#closed || answers.length === 0) return;
    this.#context.request('early-answers', { answers }).catch(() => undefined); // the join tells what came of it
  }

  #drop(link: string): void {
    this.#connections.get(link)?.close();
    this.#connections.delete(link);
  }
}

function inTime(answer: Promise<Signal | null>): Promise<Signal | null> {
  return Promise.race([answer, new Promise<null>((resolve) => setTimeout(resolve, ANSWER_MS, null))]);
}

async function gathered(
  earlyConnections: readonly (readonly [string, EarlyConnection])[],
  ms: number,
  hurry: AbortSignal,
): Promise<void> {
  const end = AbortSignal.any([AbortSignal.timeout(ms), hurry]);
  await Promise.all(earlyConnections.map(([, { connection }]) => gatheringEnd(connection.pc, end)));
}
