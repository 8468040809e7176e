/**
 * The transport that carries media now and, during a switch, the one that will: the only place that knows of two. It remembers what we
 * send, who is here and who speaks, and says it to both. A switch is prepared beside the running call, waits until everything arrives over the new
 * transport, and is then made in one step, or given up without anybody noticing. Who decides on a switch is somewhere else.
 */
import { CallError } from '../call-error.js';
import type { TransportFact } from '../facts.js';
import type { PeerChannels } from '../messaging/peer-channels.js';
import type { Pipe } from '../messaging/reliable-channel.js';
import type { NetworkStats } from '../network.js';
import { isSending, type LinkState, type ParticipantId, type Source, type VideoSource } from '../participant.js';
import type { LinkFault } from '../simulation.js';
import type { MediaTimings } from '../timings.js';
import type { MediaTransport, RosterPeer, TransportEvents, TransportKind } from './media-transport.js';
import type { RemoteStreams } from './remote-streams.js';
import { SwitchReadiness, type SessionPeer } from './switch-readiness.js';
import type { RequestedVideo, VideoDimensions, VideoRequestTarget } from './video-requests.js';

export interface MediaRouterDeps {
  readonly timings: Pick<MediaTimings, 'lingerMs' | 'switchMs'>;
  readonly streams: Pick<RemoteStreams, 'set' | 'use'>;
  readonly channels: Pick<PeerChannels, 'attach' | 'detach'>;
  readonly requestedVideo: Pick<RequestedVideo, 'isWanted' | 'replay'>;
  /** `standby`: whether another transport still carries the media. */
  create(kind: TransportKind, epoch: number, events: TransportEvents, standby: () => boolean): MediaTransport;
  fact(fact: TransportFact): void;
  /** The one that carries media failed. */
  failed(error: CallError): void;
  warn(cause: unknown): void;
}

/** One transport, and what it delivers. */
interface Carrier {
  readonly transport: MediaTransport;
  readonly tracks: Map<ParticipantId, Map<Source, MediaStreamTrack>>;
  readonly links: Map<ParticipantId, LinkState>;
  readonly pipes: Map<Pipe, ParticipantId>;
  readonly abort: AbortController;
  /** The roster it was told last. */
  told: string;
}

interface Switch {
  readonly carrier: Carrier;
  readonly readiness: SwitchReadiness;
  readonly ready: Promise<void>;
  settle(error: CallError | null): void;
  readonly timer: ReturnType<typeof setTimeout>;
}

/** Enough for frames to arrive; the picture people see is still the other one. */
const STANDBY_UPLINK = 600_000;
const LINGERING_UPLINK = 300_000;

export class MediaRouter implements VideoRequestTarget {
  readonly #deps: MediaRouterDeps;
  readonly #tracks = new Map<Source, MediaStreamTrack>();
  #peers: readonly SessionPeer[] = [];
  #expecting = false;
  #prioritized: ParticipantId | null = null;
  #active: Carrier;
  #switch: Switch | null = null;
  #lingering: { readonly carrier: Carrier; readonly timer: ReturnType<typeof setTimeout> } | null = null;
  #closed = false;

  constructor(deps: MediaRouterDeps, kind: TransportKind = 'mesh', epoch = 0) {
    this.#deps = deps;
    this.#active = this.#create(kind, epoch);
  }

  get kind(): TransportKind {
    return this.#active.transport.kind;
  }

  get epoch(): number {
    return this.#active.transport.epoch;
  }

  connect(): Promise<void> {
    return this.#active.transport.connect(this.#active.abort.signal);
  }

  setRoster(peers: readonly SessionPeer[], expecting: boolean): void {
    this.#peers = peers;
    this.#expecting = expecting;
    for (const carrier of this.#carriers()) this.#tellRoster(carrier);
    this.#switch?.readiness.setPeers(peers);
    this.#check();
  }

  publish(source: Source, track: MediaStreamTrack | null): void {
    if (track) this.#tracks.set(source, track);
    else this.#tracks.delete(source);
    for (const carrier of this.#carriers()) this.#publish(carrier, source, track);
  }

  requestVideo(peer: ParticipantId, source: VideoSource, size: VideoDimensions | null): void {
    for (const { transport } of [this.#active, ...(this.#switch ? [this.#switch.carrier] : [])])
      transport.requestVideo(peer, source, size);
    this.#check(); // what is not asked for any more is not waited for
  }

  prioritize(peer: ParticipantId | null): void {
    this.#prioritized = peer;
    for (const { transport } of this.#carriers()) transport.prioritize(peer);
  }

  levels(): ReadonlyMap<ParticipantId, number> {
    return this.#active.transport.levels();
  }

  networkStats(): Promise<NetworkStats> {
    return this.#active.transport.networkStats();
  }

  networkChanged(): void {
    for (const { transport } of this.#carriers()) transport.networkChanged();
  }

  reconfigured(): void {
    for (const { transport } of this.#carriers()) transport.reconfigured();
  }

  fail(fault: LinkFault): void {
    this.#active.transport.fail(fault);
  }

  /**
   * Makes another transport ready beside the one that carries media. Resolves when it may take over; rejects with `CallError` when it
   * cannot, or does not in time: then it is gone, and nothing has changed.
   */
  prepare(kind: TransportKind, epoch: number): Promise<void> {
    if (this.#closed) return Promise.reject(new CallError('ABORTED'));
    if (this.#switch?.carrier.transport.epoch === epoch) return this.#switch.ready;
    if (epoch <= this.epoch) return Promise.reject(new CallError('INTERNAL', { message: `Switch ${epoch} is over.` }));
    this.rollBack();
    this.#endLinger();
    const carrier = this.#create(kind, epoch);
    const readiness = new SwitchReadiness((peer, source) => this.#deps.requestedVideo.isWanted(peer, source));
    let settle: Switch['settle'] = () => undefined;
    const ready = new Promise<void>((resolve, reject) => {
      settle = (error) => (error ? reject(error) : resolve());
    });
    ready.catch(() => undefined); // who asked for it hears of it
    const timer = setTimeout(() => {
      const message = `Not everything arrived over the new connection in time: ${readiness.missing().join(', ')}`;
      this.rollBack(new CallError('TIMEOUT', { message, retryable: true }));
    }, this.#deps.timings.switchMs);
    this.#switch = { carrier, readiness, ready, settle, timer };
    readiness.setPeers(this.#peers);
    const { transport } = carrier;
    transport.setUplinkBudget(STANDBY_UPLINK);
    transport.connect(carrier.abort.signal).then(
      () => this.#check(),
      (cause: unknown) => this.#standbyFailed(carrier, CallError.from(cause)),
    );
    for (const [source, track] of this.#tracks) this.#publish(carrier, source, track);
    // The roster of the other one changes, too: it makes nothing ready any more for who comes.
    for (const each of this.#carriers()) this.#tellRoster(each);
    this.#deps.requestedVideo.replay(transport);
    transport.prioritize(this.#prioritized);
    this.#check();
    return ready;
  }

  /** The prepared transport takes over, ready or not. The old one goes on for a moment, for those who are later than we. */
  commit(epoch: number): void {
    const next = this.#switch;
    if (next?.carrier.transport.epoch !== epoch) return;
    clearTimeout(next.timer);
    const before = this.#active;
    this.#switch = null;
    this.#active = next.carrier;
    this.#deps.streams.use(next.carrier.tracks);
    for (const [participantId, link] of next.carrier.links)
      if (before.links.get(participantId) !== link) this.#deps.fact({ type: 'link-changed', participantId, link });
    next.carrier.transport.setUplinkBudget(null);
    before.transport.setUplinkBudget(LINGERING_UPLINK);
    this.#lingering = { carrier: before, timer: setTimeout(() => this.#endLinger(), this.#deps.timings.lingerMs) };
    for (const carrier of this.#carriers()) this.#tellRoster(carrier);
    next.settle(null);
  }

  /** The prepared transport is given up; the one that carries media was never touched. */
  rollBack(error = new CallError('ABORTED')): void {
    const given = this.#switch;
    if (!given) return;
    clearTimeout(given.timer);
    this.#switch = null;
    void this.#close(given.carrier);
    this.#tellRoster(this.#active);
    given.settle(error);
  }

  async close(): Promise<void> {
    this.#closed = true;
    const carriers = this.#carriers();
    if (this.#switch) clearTimeout(this.#switch.timer);
    if (this.#lingering) clearTimeout(this.#lingering.timer);
    this.#switch?.settle(new CallError('ABORTED'));
    this.#switch = this.#lingering = null;
    await Promise.all(carriers.map((carrier) => this.#close(carrier)));
  }

  #carriers(): readonly Carrier[] {
    return [this.#active, this.#switch?.carrier, this.#lingering?.carrier].filter((carrier) => carrier !== undefined);
  }

  #create(kind: TransportKind, epoch: number): Carrier {
    const transport: MediaTransport = this.#deps.create(
      kind,
      epoch,
      this.#events(() => carrier),
      () => this.#active !== carrier,
    );
    const carrier: Carrier = {
      transport,
      tracks: new Map(),
      links: new Map(),
      pipes: new Map(),
      abort: new AbortController(),
      told: '',
    };
    return carrier;
  }

  #events(of: () => Carrier): TransportEvents {
    const { streams, channels, fact } = this.#deps;
    const active = (): boolean => !this.#closed && of() === this.#active;
    const readiness = (): SwitchReadiness | null => (this.#switch?.carrier === of() ? this.#switch.readiness : null);
    return {
      trackAdded: (peer, source, track) => {
        const { tracks } = of();
        tracks.set(peer, (tracks.get(peer) ?? new Map<Source, MediaStreamTrack>()).set(source, track));
        if (active()) streams.set(peer, source, track);
      },
      trackRemoved: (peer, source) => {
        of().tracks.get(peer)?.delete(source);
        if (active()) streams.set(peer, source, null);
      },
      mediaFlowing: (peer, source) => {
        readiness()?.mediaFlowing(peer, source);
        this.#check();
      },
      linkChanged: (participantId, link) => {
        of().links.set(participantId, link);
        readiness()?.linkChanged(participantId, link);
        if (active()) fact({ type: 'link-changed', participantId, link });
        this.#check();
      },
      linkFailed: (participantId, error) => {
        if (active()) fact({ type: 'link-failed', participantId, error });
      },
      qualityChanged: (participantId, quality, reasons) => {
        if (active()) fact({ type: 'network-quality-changed', participantId, quality, reasons });
      },
      pipeOpened: (peer, pipe) => {
        of().pipes.set(pipe, peer);
        channels.attach(peer, pipe);
      },
      pipeClosed: (peer, pipe) => {
        of().pipes.delete(pipe);
        channels.detach(peer, pipe);
      },
      failed: (error) => {
        if (active()) this.#deps.failed(error);
        else this.#standbyFailed(of(), error);
      },
    };
  }

  #standbyFailed(carrier: Carrier, error: CallError): void {
    if (this.#switch?.carrier === carrier) this.rollBack(error);
  }

  #check(): void {
    if (this.#switch?.readiness.ready) this.#switch.settle(null);
  }

  /** Only what the transport has to know: a microphone that is switched while the camera is on changes nothing. */
  #tellRoster(carrier: Carrier): void {
    const carries = carrier === this.#active;
    const peers = this.#peers.map(({ id, media, mayPublish }): RosterPeer => ({
      id,
      // On the others nothing is missed: whoever switches sooner or later stops sending there.
      sending: carries && isSending(media),
      ...(mayPublish && { mayPublish }),
    }));
    const expecting = carries && this.#expecting && !this.#switch;
    const told = JSON.stringify([peers, expecting]);
    if (told === carrier.told) return;
    carrier.told = told;
    const here = new Set(peers.map(({ id }) => id));
    for (const id of carrier.tracks.keys()) if (!here.has(id)) carrier.tracks.delete(id);
    for (const id of carrier.links.keys()) if (!here.has(id)) carrier.links.delete(id);
    carrier.transport.setRoster(peers, expecting);
  }

  #publish({ transport, abort }: Carrier, source: Source, track: MediaStreamTrack | null): void {
    transport.publish(source, track).catch((cause: unknown) => {
      if (!abort.signal.aborted) this.#deps.warn(cause);
    });
  }

  #endLinger(): void {
    const lingering = this.#lingering;
    if (!lingering) return;
    clearTimeout(lingering.timer);
    this.#lingering = null;
    void this.#close(lingering.carrier);
  }

  async #close(carrier: Carrier): Promise<void> {
    carrier.abort.abort();
    // Its messages go over the other one at once, whatever becomes of it.
    for (const [pipe, peer] of carrier.pipes) this.#deps.channels.detach(peer, pipe);
    carrier.pipes.clear();
    await carrier.transport.close().catch((cause: unknown) => this.#deps.warn(cause));
  }
}
