/** A transport that carries nothing: remembers what it was told, and lets the test play the network by `events`. */
import type {
  MediaTransport,
  RosterPeer,
  TransportContext,
  TransportEvents,
  TransportKind,
} from '../core/media/media-transport.js';
import type { VideoDimensions } from '../core/media/video-requests.js';
import { NO_NETWORK, type NetworkStats } from '../core/network.js';
import type { ParticipantId, Source, VideoSource } from '../core/participant.js';
import type { LinkFault } from '../core/simulation.js';

export class FakeTransport implements MediaTransport {
  readonly kind: TransportKind;
  readonly context: TransportContext;
  readonly events: TransportEvents;
  readonly published = new Map<Source, MediaStreamTrack>();
  /** What was asked of it, in order. */
  readonly calls: string[] = [];
  roster: readonly RosterPeer[] = [];
  expecting = false;
  /** How often it was told who is here. */
  rosters = 0;
  /** What is shown of whom, by `participant/source`. */
  readonly requested = new Map<string, VideoDimensions | null>();
  prioritized: ParticipantId | null = null;
  uplinkBudget: number | null = null;
  loudness: ReadonlyMap<ParticipantId, number> = new Map();
  network: NetworkStats = NO_NETWORK;
  /** Set to make it fail to connect. */
  connection: Promise<void> = Promise.resolve();

  constructor(kind: TransportKind, context: TransportContext, events: TransportEvents) {
    this.kind = kind;
    this.context = context;
    this.events = events;
  }

  get epoch(): number {
    return this.context.epoch;
  }

  connect(): Promise<void> {
    this.calls.push('connect');
    return this.connection;
  }

  setRoster(peers: readonly RosterPeer[], expecting: boolean): void {
    this.rosters += 1;
    this.roster = peers;
    this.expecting = expecting;
  }

  async publish(source: Source, track: MediaStreamTrack | null): Promise<void> {
    if (track) this.published.set(source, track);
    else this.published.delete(source);
  }

  requestVideo(peer: ParticipantId, source: VideoSource, size: VideoDimensions | null): void {
    this.requested.set(`${peer}/${source}`, size);
  }

  prioritize(peer: ParticipantId | null): void {
    this.prioritized = peer;
  }

  setUplinkBudget(bitsPerSecond: number | null): void {
    this.uplinkBudget = bitsPerSecond;
  }

  levels(): ReadonlyMap<ParticipantId, number> {
    return this.loudness;
  }

  async networkStats(): Promise<NetworkStats> {
    return this.network;
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

  async close(): Promise<void> {
    this.calls.push('close');
  }
}
