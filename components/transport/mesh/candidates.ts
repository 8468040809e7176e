/**
 * Candidates on their way. Incoming ones wait for the description they belong to (ICE user fragment),
 * and stale ones are dropped quietly; outgoing ones travel in small batches.
 */
import type { Candidate } from '../../../server/protocol/schemas.js';
import { MAX_CANDIDATES_PER_GENERATION, MAX_CANDIDATES_PER_MESSAGE } from '../../../server/protocol/limits.js';

/** `a=ice-ufrag` of every section (RFC 8839, section 5.4). */
export function userFragments(sdp: string): ReadonlySet<string> {
  return new Set([...sdp.matchAll(/^a=ice-ufrag:(\S+)/gm)].map((match) => match[1] ?? ''));
}

export class CandidateInbox {
  readonly #pc: RTCPeerConnection;
  #waiting: Candidate[] = [];

  constructor(pc: RTCPeerConnection) {
    this.#pc = pc;
  }

  /** `tolerant`: these may belong to an offer we refused, so failures mean nothing. */
  async receive(candidates: readonly Candidate[], tolerant: boolean): Promise<void> {
    for (const candidate of candidates) {
      if (this.#isForNow(candidate)) await this.#add(candidate, tolerant);
      else if (this.#waiting.length < MAX_CANDIDATES_PER_GENERATION) this.#waiting.push(candidate);
    }
  }

  /** A description was applied: what waited for it goes in, what it made stale goes out. */
  async descriptionApplied(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const candidate of waiting) if (this.#isForNow(candidate)) await this.#add(candidate, true);
  }

  #isForNow(candidate: Candidate): boolean {
    const remote = this.#pc.remoteDescription;
    if (!remote) return false;
    const fragment = candidate.usernameFragment ?? fragmentOf(candidate.candidate);
    return fragment === null || userFragments(remote.sdp).has(fragment);
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

export class CandidateOutbox {
  readonly #send: (candidates: Candidate[]) => void;
  readonly #batchMs: number;
  #batch: Candidate[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(pc: RTCPeerConnection, batchMs: number, send: (candidates: Candidate[]) => void) {
    this.#batchMs = batchMs;
    this.#send = send;
    pc.addEventListener('icecandidate', ({ candidate }) => this.#add(candidate));
  }

  /** Sends nothing any more. */
  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#batch = [];
  }

  #add(candidate: RTCIceCandidate | null): void {
    this.#batch.push(candidate ? toWire(candidate) : { candidate: '' });
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

function fragmentOf(candidate: string): string | null {
  return / ufrag (\S+)/.exec(candidate)?.[1] ?? null;
}
