/**
 * Finds out what arrives and goes on arriving, for a mesh that is being made ready to take over. One frame proves nothing: an encoder may begin with one
 * and wait for seconds before the next. Looks only while something is missing.
 */
import type { TransportEvents } from '../../core/media/media-transport.js';
import type { ParticipantId, Source } from '../../core/participant.js';
import type { PeerLink } from './peer-link.js';

const EVERY_MS = 100;
const WINDOW_MS = 1_000;
/** So many more within the window. A still screen sends little, once it is there. */
const FLOWING: Readonly<Record<Source, number>> = { microphone: 3, screenAudio: 3, camera: 3, screen: 1 };

interface Count {
  readonly at: number;
  readonly count: number;
}

export class FlowWatch {
  readonly #links: () => ReadonlyMap<ParticipantId, Pick<PeerLink, 'arrived'>>;
  readonly #flowing: TransportEvents['mediaFlowing'];
  readonly #counts = new Map<string, readonly Count[]>();
  readonly #told = new Set<string>();
  #looking = false;

  constructor(links: () => ReadonlyMap<ParticipantId, Pick<PeerLink, 'arrived'>>, flowing: TransportEvents['mediaFlowing']) {
    this.#links = links;
    this.#flowing = flowing;
  }

  start(abort: AbortSignal): void {
    if (abort.aborted) return;
    const timer = setInterval(() => void this.#look(abort), EVERY_MS);
    abort.addEventListener('abort', () => clearInterval(timer));
  }

  async #look(abort: AbortSignal): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    await Promise.all(
      [...this.#links()].map(async ([peer, link]) => {
        const arrived = await link.arrived();
        if (abort.aborted) return;
        for (const [source, count] of arrived) this.#take(peer, source, { at: performance.now(), count });
      }),
    );
    this.#looking = false;
  }

  #take(peer: ParticipantId, source: Source, now: Count): void {
    const key = `${peer} ${source}`;
    if (this.#told.has(key)) return;
    const counts = [...(this.#counts.get(key) ?? []), now].filter(({ at }) => now.at - at <= WINDOW_MS);
    this.#counts.set(key, counts);
    const [first = now] = counts;
    // A screen counts from nothing: its first frame may be the only one for a while.
    const from = source === 'screen' ? 0 : first.count;
    if (now.count - from < FLOWING[source]) return;
    this.#told.add(key);
    this.#flowing(peer, source);
  }
}
