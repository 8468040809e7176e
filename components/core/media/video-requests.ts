/**
 * What is shown here of everybody, by the page and in a recording, as one size for each source. Outlives transports and
 * rooms entered anew: a tile tells its size only when that changes, so whatever carries media next is told from here.
 * Knows no transport but as somebody to tell.
 */
import type { ParticipantId, VideoSource } from '../participant.js';
import { DEFAULT_TIMINGS } from '../timings.js';

/** How large a picture is shown, in device pixels. Nobody sees it: it need not be sent. */
export interface VideoSize {
  readonly width: number;
  readonly height: number;
  readonly visible: boolean;
}

/** Who looks at a picture: somebody at this page, or a file that is being made. */
export type VideoConsumer = 'page' | 'recording';

/** What is needed of a source; null: nothing. */
export type VideoDimensions = Pick<VideoSize, 'height' | 'width'>;

export interface VideoRequestTarget {
  requestVideo(peer: ParticipantId, source: VideoSource, size: VideoDimensions | null): void;
}

type Sizes = Partial<Record<VideoConsumer, VideoSize | null>>;

const SOURCES: readonly VideoSource[] = ['camera', 'screen'];

export class RequestedVideo {
  readonly #unshownMs: number;
  readonly #sizes = new Map<ParticipantId, Map<VideoSource, Sizes>>();
  #target: VideoRequestTarget | null = null;
  #here: ReadonlySet<ParticipantId> = new Set();
  readonly #timers = new Map<ParticipantId, ReturnType<typeof setTimeout>>();
  /** The page said of somebody what it shows. One that never does gets what the senders like. */
  #shows = false;

  constructor(unshownMs = DEFAULT_TIMINGS.media.unshownMs) {
    this.#unshownMs = unshownMs;
  }

  /**
   * `size` null: not shown to this consumer. What the page never spoke of comes as the sender likes, whatever a recording wants; of
   * several consumers the larger size counts.
   */
  request(peer: ParticipantId, source: VideoSource, size: VideoSize | null, consumer: VideoConsumer): void {
    const theirs = this.#sizes.get(peer) ?? new Map<VideoSource, Sizes>();
    this.#sizes.set(peer, theirs);
    theirs.set(source, { ...theirs.get(source), [consumer]: size });
    if (consumer === 'page' && !this.#shows) {
      this.#shows = true;
      for (const id of this.#here) this.#watch(id);
    }
    if (!this.#here.has(peer)) this.#forgetUnused(peer);
    else this.#tell(peer, source);
  }

  /** Who carries media from now on; null: nobody. It is told of everybody once `setPeers` says that they are here. */
  connect(target: VideoRequestTarget | null): void {
    this.#target = target;
    this.#here = new Set();
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  /** Who is here. What is shown of those who come is told at once: they may have been here before. */
  setPeers(peers: ReadonlySet<ParticipantId>): void {
    const before = this.#here;
    this.#here = new Set(peers);
    for (const id of before) {
      if (peers.has(id)) continue;
      clearTimeout(this.#timers.get(id));
      this.#timers.delete(id);
    }
    for (const id of this.#sizes.keys()) if (!peers.has(id)) this.#forgetUnused(id);
    for (const id of peers) {
      if (before.has(id)) continue;
      if (this.#target) this.#tellAll(id, this.#target);
      this.#watch(id);
    }
  }

  /** Everything that is shown now, for another transport beside the one that carries media. */
  replay(target: VideoRequestTarget): void {
    for (const id of this.#here) this.#tellAll(id, target);
  }

  /** Whether their picture is to be sent here at all. */
  isWanted(peer: ParticipantId, source: VideoSource): boolean {
    return this.#needed(peer, source) !== null;
  }

  #tellAll(peer: ParticipantId, target: VideoRequestTarget): void {
    for (const source of SOURCES) this.#tell(peer, source, target);
  }

  #tell(peer: ParticipantId, source: VideoSource, target = this.#target): void {
    const size = this.#needed(peer, source);
    if (size !== undefined) target?.requestVideo(peer, source, size);
  }

  /** What the page and a recording need together; undefined: the page never spoke of it. */
  #needed(peer: ParticipantId, source: VideoSource): VideoDimensions | null | undefined {
    const sizes = this.#sizes.get(peer)?.get(source);
    if (sizes?.page === undefined) return undefined;
    const seen = [sizes.page, sizes.recording].filter((size) => !!size?.visible);
    const largest = (side: 'height' | 'width'): number => Math.max(...seen.map((size) => size?.[side] ?? 0));
    return seen.length ? { width: largest('width'), height: largest('height') } : null;
  }

  /** Others are shown here, and of these sources nobody ever spoke: they are on no page. Not at once: tiles take a moment. */
  #watch(peer: ParticipantId): void {
    if (!this.#shows || this.#timers.has(peer)) return;
    const hide = (): void => {
      this.#timers.delete(peer);
      const sizes = this.#sizes.get(peer);
      for (const source of SOURCES) if (sizes?.get(source)?.page === undefined) this.request(peer, source, null, 'page');
    };
    this.#timers.set(peer, setTimeout(hide, this.#unshownMs));
  }

  /** They are not here, and nobody shows them any more. */
  #forgetUnused(peer: ParticipantId): void {
    const shown = [...(this.#sizes.get(peer)?.values() ?? [])].some((sizes) => sizes.page ?? sizes.recording);
    if (!shown) this.#sizes.delete(peer);
  }
}
