/**
 * One RTCPeerConnection with its negotiation, transceivers and candidates. Lives until its link replaces or
 * closes it; knows nothing of mending, rosters or other peers.
 */
import type { Mids, Signal, Source } from '../../../server/protocol/schemas.js';
import { randomId } from '../../core/random-id.js';
import { CandidateInbox, CandidateOutbox } from './candidates.js';
import { videoSourceOf, type VideoSource } from '../../core/participant.js';
import { DataChannels, type PipeHooks } from './data-channels.js';
import { Negotiation } from './negotiation.js';
import { SourceTransceivers, type Tracks } from './source-transceivers.js';

export interface MeshConnectionHooks {
  send(signal: Signal): void;
  /** Tracks to put on before the first description is made. */
  tracks(): Tracks;
  /** Who uses the data channel. Null: nobody is there yet who could send anything. */
  readonly pipes: PipeHooks | null;
  /** Their offer was applied: our answer waits for this. */
  mayAnswer?(): Promise<void>;
  stateChanged(): void;
  /** The other side's sources, each with the track it arrives on. */
  received(source: Source, track: MediaStreamTrack): void;
  failed(cause: unknown): void;
}

export class MeshConnection {
  /** Names this RTCPeerConnection to the other side. */
  readonly id = randomId();
  readonly pc: RTCPeerConnection;
  /** When it was made, on the clock of its statistics. */
  readonly since = performance.timeOrigin + performance.now();
  /** Made the first offer, or will. */
  readonly initiator: boolean;
  readonly transceivers: SourceTransceivers;
  #hooks: MeshConnectionHooks;
  readonly #channels: DataChannels;
  readonly #negotiation: Negotiation;
  readonly #inbox: CandidateInbox;
  readonly #outbox: CandidateOutbox;
  /** Names the other side's RTCPeerConnection; null until it spoke. */
  #remoteId: string | null = null;
  #remoteMids: Mids = {};

  constructor(
    config: RTCConfiguration,
    options: { readonly initiator: boolean; readonly polite: boolean; readonly candidateBatchMs: number },
    hooks: MeshConnectionHooks,
  ) {
    this.initiator = options.initiator;
    this.#hooks = hooks;
    this.pc = new RTCPeerConnection({ bundlePolicy: 'max-bundle', ...config });
    this.transceivers = new SourceTransceivers(this.pc);
    this.#channels = new DataChannels(this.pc, () => this.#hooks.pipes);
    this.#negotiation = new Negotiation(this.pc, options.polite, {
      send: (description, rounds) => this.#send({ description, ...rounds, mids: this.transceivers.mids() }),
      beforeAnswer: async () => {
        this.#channels.open();
        await this.transceivers.adopt(this.#remoteMids, this.#hooks.tracks());
        await this.#hooks.mayAnswer?.();
      },
      failed: (cause) => this.#hooks.failed(cause),
    });
    this.#inbox = new CandidateInbox(this.pc);
    this.#outbox = new CandidateOutbox(this.pc, options.candidateBatchMs, (candidates) => this.#send({ candidates }));
    this.pc.addEventListener('connectionstatechange', () => this.#hooks.stateChanged());
    // That the way is there changes nothing of the whole. All else of ICE does, and is told with it: one may be ahead of the other.
    this.pc.addEventListener('iceconnectionstatechange', () => {
      if (this.pc.connectionState === 'connecting') this.#hooks.stateChanged();
    });
  }

  get remoteId(): string | null {
    return this.#remoteId;
  }

  /** Makes the first offer. The other side's Connection only waits for it. */
  async start(): Promise<void> {
    if (!this.initiator) return;
    this.#channels.open();
    await this.transceivers.make(this.#hooks.tracks());
  }

  /** It was made before there was a link, and belongs to one now. The two may be connected already. */
  async assign(hooks: MeshConnectionHooks, polite: boolean): Promise<void> {
    this.#hooks = hooks;
    this.#negotiation.polite = polite;
    this.#channels.linked();
    if (this.pc.signalingState === 'stable' && this.#remoteId !== null) this.#announceReceived();
    this.#hooks.stateChanged();
    for (const [source, track] of hooks.tracks()) await this.transceivers.setTrack(source, track);
  }

  async receive(signal: Signal): Promise<void> {
    this.#remoteId ??= signal.connectionId;
    const { description, round, offersMade: offers, mids, candidates } = signal;
    if (description && round !== undefined) {
      const before = this.#remoteMids;
      if (mids) this.#remoteMids = mids;
      const applied = await this.#negotiation.receive(description, {
        round,
        ...(offers !== undefined && { offersMade: offers }),
      });
      if (applied) {
        this.#announceReceived();
        await this.#inbox.descriptionApplied();
        // What was published while the transceivers were not there yet: a screen, mostly.
        for (const [source, track] of this.#hooks.tracks()) await this.transceivers.setTrack(source, track);
      } else {
        this.#remoteMids = before;
      }
    }
    if (candidates) await this.#inbox.receive(candidates, this.#negotiation.ignoring);
  }

  /** What is carried at this place of the description, by us or by them. */
  videoSourceAt(mid: string | undefined): VideoSource {
    const ours = this.transceivers.mids();
    const source = (Object.keys({ ...ours, ...this.#remoteMids }) as Source[]).find(
      (key) => mid !== undefined && (ours[key] === mid || this.#remoteMids[key] === mid),
    );
    return source ? videoSourceOf(source) : 'camera';
  }

  /** Says again what may have been lost. */
  redrive(): void {
    this.#negotiation.redrive();
  }

  /** New ICE candidates and a new check of all paths; media goes on meanwhile. */
  restartIce(config: RTCConfiguration): void {
    this.pc.setConfiguration({ ...this.pc.getConfiguration(), ...config });
    if (this.#negotiation.pending) this.redrive(); // the pending offer may be the lost one
    this.pc.restartIce();
  }

  close(): void {
    this.#outbox.close();
    this.#channels.close();
    this.pc.close();
  }

  #announceReceived(): void {
    for (const transceiver of this.pc.getTransceivers()) {
      const source = (Object.keys(this.#remoteMids) as Source[]).find((key) => this.#remoteMids[key] === transceiver.mid);
      if (source && transceiver.mid !== null) this.#hooks.received(source, transceiver.receiver.track);
    }
  }

  #send(part: Omit<Signal, 'connectionId' | 'remoteConnectionId'>): void {
    if (this.pc.signalingState === 'closed') return;
    this.#hooks.send({ connectionId: this.id, ...(this.#remoteId !== null && { remoteConnectionId: this.#remoteId }), ...part });
  }
}
