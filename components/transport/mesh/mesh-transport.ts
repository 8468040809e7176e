/**
 * The mesh: one link to every other participant, and the same tracks on all of them.
 */
import type { Signal, Source } from '../../../server/protocol/schemas.js';
import { CallError } from '../../core/call-error.js';
import type { NetworkStats } from '../../core/network.js';
import type { ParticipantId, Surface } from '../../core/participant.js';
import type { LinkFault } from '../../core/simulation.js';
import type {
  AcceptsSignals,
  CarriesData,
  FailsOnDemand,
  MediaTransport,
  ParksOffers,
  ReportsLevels,
  ReportsNetwork,
  RosterPeer,
  Spectator,
  TakesViews,
  TransportContext,
  View,
} from '../../core/transport.js';
import { DEFAULT_TIMINGS, type LinkTimings } from '../../core/timings.js';
import { hardware } from './codecs.js';
import { Detail } from './detail.js';
import type { MeshDoorstep } from './doorstep.js';
import { Expected } from './expected.js';
import { govern, type Encoding, type Feed } from './governor.js';
import { NetworkWatch } from './network-watch.js';
import { PeerLink } from './peer-link.js';
import { Pressure } from './pressure.js';
import type { Reading } from './reading.js';
import { Spare } from './spare.js';

export { MeshDoorstep } from './doorstep.js';

/** Looks that go on for somebody who asked for the numbers, and may ask again. */
const LOOKS_AFTER_ASKED = 3;

export class MeshTransport
  implements MediaTransport, AcceptsSignals, CarriesData, FailsOnDemand, ParksOffers, ReportsLevels, ReportsNetwork, TakesViews
{
  readonly kind = 'mesh';
  readonly #context: TransportContext;
  readonly #timings: LinkTimings;
  readonly #links = new Map<ParticipantId, PeerLink>();
  readonly #tracks = new Map<Source, MediaStreamTrack>();
  readonly #pressure = new Pressure();
  readonly #detail = new Detail();
  readonly #network: NetworkWatch;
  readonly #spare: Spare;
  readonly #expected: Expected;
  readonly #doorstep: Pick<MeshDoorstep, 'take'> | null;
  #sending: ReadonlySet<ParticipantId> = new Set();
  #mayPublish: ReadonlyMap<ParticipantId, RosterPeer['mayPublish']> = new Map();
  #favoured: ParticipantId | null = null;
  #shows = false;
  #encodings: ReadonlyMap<string, Encoding> = new Map();
  #entered = false;
  /** For so many looks more somebody wants the numbers of every link. */
  #asked = 0;
  #catchingUp: Promise<void> | null = null;
  #listening: ReturnType<typeof setInterval> | null = null;

  /** `doorstep`: what was made ready before we came in. */
  constructor(
    context: TransportContext,
    timings: LinkTimings = DEFAULT_TIMINGS.link,
    doorstep: Pick<MeshDoorstep, 'take'> | null = null,
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
    this.#spare = new Spare(context, timings);
    this.#expected = new Expected(timings.comesMs);
    this.#doorstep = doorstep;
  }

  /** What takes the browser a moment to find out is asked before the first offer needs it. */
  static lookAround(): void {
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
    if (!this.#entered) this.#spare.enter();
    this.#entered = true;
    this.#spare.reconsider();
    if (!changed) return;
    this.#listen();
    this.#govern();
    for (const link of this.#links.values()) link.asks.changed();
  }

  async publish(source: Source, track: MediaStreamTrack | null): Promise<void> {
    if (track) this.#tracks.set(source, track);
    else this.#tracks.delete(source);
    await Promise.all([...this.#links.values()].map((link) => link.setTrack(source, track)));
    this.#govern();
  }

  receive(from: ParticipantId, signal: Signal): void {
    const link = this.#links.get(from);
    if (link) link.receive(signal);
    else this.#expected.receive(from, signal);
  }

  showing(peer: ParticipantId, surface: Surface, view: View | null, spectator: Spectator = 'page'): void {
    const asks = this.#links.get(peer)?.asks;
    if (spectator === 'recording') return asks?.record(surface, view);
    this.#shows = true;
    asks?.show(surface, view);
  }

  favour(peer: ParticipantId | null): void {
    const before = this.#favoured;
    this.#favoured = peer;
    for (const id of [before, peer]) if (id) this.#links.get(id)?.asks.changed();
  }

  signalingResumed(): void {
    for (const link of this.#links.values()) link.signalingResumed();
    this.#spare.renew(); // the server forgot it with the line
  }

  networkChanged(): void {
    for (const link of this.#links.values()) link.networkChanged();
    this.#madeOutdated();
  }

  reconfigured(): void {
    for (const link of this.#links.values()) link.reconfigured();
    this.#madeOutdated();
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
    this.#asked = LOOKS_AFTER_ASKED;
    this.#catchingUp ??= this.#catchUp().finally(() => (this.#catchingUp = null));
    await this.#catchingUp;
    return this.#network.stats();
  }

  async close(): Promise<void> {
    this.#spare.close();
    this.#expected.close();
    for (const link of this.#links.values()) link.close();
    this.#links.clear();
    this.#tracks.clear();
    this.#listen();
  }

  offerTaken(link: string, by: ParticipantId): void {
    // One that is not there any more cannot be answered: another offer takes its place.
    const first = this.#spare.take(link) ?? true;
    const known = this.#links.get(by);
    if (known) known.replace(first);
    else this.#expected.expect(by, first);
  }

  reconsiderParking(): void {
    this.#spare.reconsider();
  }

  #madeOutdated(): void {
    this.#spare.renew();
    this.#expected.outdated();
  }

  #link({ id, offer, met }: RosterPeer): PeerLink {
    const ready = met === undefined ? null : this.#doorstep?.take(met);
    const first = ready ?? this.#expected.take(id) ?? (!this.#entered && !offer);
    return new PeerLink(id, first, this.#context, this.#timings, {
      tracks: () => this.#tracks,
      viewer: () => ({
        favoured: id === this.#favoured,
        others: this.#links.size,
        lowData: this.#context.lowData(),
      }),
      asked: () => this.#govern(),
      maySend: (source) => this.#mayPublish.get(id)?.includes(source === 'screenAudio' ? 'screen' : source) !== false,
    });
  }

  async #look(): Promise<void> {
    if (this.#shows) for (const link of this.#links.values()) link.asks.unspoken();
    const asked = this.#asked > 0;
    this.#asked -= asked ? 1 : 0;
    const readings = new Map<ParticipantId, Reading>();
    await Promise.all(
      [...this.#links].map(async ([id, link]) => {
        const reading = await link.look(this.#sending.has(id), asked);
        this.#take(id, reading);
        if (reading) readings.set(id, reading);
      }),
    );
    this.#pressure.look([...readings.values()]);
    this.#govern(readings);
  }

  async #catchUp(): Promise<void> {
    const now = performance.timeOrigin + performance.now();
    const stale = [...this.#links].filter(([id]) => !this.#network.isFresh(id, this.#timings.silenceMs * 1.5, now));
    await Promise.all(stale.map(async ([id, link]) => this.#take(id, await link.read())));
  }

  #take(id: ParticipantId, reading: Reading | null): void {
    if (reading && this.#links.has(id)) this.#network.take(id, reading);
  }

  /** Each link gets what its other side shows, as far as our line and machine carry it. */
  #govern(readings: ReadonlyMap<ParticipantId, Reading> = new Map()): void {
    const feeds: Feed[] = [];
    for (const surface of ['camera', 'screen'] as const) {
      const track = this.#tracks.get(surface);
      if (!track) continue;
      const { width = 0, height = 0 } = track.getSettings();
      for (const [id, link] of this.#links) {
        const picture = { key: `${id}/${surface}`, width, height };
        const reading = readings.get(id);
        if (reading) this.#detail.look(picture, this.#encodings.get(picture.key), reading.sent[surface], reading);
        const [ask, more] = [link.asked[surface] ?? null, this.#detail.of(picture.key)];
        feeds.push({ ...picture, screen: surface === 'screen', ask, more });
      }
    }
    const { uplink, strained } = this.#pressure;
    const conditions = { receivers: this.#links.size, uplink, strained, lowData: this.#context.lowData() };
    this.#encodings = govern(feeds, conditions, this.#encodings);
    this.#detail.keep(this.#encodings);
    for (const [id, link] of this.#links)
      link.setEncodings({ camera: this.#encodings.get(`${id}/camera`), screen: this.#encodings.get(`${id}/screen`) });
  }

  /** One clock for all links, while there are any. */
  #listen(): void {
    if (this.#links.size > 0) {
      this.#listening ??= setInterval(() => void this.#look(), this.#timings.silenceMs);
    } else if (this.#listening !== null) {
      clearInterval(this.#listening);
      this.#listening = null;
    }
  }
}
