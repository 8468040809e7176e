/**
 * The mesh: one link to every other participant, and the same tracks on all of them.
 */
import type { MeshNegotiation, Signal, Source } from '../../../server/protocol/schemas.js';
import { IceSource } from '../../core/ice-source.js';
import type { MediaTransport, RosterPeer, TransportContext, TransportEvents } from '../../core/media/media-transport.js';
import type { VideoDimensions } from '../../core/media/video-requests.js';
import type { NetworkStats } from '../../core/network.js';
import type { ParticipantId, VideoSource } from '../../core/participant.js';
import type { LinkFault } from '../../core/simulation.js';
import { DEFAULT_TIMINGS, type CallTimings } from '../../core/timings.js';
import { hardware } from './codecs.js';
import { BitrateBoost } from './bitrate-boost.js';
import type { MeshEarlyConnections } from './early-connections.js';
import { FlowWatch } from './flow-watch.js';
import type { MeshContext } from './mesh-context.js';
import type { MeshSignaling } from './mesh-signaling.js';
import { PendingPeers } from './pending-peers.js';
import { allocateBitrates, type Encoding, type OutgoingVideo } from './allocate-bitrates.js';
import { NetworkWatch } from './network-watch.js';
import { PeerLink } from './peer-link.js';
import type { PreparedConnection } from './prepared-connection.js';
import { UplinkEstimate } from './uplink-estimate.js';
import type { StatsSample } from './stats-sample.js';
import { PreparedOffer } from './prepared-offer.js';

export { MeshEarlyConnections } from './early-connections.js';

/** Samples that go on being taken for somebody who asked for the numbers, and may ask again. */
const SAMPLES_AFTER_REQUEST = 3;

export class MeshTransport implements MediaTransport {
  readonly kind = 'mesh';
  readonly epoch: number;
  readonly #context: TransportContext;
  readonly #mesh: MeshContext;
  readonly #signaling: MeshSignaling;
  readonly #negotiation: MeshNegotiation;
  readonly #timings: CallTimings['link'];
  readonly #links = new Map<ParticipantId, PeerLink>();
  readonly #tracks = new Map<Source, MediaStreamTrack>();
  readonly #uplink = new UplinkEstimate();
  readonly #boost = new BitrateBoost();
  readonly #network: NetworkWatch;
  readonly #flow: FlowWatch;
  readonly #preparedOffer: PreparedOffer;
  readonly #pendingPeers: PendingPeers;
  readonly #earlyConnections: Pick<MeshEarlyConnections, 'take'> | null;
  /** First offers that came with the answer to our join: to be answered instead of making ours. */
  #firstOffers: ReadonlyMap<ParticipantId, Signal> = new Map();
  /** The connections whose offers we answered before the join, by the name of theirs. */
  #answered: ReadonlyMap<ParticipantId, string> = new Map();
  readonly #closed = new AbortController();
  #sending: ReadonlySet<ParticipantId> = new Set();
  #mayPublish: ReadonlyMap<ParticipantId, RosterPeer['mayPublish']> = new Map();
  #prioritized: ParticipantId | null = null;
  #encodings: ReadonlyMap<string, Encoding> = new Map();
  #entered = false;
  #expecting = false;
  #uplinkBudget: number | null = null;
  /** For so many samples more somebody wants the numbers of every link. */
  #samplesWanted = 0;
  #catchingUp: Promise<void> | null = null;
  #listening: ReturnType<typeof setInterval> | null = null;

  constructor(
    context: TransportContext,
    events: TransportEvents,
    signaling: MeshSignaling,
    timings: Pick<CallTimings, 'link' | 'media'> = DEFAULT_TIMINGS,
    earlyConnections: Pick<MeshEarlyConnections, 'take'> | null = null,
  ) {
    const { epoch, selfId, logger } = context;
    // From our own server, by the port that is ours.
    this.#negotiation = context.negotiation as MeshNegotiation;
    const ice = new IceSource(this.#negotiation.ice, context.iceServers, () => signaling.ice(), timings.media.iceMarginMs);
    this.epoch = epoch;
    this.#context = context;
    this.#signaling = signaling;
    this.#timings = timings.link;
    this.#network = new NetworkWatch(selfId, events.qualityChanged);
    this.#mesh = {
      selfId,
      logger,
      events: {
        ...events,
        linkChanged: (peer, link) => {
          events.linkChanged(peer, link);
          this.#network.linkChanged(peer, link);
        },
      },
      iceTransportPolicy: context.iceTransportPolicy,
      ice: () => ice.get(),
      send: (to, signal) => signaling.send(to, { ...signal, ...(epoch > 0 && { epoch }) }),
      prepareOffer: (offer) => signaling.prepare(offer),
      mayPrepareOffer: () => this.#expecting && !context.lowData(),
    };
    this.#flow = new FlowWatch(() => this.#links, events.mediaFlowing);
    this.#preparedOffer = new PreparedOffer(this.#mesh, timings.link);
    this.#pendingPeers = new PendingPeers(timings.link.pendingPeerMs);
    this.#earlyConnections = earlyConnections;
  }

  /** What takes the browser a moment to find out is asked before the first offer needs it. */
  static warmUp(): void {
    hardware();
  }

  /** A mesh has no place of its own to reach: media can flow as soon as there is somebody. */
  async connect(abort: AbortSignal): Promise<void> {
    const { signal: closed } = this.#closed;
    abort.addEventListener('abort', () => this.#closed.abort(), { signal: closed });
    this.#signaling.listen(
      this.epoch,
      {
        onSignal: (from, signal) => this.#receive(from, signal),
        onOfferTaken: (connectionId, by) => this.#offerTaken(connectionId, by),
        onResumed: () => this.#signalingResumed(),
      },
      closed,
    );
    if (this.#context.standby()) this.#flow.start(closed);
  }

  /**
   * Who makes the first offer: to those who were here before us, we do; those who come later make it to us. A mesh that is made ready for a
   * switch finds everybody here, so of two the smaller id does.
   */
  setRoster(peers: readonly RosterPeer[], expecting: boolean): void {
    if (!this.#entered) this.#readNegotiation();
    const here = new Set(peers.map(({ id }) => id));
    this.#expecting = expecting;
    this.#mayPublish = new Map(peers.map(({ id, mayPublish }) => [id, mayPublish]));
    this.#sending = new Set(peers.filter(({ sending }) => sending).map(({ id }) => id));
    const before = this.#links.size;
    for (const [id, link] of this.#links) {
      if (here.has(id)) continue;
      this.#links.delete(id);
      this.#network.forget(id);
      link.close();
    }
    let changed = this.#links.size !== before;
    for (const { id } of peers) {
      if (this.#links.has(id)) continue;
      this.#links.set(id, this.#link(id));
      changed = true;
      const offer = this.#firstOffers.get(id);
      for (const signal of [...(offer ? [offer] : []), ...this.#pendingPeers.takeSignals(id)]) this.#receive(id, signal);
    }
    this.#firstOffers = this.#answered = new Map();
    if (!this.#entered) this.#preparedOffer.enter();
    this.#entered = true;
    this.#preparedOffer.reconsider();
    if (!changed) return;
    this.#listen();
    this.#allocate();
    for (const link of this.#links.values()) link.videoRequester.changed();
  }

  async publish(source: Source, track: MediaStreamTrack | null): Promise<void> {
    if (track) this.#tracks.set(source, track);
    else this.#tracks.delete(source);
    await Promise.all([...this.#links.values()].map((link) => link.setTrack(source, track)));
    this.#allocate();
  }

  requestVideo(peer: ParticipantId, source: VideoSource, size: VideoDimensions | null): void {
    this.#links.get(peer)?.videoRequester.request(source, size);
  }

  prioritize(peer: ParticipantId | null): void {
    const before = this.#prioritized;
    this.#prioritized = peer;
    for (const id of [before, peer]) if (id) this.#links.get(id)?.videoRequester.changed();
  }

  setUplinkBudget(bitsPerSecond: number | null): void {
    this.#uplinkBudget = bitsPerSecond;
    this.#allocate();
  }

  networkChanged(): void {
    for (const link of this.#links.values()) link.networkChanged();
    this.#renewPrepared();
  }

  reconfigured(): void {
    for (const link of this.#links.values()) link.reconfigured();
    this.#renewPrepared();
  }

  fail(fault: LinkFault): void {
    for (const link of this.#links.values()) link.fail(fault);
  }

  levels(): ReadonlyMap<ParticipantId, number> {
    return new Map([...this.#links].map(([id, link]) => [id, link.level()]));
  }

  /** From the looks there are; only a link that nobody looked at lately is looked at now. */
  async networkStats(): Promise<NetworkStats> {
    this.#samplesWanted = SAMPLES_AFTER_REQUEST;
    this.#catchingUp ??= this.#catchUp().finally(() => (this.#catchingUp = null));
    await this.#catchingUp;
    return this.#network.stats();
  }

  async close(): Promise<void> {
    this.#closed.abort();
    this.#preparedOffer.close();
    this.#pendingPeers.close();
    for (const link of this.#links.values()) link.close();
    this.#links.clear();
    this.#tracks.clear();
    this.#listen();
  }

  /** What came with the join belongs to the mesh the room began with. */
  #readNegotiation(): void {
    const { preparedOffers = [], answered = [] } = this.epoch === 0 ? this.#negotiation : {};
    this.#firstOffers = new Map(preparedOffers.map(({ from, signal }) => [from, signal]));
    this.#answered = new Map(answered.map(({ from, connectionId }) => [from, connectionId]));
  }

  #receive(from: ParticipantId, signal: Signal): void {
    const link = this.#links.get(from);
    if (link) link.receive(signal);
    else this.#pendingPeers.receive(from, signal);
  }

  #offerTaken(connectionId: string, by: ParticipantId): void {
    if (this.#context.standby() && !this.#preparedOffer.has(connectionId)) return; // it is the other mesh's
    // One that is not there any more cannot be answered: another offer takes its place.
    const first = this.#preparedOffer.take(connectionId) ?? true;
    const known = this.#links.get(by);
    if (known) known.replace(first);
    else this.#pendingPeers.expect(by, first);
  }

  #signalingResumed(): void {
    for (const link of this.#links.values()) link.signalingResumed();
    this.#preparedOffer.renew(); // the server forgot it with the connection
  }

  #renewPrepared(): void {
    this.#preparedOffer.renew();
    this.#pendingPeers.outdated();
  }

  #link(id: ParticipantId): PeerLink {
    return new PeerLink(id, this.#firstOf(id), this.#mesh, this.#timings, {
      tracks: () => this.#tracks,
      requestConditions: () => ({
        prioritized: id === this.#prioritized,
        others: this.#links.size,
        lowData: this.#context.lowData(),
      }),
      requested: () => this.#allocate(),
      maySend: (source) => this.#mayPublish.get(id)?.includes(source === 'screenAudio' ? 'screen' : source) !== false,
    });
  }

  #firstOf(id: ParticipantId): boolean | PreparedConnection {
    const answered = this.#answered.get(id);
    const ready = answered === undefined ? null : this.#earlyConnections?.take(answered);
    const weOffer = this.#context.standby() ? this.#context.selfId < id : !this.#entered && !this.#firstOffers.has(id);
    return ready ?? this.#pendingPeers.take(id) ?? weOffer;
  }

  async #sample(): Promise<void> {
    const asked = this.#samplesWanted > 0;
    this.#samplesWanted -= asked ? 1 : 0;
    const samples = new Map<ParticipantId, StatsSample>();
    await Promise.all(
      [...this.#links].map(async ([id, link]) => {
        const sample = await link.sample(this.#sending.has(id), asked);
        this.#take(id, sample);
        if (sample) samples.set(id, sample);
      }),
    );
    this.#uplink.sample([...samples.values()]);
    this.#allocate(samples);
  }

  async #catchUp(): Promise<void> {
    const now = performance.timeOrigin + performance.now();
    const stale = [...this.#links].filter(([id]) => !this.#network.isFresh(id, this.#timings.silenceMs * 1.5, now));
    await Promise.all(stale.map(async ([id, link]) => this.#take(id, await link.read())));
  }

  #take(id: ParticipantId, sample: StatsSample | null): void {
    if (sample && this.#links.has(id)) this.#network.take(id, sample);
  }

  /** Each link gets what its other side shows, as far as our line and machine carry it. */
  #allocate(samples: ReadonlyMap<ParticipantId, StatsSample> = new Map()): void {
    const feeds: OutgoingVideo[] = [];
    for (const source of ['camera', 'screen'] as const) {
      const track = this.#tracks.get(source);
      if (!track) continue;
      const { width = 0, height = 0 } = track.getSettings();
      for (const [id, link] of this.#links) {
        const picture = { key: `${id}/${source}`, width, height };
        const sample = samples.get(id);
        if (sample) this.#boost.sample(picture, this.#encodings.get(picture.key), sample.sent[source], sample);
        const [ask, more] = [link.requested[source] ?? null, this.#boost.of(picture.key)];
        feeds.push({ ...picture, screen: source === 'screen', requested: ask, boost: more });
      }
    }
    const { strained } = this.#uplink;
    const uplink = Math.min(this.#uplink.uplink, this.#uplinkBudget ?? Infinity);
    const conditions = { receivers: this.#links.size, uplink, strained, lowData: this.#context.lowData() };
    this.#encodings = allocateBitrates(feeds, conditions, this.#encodings);
    this.#boost.keep(this.#encodings);
    for (const [id, link] of this.#links)
      link.setEncodings({ camera: this.#encodings.get(`${id}/camera`), screen: this.#encodings.get(`${id}/screen`) });
  }

  /** One clock for all links, while there are any. */
  #listen(): void {
    if (this.#links.size > 0) {
      this.#listening ??= setInterval(() => void this.#sample(), this.#timings.silenceMs);
    } else if (this.#listening !== null) {
      clearInterval(this.#listening);
      this.#listening = null;
    }
  }
}
