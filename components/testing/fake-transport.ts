/** A transport that carries nothing: remembers what it was told, and lets the test play the network. */
import type { Signal } from '../../server/protocol/schemas.js';
import { NO_NETWORK, type NetworkStats } from '../core/network.js';
import type { ParticipantId, Source, Surface } from '../core/participant.js';
import type { LinkFault } from '../core/simulation.js';
import type {
  AcceptsSignals,
  CarriesData,
  FailsOnDemand,
  MediaTransport,
  ReportsLevels,
  ReportsNetwork,
  RosterPeer,
  Spectator,
  TakesViews,
  TransportContext,
  View,
} from '../core/transport.js';

export class FakeTransport
  implements MediaTransport, AcceptsSignals, CarriesData, FailsOnDemand, ReportsLevels, ReportsNetwork, TakesViews
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
  readonly views = new Map<string, View | null>();
  /** What a recording shows of them. */
  readonly recorded = new Map<string, View | null>();
  favoured: ParticipantId | null = null;
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

  showing(peer: ParticipantId, surface: Surface, view: View | null, spectator: Spectator): void {
    (spectator === 'page' ? this.views : this.recorded).set(`${peer}/${surface}`, view);
  }

  favour(peer: ParticipantId | null): void {
    this.favoured = peer;
  }

  async close(): Promise<void> {
    this.calls.push('close');
  }
}
