/**
 * How every link does, kept from look to look: its numbers for who videoRequester, its quality as a fact when that changes.
 * Reads nothing itself; is told what was read.
 */
import type { NetworkStats, SentPicture } from '../../core/network.js';
import type { LinkState, ParticipantId, VideoSource } from '../../core/participant.js';
import type { TransportEvents } from '../../core/media/media-transport.js';
import { isSilent, judge, statsBetween, SteadyQuality, together, worse, type QualityVerdict } from './network-quality.js';
import type { StatsSample } from './stats-sample.js';
import type { LinkStats } from './link-stats.js';

/** Two looks nearer to each other than this say nothing of a rate. */
const APART_MS = 1_000;
const LOST: QualityVerdict = { quality: 'lost', reasons: ['silence'] };
const WELL: QualityVerdict = { quality: 'excellent', reasons: [] };

interface Watched {
  /** When it was last read, whether that said anything or not. */
  readAt: number;
  sample: StatsSample | null;
  stats: LinkStats | null;
  readonly steady: SteadyQuality;
}

export class NetworkWatch {
  readonly #selfId: ParticipantId;
  readonly #changed: TransportEvents['qualityChanged'];
  readonly #links = new Map<ParticipantId, Watched>();
  readonly #own = new SteadyQuality();

  constructor(selfId: ParticipantId, changed: TransportEvents['qualityChanged']) {
    this.#selfId = selfId;
    this.#changed = changed;
  }

  take(id: ParticipantId, now: StatsSample): void {
    const link = this.#link(id);
    const { sample: before } = link;
    link.readAt = now.at;
    if (before?.connection === now.connection && now.at - before.at < APART_MS) return;
    link.stats = statsBetween(before, now);
    link.sample = now;
    if (link.steady.sample(isSilent(before, now) ? LOST : judge(link.stats))) this.#tell(id, link.steady);
    this.#judgeOurs();
  }

  /** A lost link needs no second look; one that is back is judged anew. */
  linkChanged(id: ParticipantId, link: LinkState): void {
    if (link === 'connected') {
      if (this.#links.get(id)?.steady.now?.quality === 'lost') this.#set(id, { quality: 'good', reasons: [] });
    } else if (link !== 'connecting') this.#set(id, LOST);
  }

  /** Read lately enough to answer with. */
  isFresh(id: ParticipantId, within: number, now: number): boolean {
    return now - this.#link(id).readAt <= within;
  }

  forget(id: ParticipantId): void {
    this.#links.delete(id);
  }

  stats(): NetworkStats {
    const known = [...this.#links].flatMap(([participantId, { stats, steady }]) =>
      stats ? [{ participantId, stats, verdict: steady.now ?? WELL }] : [],
    );
    const links = known.map(({ stats }) => stats);
    return {
      timestamp: Date.now(),
      quality: this.#best().quality,
      total: together(links),
      sent: { camera: largest(links, 'camera'), screen: largest(links, 'screen') },
      connections: known.map(({ participantId, stats: { received: _, ...connection } }) => ({ participantId, ...connection })),
      participants: known.map(({ participantId, stats: { received }, verdict }) => ({ participantId, ...verdict, received })),
    };
  }

  #link(id: ParticipantId): Watched {
    const link = this.#links.get(id) ?? { readAt: -Infinity, sample: null, stats: null, steady: new SteadyQuality() };
    this.#links.set(id, link);
    return link;
  }

  #set(id: ParticipantId, verdict: QualityVerdict): void {
    const { steady } = this.#link(id);
    if (steady.set(verdict)) this.#tell(id, steady);
    this.#judgeOurs();
  }

  /** What every link has in common is our own line: it does no worse than the best of them. */
  #best(): QualityVerdict {
    const known = [...this.#links.values()].flatMap(({ steady }) => steady.now ?? []);
    return (
      known.reduce<QualityVerdict | null>((best, now) => (best && !worse(best.quality, now.quality) ? best : now), null) ?? WELL
    );
  }

  #judgeOurs(): void {
    if ([...this.#links.values()].some(({ steady }) => steady.now) && this.#own.set(this.#best()))
      this.#tell(this.#selfId, this.#own);
  }

  #tell(participantId: ParticipantId, { now }: SteadyQuality): void {
    if (now) this.#changed(participantId, now.quality, now.reasons);
  }
}

/** In a mesh everybody gets a picture of a size of their own. */
function largest(links: readonly LinkStats[], source: VideoSource): SentPicture | null {
  return links.reduce<SentPicture | null>((most, { sent }) => {
    const picture = sent[source];
    return picture && (!most || picture.width * picture.height > most.width * most.height) ? picture : most;
  }, null);
}
