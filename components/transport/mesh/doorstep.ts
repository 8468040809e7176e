/**
 * Connections made ready at the door, one for each offer that is kept for us there. An offer is applied when it is seen,
 * which sends nothing; it is answered when the visitor is about to join, or joins. No track is put on before we are
 * inside. Everything here is a shortcut: what fails, grows old or is refused is dropped, and the join goes the ordinary way.
 */
import type { HandedOffer, IceReply, PeekReply, Signal } from '../../../server/protocol/schemas.js';
import { MAX_CANDIDATES_PER_MESSAGE, MAX_EARLY_ANSWERS } from '../../../server/protocol/limits.js';
import type { ParticipantId } from '../../core/participant.js';
import { Serial } from '../../core/serial.js';
import type { LinkTimings } from '../../core/timings.js';
import type { Doorstep, DoorstepContext } from '../../core/transport.js';
import { Connection } from './connection.js';
import { gatheringEnd } from './gathering.js';
import { hooksWithoutPeer, type Ready } from './ready.js';

/** The server reads no larger message; an answer is a few kilobytes. */
const MOST_CHARACTERS = 100_000;
/** What a machine has not answered by then costs more time than it saves. */
const ANSWER_MS = 500;

interface Visitor extends Ready {
  readonly from: ParticipantId;
  /** Lets it answer; resolves to null when it cannot. */
  answer(): Promise<Signal | null>;
  /** Its owner has the answer, or is about to. */
  met: boolean;
  close(): void;
}

export class MeshDoorstep implements Doorstep {
  readonly #context: DoorstepContext;
  readonly #timings: LinkTimings;
  /** By the name of the connection of the offer. */
  readonly #visitors = new Map<string, Visitor>();
  #ice: RTCIceServer[] = [];
  #looking: Promise<void> | null = null;
  #renewal: ReturnType<typeof setTimeout> | undefined;
  #tooLate: ReturnType<typeof setTimeout> | undefined;
  #later: ReturnType<typeof setTimeout> | undefined;
  #seenAt = 0;
  readonly #meetings = new Serial();
  /** The visitor joins: nothing is waited for any more. */
  readonly #entering = new AbortController();
  #closed = false;

  constructor(context: DoorstepContext, timings: LinkTimings) {
    this.#context = context;
    this.#timings = timings;
  }

  look(again = false): void {
    void this.#look(again);
  }

  offered({ offers, ice }: PeekReply): void {
    if (this.#busy) return;
    this.#use(ice);
    for (const offer of offers) {
      for (const [link, { from, met }] of this.#visitors) if (from === offer.from && !met) this.#drop(link);
      this.#make(offer);
    }
  }

  approach(): void {
    void this.#approach();
  }

  async enter(): Promise<void> {
    this.#entering.abort();
    this.#stopTimers();
    await this.#meetings.run(() => this.#meet());
  }

  /** For the link to their owner. */
  take(link: string): Ready | null {
    const visitor = this.#visitors.get(link) ?? null;
    this.#visitors.delete(link);
    return visitor;
  }

  close(): void {
    this.#closed = true;
    this.#stopTimers();
    for (const link of [...this.#visitors.keys()]) this.#drop(link);
  }

  /** What is ready now is what we join with. */
  get #busy(): boolean {
    return this.#closed || this.#entering.signal.aborted;
  }

  #stopTimers(): void {
    for (const timer of [this.#renewal, this.#tooLate, this.#later]) clearTimeout(timer);
  }

  #look(again: boolean): Promise<void> {
    return (this.#looking = this.#peek(again).catch(() => undefined));
  }

  async #peek(again: boolean): Promise<void> {
    if (this.#busy || this.#timings.metMs === 0) return;
    const { offers, ice } = await this.#context.ask('peek', again ? { again } : {});
    if (this.#busy) return;
    this.#seenAt = performance.now();
    const kept = new Set(offers.map(({ signal }) => signal.link));
    for (const [link, { met }] of this.#visitors) if (!kept.has(link) && !met) this.#drop(link);
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
    for (const [link, { met }] of this.#visitors) if (!met) this.#drop(link);
    void this.#look(true);
  }

  #make({ from, signal }: HandedOffer): void {
    if (this.#visitors.has(signal.link) || this.#visitors.size >= MAX_EARLY_ANSWERS) return;
    if ([...this.#visitors.values()].some((other) => other.from === from && other.met)) return;
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
    const connection = new Connection(config, options, {
      ...hooksWithoutPeer(send),
      mayAnswer: () => allowed,
      failed: () => tell(null),
    });
    connection.receive(signal).catch(() => tell(null));
    this.#visitors.set(signal.link, {
      from,
      connection,
      late,
      met: false,
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
    if (this.#visitors.size === 0 || performance.now() - this.#seenAt > this.#timings.parkedMs) void this.#look(false);
    await this.#looking;
    if (this.#busy) return;
    // Nobody joins: those we met let go of us, and so do we.
    this.#tooLate ??= setTimeout(() => this.#startOver(), this.#timings.metMs);
    await this.#meetings.run(() => this.#meet(this.#timings.meetMs));
  }

  #startOver(): void {
    this.#tooLate = undefined;
    for (const [link, { met }] of this.#visitors) if (met) this.#drop(link);
    // The server still counts them for a little while, and keeps no others for us.
    this.#later = setTimeout(() => void this.#look(true), this.#timings.metMs / 6);
  }

  /** Answers what is not answered yet, in one message, with the candidates found within `patienceMs`. */
  async #meet(patienceMs = 0): Promise<void> {
    const open = [...this.#visitors].filter(([, { met }]) => !met);
    for (const [, visitor] of open) visitor.met = true;
    const signals = await Promise.all(open.map(([, visitor]) => inTime(visitor.answer())));
    if (patienceMs > 0) await gathered(open, patienceMs, this.#entering.signal);
    const answers: { to: ParticipantId; signal: Signal }[] = [];
    let characters = 0;
    open.forEach(([link, { from: to, late }], index) => {
      const signal = signals[index];
      characters += signal ? JSON.stringify([signal, late]).length : 0;
      if (!signal || characters > MOST_CHARACTERS) return this.#drop(link);
      const candidates = late.flatMap((said) => said.candidates ?? []);
      const fits = candidates.length > 0 && candidates.length <= MAX_CANDIDATES_PER_MESSAGE;
      if (fits) late.length = 0; // else they follow when we are inside
      answers.push({ to, signal: { ...signal, ...(fits && { candidates }) } });
    });
    if (this.#closed || answers.length === 0) return;
    this.#context.ask('meet', { answers }).catch(() => undefined); // the join tells what came of it
  }

  #drop(link: string): void {
    this.#visitors.get(link)?.close();
    this.#visitors.delete(link);
  }
}

function inTime(answer: Promise<Signal | null>): Promise<Signal | null> {
  return Promise.race([answer, new Promise<null>((resolve) => setTimeout(resolve, ANSWER_MS, null))]);
}

async function gathered(visitors: readonly (readonly [string, Visitor])[], ms: number, hurry: AbortSignal): Promise<void> {
  const end = AbortSignal.any([AbortSignal.timeout(ms), hurry]);
  await Promise.all(visitors.map(([, { connection }]) => gatheringEnd(connection.pc, end)));
}
