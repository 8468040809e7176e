/** A transport that carries nothing: remembers what it was told, and lets the test play the network. */
import type { Signal } from '../../server/protocol/schemas.js';
import { NO_NETWORK, type NetworkStats } from '../core/network.js';
import type { ParticipantId, Source, VideoSource } from '../core/participant.js';
import type { LinkFault } from '../core/simulation.js';
import type {
  AcceptsSignals,
  CarriesData,
  FailsOnDemand,
  MediaTransport,
  ReportsLevels,
  ReportsNetwork,
  RosterPeer,
  VideoConsumer,
  TakesVideoRequests,
  TransportContext,
  VideoSize,
} from '../core/transport.js';

export class FakeTransport
  implements MediaTransport, AcceptsSignals, CarriesData, FailsOnDemand, ReportsLevels, ReportsNetwork, TakesVideoRequests
{
  readonly kind = 'mesh';
  readonly context: TransportContext;
  readonly published = new Map<Source, MediaStreamTrack>();
  readonly received: { readonly from: ParticipantId; readonly signal: Signal }[] = [];
  /** What was asked of it, in order. */
  readonly calls: string[] = [];
  readonly data: { readonly to: ParticipantId; readonly data: string }[] = [];
  /** Set to keep what is sent from arriving: it waits for this, and fails with it. */
  delivery: Promise<void> = Promise.resolve();
  roster: readonly RosterPeer[] = [];
  /** What is shown of whom, by `participant/surface`. */
  readonly requested = new Map<string, VideoSize | null>();
  /** What a recording shows of them. */
  readonly recorded = new Map<string, VideoSize | null>();
  prioritized: ParticipantId | null = null;
  loudness: ReadonlyMap<ParticipantId, number> = new Map();

  network: NetworkStats = NO_NETWORK;

  constructor(context: TransportContext) {
    this.context = context;
  }

  async start(): Promise<void> {
    this.calls.push('start');
  }

  setRoster(peers: readonly RosterPeer[]): void {
    this.roster = peers;
  }

  async publish(source: Source, track: MediaStreamTrack | null): Promise<void> {
    if (track) this.published.set(source, track);
    else this.published.delete(source);
  }

  receive(from: ParticipantId, signal: Signal): void {
    this.received.push({ from, signal });
  }

  signalingResumed(): void {
    this.calls.push('signalingResumed');
  }

  networkChanged(): void {
    this.calls.push('networkChanged');
  }

  reconfigured(): void {
    this.calls.push('reconfigured');
  }

  fail(fault: LinkFault): void {
    this.calls.push(fault);
  }

  levels(): ReadonlyMap<ParticipantId, number> {
    return this.loudness;
  }

  async networkStats(): Promise<NetworkStats> {
    return this.network;
  }

  async sendData(to: ParticipantId, data: string): Promise<void> {
    this.data.push({ to, data });
    await this.delivery;
  }

  requestVideo(peer: ParticipantId, source: VideoSource, view: VideoSize | null, spectator: VideoConsumer): void {
    (spectator === 'page' ? this.requested : this.recorded).set(`${peer}/${source}`, view);
  }

  prioritize(peer: ParticipantId | null): void {
    this.prioritized = peer;
  }

  async close(): Promise<void> {
    this.calls.push('close');
  }
}
