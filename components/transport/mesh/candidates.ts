/**
 * Candidates on their way. Incoming ones wait for the description they belong to (ICE user fragment),
 * and stale ones are dropped quietly; outgoing ones travel in small batches.
 */
import type { Candidate, Signal } from '../../../server/protocol/schemas.js';
import { MAX_CANDIDATES_PER_GENERATION, MAX_CANDIDATES_PER_MESSAGE } from '../../../server/protocol/limits.js';

/** `a=ice-ufrag` of every section (RFC 8839, section 5.4). */
export function userFragments(sdp: string): ReadonlySet<string> {
  return new Set([...sdp.matchAll(/^a=ice-ufrag:(\S+)/gm)].map((match) => match[1] ?? ''));
}

export class CandidateInbox {
  readonly #pc: RTCPeerConnection;
  #waiting: Candidate[] = [];
  /** Fragments of the remote description in force, and of those before it: what belongs to these is over. */
  #now: ReadonlySet<string> = new Set();
  readonly #past = new Set<string>();

  constructor(pc: RTCPeerConnection) {
    this.#pc = pc;
  }

  /** `tolerant`: these may belong to an offer we refused, so failures mean nothing. */
  async receive(candidates: readonly Candidate[], tolerant: boolean): Promise<void> {
    this.#look();
    for (const candidate of candidates) {
      const belongs = this.#belongs(candidate);
      if (belongs === 'now') await this.#add(candidate, tolerant);
      // Late ones must not take the room of those that are early.
      else if (belongs === 'later' && this.#waiting.length < MAX_CANDIDATES_PER_GENERATION) this.#waiting.push(candidate);
    }
  }

  /** A description was applied: what waited for it goes in, what it made stale goes out. */
  async descriptionApplied(): Promise<void> {
    this.#look();
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const candidate of waiting) if (this.#belongs(candidate) === 'now') await this.#add(candidate, true);
  }

  #look(): void {
    const now = userFragments(this.#pc.remoteDescription?.sdp ?? '');
    for (const fragment of this.#now) if (!now.has(fragment)) this.#past.add(fragment);
    for (const fragment of now) this.#past.delete(fragment); // an offer that was rolled back, and won after all
    this.#now = now;
  }

  #belongs(candidate: Candidate): 'past' | 'now' | 'later' {
    if (this.#now.size === 0) return 'later';
    const fragment = candidate.usernameFragment ?? fragmentOf(candidate.candidate);
    if (fragment === null || this.#now.has(fragment)) return 'now';
    return this.#past.has(fragment) ? 'past' : 'later';
  }

  async #add(candidate: Candidate, tolerant: boolean): Promise<void> {
    try {
      // An end-of-candidates without an m-line is for all of them: no argument says that in every browser.
      const forAll = candidate.candidate === '' && candidate.sdpMid == null && candidate.sdpMLineIndex == null;
      await this.#pc.addIceCandidate(forAll ? undefined : candidate);
    } catch (error) {
      if (!tolerant && this.#pc.signalingState !== 'closed') throw error;
    }
  }
}

/** Candidates that overtook the offer of a connection not known yet, by its id. */
export class EarlyCandidates {
  readonly #kept = new Map<string, readonly Candidate[]>();

  keep(link: string, candidates: readonly Candidate[]): void {
    const kept = this.#kept.get(link) ?? [];
    if (!this.#kept.has(link)) this.#kept.clear(); // only the newest unknown connection can be the next one
    this.#kept.set(link, [...kept, ...candidates].slice(0, MAX_CANDIDATES_PER_GENERATION));
  }

  /** What came before it, in its place. */
  joined(signal: Signal): Signal {
    const kept = this.#kept.get(signal.connectionId);
    if (!kept) return signal;
    this.#kept.delete(signal.connectionId);
    return { ...signal, candidates: [...kept, ...(signal.candidates ?? [])] };
  }
}

export class CandidateOutbox {
  readonly #send: (candidates: Candidate[]) => void;
  readonly #batchMs: number;
  #batch: Candidate[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(pc: RTCPeerConnection, batchMs: number, send: (candidates: Candidate[]) => void) {
    this.#batchMs = batchMs;
    this.#send = send;
    pc.addEventListener('icecandidate', ({ candidate }) =>
      this.#add(candidate ? toWire(candidate) : endOf(pc.localDescription?.sdp ?? '')),
    );
  }

  /** Sends nothing any more. */
  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#batch = [];
  }

  #add(candidate: Candidate): void {
    this.#batch.push(candidate);
    if (this.#batch.length >= MAX_CANDIDATES_PER_MESSAGE) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flush(), this.#batchMs);
  }

  #flush(): void {
    const batch = this.#batch;
    this.close();
    this.#send(batch);
  }
}

function toWire({ candidate, sdpMid, sdpMLineIndex, usernameFragment }: RTCIceCandidate): Candidate {
  return { candidate, sdpMid, sdpMLineIndex, usernameFragment };
}

/** The end of all candidates says whose end it is: one that comes late must not end the next generation. */
function endOf(sdp: string): Candidate {
  const [usernameFragment] = userFragments(sdp);
  return { candidate: '', ...(usernameFragment !== undefined && { usernameFragment }) };
}

function fragmentOf(candidate: string): string | null {
  return / ufrag (\S+)/.exec(candidate)?.[1] ?? null;
}
