/**
 * Tells the call what its tiles really show: how large, and whether at all. One observer for all tiles of a document;
 * nothing runs per frame. Several tiles of the same picture count as the largest of them.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Call } from '../core/call.js';
import type { ParticipantId, VideoSource } from '../core/participant.js';
import type { VideoSize } from '../core/transport.js';
import type { CallSlot } from '../shared/call-slot.js';

interface Shown {
  readonly call: Call;
  readonly id: ParticipantId;
  readonly source: VideoSource;
  /** Only a name and a sound are shown. */
  readonly unwatched: boolean;
}

interface Entry extends Shown {
  width: number;
  height: number;
  inView: boolean;
}

const KEYS = ['call', 'id', 'source', 'unwatched'] as const;

class Watch {
  readonly #page: Document;
  readonly #window: Window & typeof globalThis;
  readonly #entries = new Map<Element, Entry>();
  readonly #resize: ResizeObserver;
  readonly #sight: IntersectionObserver;
  readonly #turn = (): void => {
    for (const entry of this.#entries.values()) this.#tell(entry);
  };

  /** Of the window the tiles stand in: a window of their own is seen while ours is not. */
  constructor(page: Document) {
    this.#page = page;
    this.#window = page.defaultView ?? window;
    this.#resize = new this.#window.ResizeObserver((entries) => {
      for (const { target, contentRect } of entries)
        this.#change(target, { width: contentRect.width, height: contentRect.height });
    });
    this.#sight = new this.#window.IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) this.#change(target, { inView: isIntersecting });
    });
  }

  follow(tile: Element, shown: Shown | null): void {
    const before = this.#entries.get(tile);
    if (!before && !shown) return;
    if (before && shown && KEYS.every((key) => before[key] === shown[key])) return;
    if (before) {
      this.#entries.delete(tile);
      this.#tell(before);
    }
    if (shown) {
      this.#entries.set(tile, { width: 0, height: 0, inView: false, ...(before && sizeOf(before)), ...shown });
      if (!before) for (const observer of [this.#resize, this.#sight]) observer.observe(tile);
      // In a hidden page the observers say nothing: without a word it would be sent everything.
      if (before || this.#page.hidden) this.#tell(shown);
    } else for (const observer of [this.#resize, this.#sight]) observer.unobserve(tile);
    const act = this.#entries.size > 0 ? 'addEventListener' : 'removeEventListener';
    this.#page[act]('visibilitychange', this.#turn);
    // A picture in picture is seen while its page is not.
    for (const event of ['enterpictureinpicture', 'leavepictureinpicture']) this.#page[act](event, this.#turn);
  }

  #change(tile: Element, change: Partial<Pick<Entry, 'width' | 'height' | 'inView'>>): void {
    const entry = this.#entries.get(tile);
    if (!entry) return;
    Object.assign(entry, change);
    this.#tell(entry);
  }

  #tell({ call, id, source }: Shown): void {
    const all = [...this.#entries.values()].filter((e) => e.call === call && e.id === id && e.source === source);
    const seen = all.filter(({ inView, unwatched }) => inView && !unwatched);
    const largest = (side: 'width' | 'height'): number =>
      Math.max(0, ...seen.map((entry) => entry[side] * this.#window.devicePixelRatio));
    const visible = seen.length > 0 && isSeen(this.#page);
    const view: VideoSize | null = all.length ? { width: largest('width'), height: largest('height'), visible } : null;
    call.requestVideo(id, source, view);
  }
}

const sizeOf = ({ width, height, inView }: Entry) => ({ width, height, inView });

function isSeen(page: Document): boolean {
  const { documentPictureInPicture } = globalThis as { documentPictureInPicture?: { readonly window: Window | null } };
  return !page.hidden || !!page.pictureInPictureElement || !!documentPictureInPicture?.window;
}

const watches = new WeakMap<Document, Watch>();

function watchOf({ ownerDocument }: Element): Watch {
  const watch = watches.get(ownerDocument) ?? new Watch(ownerDocument);
  watches.set(ownerDocument, watch);
  return watch;
}

interface TileLike extends ReactiveControllerHost, Element {
  readonly participantId: string;
  readonly local: boolean;
  readonly screen: boolean;
  readonly unwatched: boolean;
}

/** For a tile: what it shows is told as long as it stands in the page. */
export class Seen implements ReactiveController {
  readonly #tile: TileLike;
  readonly #source: CallSlot;
  #watch: Watch | undefined;

  constructor(tile: TileLike, source: CallSlot) {
    this.#tile = tile;
    this.#source = source;
    tile.addController(this);
  }

  /** Also when it was moved in the page: then nothing of it is drawn anew. */
  hostConnected(): void {
    this.hostUpdated();
  }

  hostUpdated(): void {
    const { participantId: id, local, screen, unwatched, isConnected } = this.#tile;
    const { call } = this.#source;
    if (!isConnected || !call || !id || local) return this.hostDisconnected();
    this.#watch = watchOf(this.#tile);
    this.#watch.follow(this.#tile, { call, id, source: screen ? 'screen' : 'camera', unwatched });
  }

  hostDisconnected(): void {
    // Its document may be another one by now.
    this.#watch?.follow(this.#tile, null);
    this.#watch = undefined;
  }
}
