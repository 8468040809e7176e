/**
 * The mesh: one link to every other participant, and the same tracks on all of them.
 */
import type { Signal, Source } from '../../../server/protocol/schemas.js';
import { CallError } from '../../core/call-error.js';
import type { NetworkStats } from '../../core/network.js';
import type { ParticipantId, VideoSource } from '../../core/participant.js';
import type { LinkFault } from '../../core/simulation.js';
import type {
  AcceptsSignals,
  CarriesData,
  FailsOnDemand,
  MediaTransport,
  PreparesOffers,
  ReportsLevels,
  ReportsNetwork,
  RosterPeer,
  VideoConsumer,
  TakesVideoRequests,
  TransportContext,
  VideoSize,
} from '../../core/transport.js';
import { DEFAULT_TIMINGS, type LinkTimings } from '../../core/timings.js';
import { hardware } from './codecs.js';
import { BitrateBoost } from './bitrate-boost.js';
import type { MeshEarlyConnections } from './early-connections.js';
import { PendingPeers } from './pending-peers.js';
import { allocateBitrates, type Encoding, type OutgoingVideo } from './allocate-bitrates.js';
import { NetworkWatch } from './network-watch.js';
import { PeerLink } from './peer-link.js';
import { UplinkEstimate } from './uplink-estimate.js';
import type { StatsSample } from './stats-sample.js';
import { PreparedOffer } from './prepared-offer.js';

export { MeshEarlyConnections } from './early-connections.js';

/** Looks that go on for somebody who asked for the numbers, and may ask again. */
const SAMPLES_AFTER_REQUEST = 3;

export class MeshTransport
  implements
    MediaTransport,
    AcceptsSignals,
    CarriesData,
    FailsOnDemand,
    PreparesOffers,
    ReportsLevels,
    ReportsNetwork,
    TakesVideoRequests
{
  readonly kind = 'mesh';
  readonly #context: TransportContext;
  readonly #timings: LinkTimings;
  readonly #links = new Map<ParticipantId, PeerLink>();
  readonly #tracks = new Map<Source, MediaStreamTrack>();
  readonly #uplink = new UplinkEstimate();
  readonly #boost = new BitrateBoost();
  readonly #network: NetworkWatch;
  readonly #preparedOffer: PreparedOffer;
  readonly #pendingPeers: PendingPeers;
  readonly #earlyConnections: Pick<MeshEarlyConnections, 'take'> | null;
  #sending: ReadonlySet<ParticipantId> = new Set();
  #mayPublish: ReadonlyMap<ParticipantId, RosterPeer['mayPublish']> = new Map();
  #prioritized: ParticipantId | null = null;
  #shows = false;
  #encodings: ReadonlyMap<string, Encoding> = new Map();
  #entered = false;
  /** For so many looks more somebody videoRequests the numbers of every link. */
  #samplesWanted = 0;
  #catchingUp: Promise<void> | null = null;
  #listening: ReturnType<typeof setInterval> | null = null;

  /** `doorstep`: what was made ready before we came in. */
  constructor(
    context: TransportContext,
    timings: LinkTimings = DEFAULT_TIMINGS.link,
    earlyConnections: Pick<MeshEarlyConnections, 'take'> | null = null,
  ) {
    this.#network = new NetworkWatch(context.self.id, (fact) => context.fact(fact));
    this.#context = {
      ...context,
      fact: (fact) => {
        context.fact(fact);
        if (fact.type === 'link-changed') this.#network.linkChanged(fact.participantId, fact.link);
      },
    };
    this.#timings = timings;
    this.#preparedOffer = new PreparedOffer(context, timings);
    this.#pendingPeers = new PendingPeers(timings.pendingPeerMs);
    this.#earlyConnections = earlyConnections;
  }

  /** What takes the browser a moment to find out is asked before the first offer needs it. */
  static warmUp(): void {
    hardware();
  }

  /** A mesh has no place of its own to reach: media can flow as soon as there is somebody. */
  async start(): Promise<void> {}

  setRoster(peers: readonly RosterPeer[]): void {
    const here = new Set(peers.map(({ id }) => id));
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
    for (const peer of peers) {
      if (this.#links.has(peer.id)) continue;
      this.#links.set(peer.id, this.#link(peer));
      if (peer.offer) this.receive(peer.id, peer.offer);
      changed = true;
    }
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

  receive(from: ParticipantId, signal: Signal): void {
    const link = this.#links.get(from);
    if (link) link.receive(signal);
    else this.#pendingPeers.receive(from, signal);
  }

  requestVideo(peer: ParticipantId, source: VideoSource, view: VideoSize | null, spectator: VideoConsumer = 'page'): void {
    const videoRequester = this.#links.get(peer)?.videoRequester;
    if (spectator === 'recording') return videoRequester?.record(source, view);
    this.#shows = true;
    videoRequester?.show(source, view);
  }

  prioritize(peer: ParticipantId | null): void {
    const before = this.#prioritized;
    this.#prioritized = peer;
    for (const id of [before, peer]) if (id) this.#links.get(id)?.videoRequester.changed();
  }

  signalingResumed(): void {
    for (const link of this.#links.values()) link.signalingResumed();
    this.#preparedOffer.renew(); // the server forgot it with the line
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

  async sendData(to: ParticipantId, data: string): Promise<void> {
    const link = this.#links.get(to);
    if (!link) throw new CallError('PEER_NOT_FOUND');
    await link.data.send(data);
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
    this.#preparedOffer.close();
    this.#pendingPeers.close();
    for (const link of this.#links.values()) link.close();
    this.#links.clear();
    this.#tracks.clear();
    this.#listen();
  }

  offerTaken(link: string, by: ParticipantId): void {
    // One that is not there any more cannot be answered: another offer takes its place.
    const first = this.#preparedOffer.take(link) ?? true;
    const known = this.#links.get(by);
    if (known) known.replace(first);
    else this.#pendingPeers.expect(by, first);
  }

  reconsiderPreparedOffer(): void {
    this.#preparedOffer.reconsider();
  }

  #renewPrepared(): void {
    this.#preparedOffer.renew();
    this.#pendingPeers.outdated();
  }

  #link({ id, offer, answered }: RosterPeer): PeerLink {
    const ready = answered === undefined ? null : this.#earlyConnections?.take(answered);
    const first = ready ?? this.#pendingPeers.take(id) ?? (!this.#entered && !offer);
    return new PeerLink(id, first, this.#context, this.#timings, {
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

  async #sample(): Promise<void> {
    if (this.#shows) for (const link of this.#links.values()) link.videoRequester.hideUnrequested();
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
    const { uplink, strained } = this.#uplink;
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
