/**
 * Perfect negotiation and nothing else (W3C webrtc-pc, section 10.7): two peers may offer at any moment,
 * and both end in the same state. Adds what a lossy line needs: rounds, so that a late or repeated
 * answer is recognised, and `redrive`, which sends again what may have been lost.
 * Knows no candidates, no tracks and no signaling connection.
 */
import type { Description } from '../../../server/protocol/schemas.js';

export interface Rounds {
  readonly round: number;
  readonly offersMade?: number;
}

export interface NegotiationHooks {
  /** Sends a description; `round` counts our offers, an answer repeats the round it answers and says how many `offers` we made. */
  send(description: Description, rounds: Rounds): void;
  /** An offer of the other side was applied: put our tracks on before the answer is made. */
  beforeAnswer(): Promise<void>;
  /** The two could not agree; `description` is what was refused, null when our own side failed. */
  failed(cause: unknown): void;
}

export class Negotiation {
  /** Decides who gives way when both offer. */
  polite: boolean;
  readonly #pc: RTCPeerConnection;
  readonly #hooks: NegotiationHooks;
  #makingOffer = false;
  #ignoreOffer = false;
  #settingRemoteAnswer = false;
  /** Our offers so far; the last one is pending while the connection is in `have-local-offer`. */
  #round = 0;
  /** The last round of the other side that we answered. */
  #answered = 0;
  /** Rounds of the other side up to this one are over, answered or rolled back. */
  #over = 0;

  constructor(pc: RTCPeerConnection, polite: boolean, hooks: NegotiationHooks) {
    this.#pc = pc;
    this.polite = polite;
    this.#hooks = hooks;
    pc.addEventListener('negotiationneeded', () => void this.#offer());
  }

  /** An offer of ours waits for its answer. */
  get pending(): boolean {
    return this.#pc.signalingState === 'have-local-offer';
  }

  /** True while candidates of the other side belong to an offer we refused. */
  get ignoring(): boolean {
    return this.#ignoreOffer;
  }

  /** Resolves to whether the description was applied: a late answer or a losing offer is not. */
  async receive(description: Description, { round, offersMade: offers = 0 }: Rounds): Promise<boolean> {
    try {
      return description.type === 'offer'
        ? await this.#receiveOffer(description, round)
        : await this.#receiveAnswer(description, round, offers);
    } catch (cause) {
      if (this.#pc.signalingState !== 'closed') this.#hooks.failed(cause);
      return false;
    }
  }

  /** The line was lost and is back: whatever was under way is said again; the other side recognises repeats. */
  redrive(): void {
    const { localDescription, signalingState } = this.#pc;
    if (!localDescription) return;
    if (signalingState === 'have-local-offer') this.#send(localDescription, this.#round);
    else if (localDescription.type === 'answer' && this.#answered > 0) this.#send(localDescription, this.#answered);
  }

  async #offer(): Promise<void> {
    try {
      this.#makingOffer = true;
      // Called at once, before anything is awaited: the event fires only in `stable`, and must find it so.
      await this.#pc.setLocalDescription();
      if (this.#pc.localDescription?.type !== 'offer') return; // an offer of the other side came first
      this.#round += 1;
      this.#send(this.#pc.localDescription, this.#round);
    } catch (cause) {
      if (this.#pc.signalingState !== 'closed') this.#hooks.failed(cause);
    } finally {
      this.#makingOffer = false;
    }
  }

  async #receiveOffer(offer: Description, round: number): Promise<boolean> {
    if (round <= this.#answered) {
      // A repeat: our answer was lost, or crossed it. The same answer again, without touching the connection.
      if (round === this.#answered && this.#pc.localDescription?.type === 'answer') this.#send(this.#pc.localDescription, round);
      return false;
    }
    if (round <= this.#over) return false; // it was rolled back, and its answer to ours was faster than itself
    const ready = !this.#makingOffer && (this.#pc.signalingState === 'stable' || this.#settingRemoteAnswer);
    this.#ignoreOffer = !ready && !this.polite;
    if (this.#ignoreOffer) return false;
    await this.#pc.setRemoteDescription(offer); // rolls our own offer back where there is one
    await this.#hooks.beforeAnswer();
    await this.#pc.setLocalDescription();
    this.#answered = round;
    if (this.#pc.localDescription) this.#send(this.#pc.localDescription, round);
    return true;
  }

  async #receiveAnswer(answer: Description, round: number, offers: number): Promise<boolean> {
    if (round !== this.#round || this.#pc.signalingState !== 'have-local-offer' || this.#settingRemoteAnswer) return false;
    try {
      this.#settingRemoteAnswer = true;
      await this.#pc.setRemoteDescription(answer);
      this.#over = Math.max(this.#over, offers);
    } finally {
      this.#settingRemoteAnswer = false;
    }
    return true;
  }

  #send(description: RTCSessionDescription, round: number): void {
    if (description.type !== 'offer' && description.type !== 'answer') return;
    const { type, sdp } = description;
    this.#hooks.send({ type, sdp }, type === 'answer' ? { round, offersMade: this.#round } : { round });
  }
}
