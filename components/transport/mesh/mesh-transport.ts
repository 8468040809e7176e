/**
 * The mesh: one link to every other participant, and the same tracks on all of them.
 */
import type { Signal, Source } from '../../../server/protocol/schemas.js';
import { CallError } from '../../core/call-error.js';
import type { ParticipantId } from '../../core/participant.js';
import type { LinkFault } from '../../core/simulation.js';
import type {
  AcceptsSignals,
  CarriesData,
  FailsOnDemand,
  MediaTransport,
  ReportsLevels,
  RosterPeer,
  TransportContext,
} from '../../core/transport.js';
import { DEFAULT_TIMINGS, type LinkTimings } from '../../core/timings.js';
import { videoBudget } from './budget.js';
import { PeerLink } from './peer-link.js';

export class MeshTransport implements MediaTransport, AcceptsSignals, CarriesData, FailsOnDemand, ReportsLevels {
  readonly kind = 'mesh';
  readonly #context: TransportContext;
  readonly #timings: LinkTimings;
  readonly #links = new Map<ParticipantId, PeerLink>();
  readonly #tracks = new Map<Source, MediaStreamTrack>();
  #sending: ReadonlySet<ParticipantId> = new Set();
  #entered = false;
  #listening: ReturnType<typeof setInterval> | null = null;

  constructor(context: TransportContext, timings: LinkTimings = DEFAULT_TIMINGS.link) {
    this.#context = context;
    this.#timings = timings;
  }

  /** A mesh has no place of its own to reach: media can flow as soon as there is somebody. */
  async start(): Promise<void> {}

  setRoster(peers: readonly RosterPeer[]): void {
    const here = new Set(peers.map(({ id }) => id));
    this.#sending = new Set(peers.filter(({ sending }) => sending).map(({ id }) => id));
    const before = this.#links.size;
    for (const [id, link] of this.#links) {
      if (here.has(id)) continue;
      this.#links.delete(id);
      link.close();
    }
    let changed = this.#links.size !== before;
    for (const peer of peers) {
      if (this.#links.has(peer.id)) continue;
      this.#links.set(peer.id, new PeerLink(peer.id, !this.#entered, this.#context, this.#timings, () => this.#tracks));
      changed = true;
    }
    this.#entered = true;
    if (!changed) return;
    this.#listen();
    const budget = videoBudget(this.#links.size);
    for (const link of this.#links.values()) link.setBudget(budget);
  }

  async publish(source: Source, track: MediaStreamTrack | null): Promise<void> {
    if (track) this.#tracks.set(source, track);
    else this.#tracks.delete(source);
    await Promise.all([...this.#links.values()].map((link) => link.setTrack(source, track)));
  }

  receive(from: ParticipantId, signal: Signal): void {
    this.#links.get(from)?.receive(signal);
  }

  signalingResumed(): void {
    for (const link of this.#links.values()) link.signalingResumed();
  }

  networkChanged(): void {
    for (const link of this.#links.values()) link.networkChanged();
  }

  reconfigured(): void {
    for (const link of this.#links.values()) link.reconfigured();
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

  async close(): Promise<void> {
    for (const link of this.#links.values()) link.close();
    this.#links.clear();
    this.#tracks.clear();
    this.#listen();
  }

  /** One clock for all links, while there are any. */
  #listen(): void {
    if (this.#links.size > 0) {
      this.#listening ??= setInterval(() => {
        for (const [id, link] of this.#links) link.listen(this.#sending.has(id)).catch(() => undefined); // closed meanwhile
      }, this.#timings.silenceMs);
    } else if (this.#listening !== null) {
      clearInterval(this.#listening);
      this.#listening = null;
    }
  }
}
