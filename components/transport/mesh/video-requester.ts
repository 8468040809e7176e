/**
 * What we ask of one peer: as much picture as is shown here, and no more. Waits a moment before it videoRequester, so that
 * a box that is dragged videoRequester once. Knows no connection.
 */
import type { VideoRequests } from '../../../server/protocol/schemas.js';
import type { VideoSource } from '../../core/participant.js';
import type { VideoSize } from '../../core/transport.js';
import type { RequestedSize } from './allocate-bitrates.js';
import { toJson } from '../../core/json.js';

export interface RequestConditions {
  /** They are heard now, or were a moment ago. */
  readonly prioritized: boolean;
  readonly others: number;
  readonly lowData: boolean;
}

const NOTHING: RequestedSize = Object.freeze({ width: 0, height: 0, rate: 0 });
const MOST_PIXELS = 8_192;
const LOW_DATA_WIDTH = 320;
/** Heights in device pixels up to which fewer frames look the same. */
const THUMBNAIL = 220;
const TILE = 420;
/** Every second frame of a usual camera, at even intervals. */
const THUMBNAIL_RATE = 15;

export function requestFor(
  view: VideoSize | null,
  source: VideoSource,
  { prioritized, others, lowData }: RequestConditions,
): RequestedSize {
  if (!view?.visible || view.width < 1 || view.height < 1) return NOTHING;
  const shrink = lowData && source === 'camera' ? Math.min(1, LOW_DATA_WIDTH / view.width) : 1;
  const pixels = (length: number): number => Math.min(MOST_PIXELS, Math.ceil(length * shrink));
  const small = source === 'camera' && !prioritized && others > 1;
  const rate = lowData ? 15 : small && view.height <= THUMBNAIL ? THUMBNAIL_RATE : small && view.height <= TILE ? 20 : 30;
  return { width: pixels(view.width), height: pixels(view.height), rate };
}

export class VideoRequester {
  readonly #pageSizes = new Map<VideoSource, VideoSize | null>();
  readonly #recordingSizes = new Map<VideoSource, VideoSize | null>();
  readonly #send: (videoRequests: VideoRequests) => Promise<void>;
  readonly #conditions: () => RequestConditions;
  readonly #delayMs: number;
  #sent = '';
  #sampled = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sending = false;
  #closed = false;

  constructor(viewer: () => RequestConditions, delayMs: number, send: (videoRequests: VideoRequests) => Promise<void>) {
    this.#conditions = viewer;
    this.#delayMs = delayMs;
    this.#send = send;
  }

  /** Somebody here shows, or does not show any more, that source. */
  show(source: VideoSource, view: VideoSize | null): void {
    this.#pageSizes.set(source, view);
    this.changed();
  }

  /** It is in a file that is being made here, or not any more. A page that never spoke of it gets what the sender likes. */
  record(source: VideoSource, view: VideoSize | null): void {
    this.#recordingSizes.set(source, view);
    this.changed();
  }

  /** Their camera is not looked at: no packets are no sign of trouble. */
  get hidesCamera(): boolean {
    return this.#pageSizes.has('camera') && !this.#largest('camera')?.visible;
  }

  /** Others are shown here, and of these sources nobody ever spoke: they are on no page. Not at once: tiles take a moment. */
  hideUnrequested(): void {
    if (this.#sampled)
      for (const source of ['camera', 'screen'] as const) if (!this.#pageSizes.has(source)) this.show(source, null);
    this.#sampled = true;
  }

  /** The same view may ask for something else now. */
  changed(): void {
    if (this.#closed || this.#pageSizes.size === 0) return;
    this.#timer ??= setTimeout(() => void this.#sendChanges(), this.#delayMs);
  }

  /** The other side is new, or came back, and remembers nothing. */
  resend(): void {
    this.#sent = '';
    this.changed();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  /** What the page and a recording need together. */
  #largest(source: VideoSource): VideoSize | null {
    const views = [this.#pageSizes.get(source), this.#recordingSizes.get(source)].filter((view) => !!view?.visible);
    const largest = (side: 'width' | 'height'): number => Math.max(...views.map((view) => view?.[side] ?? 0));
    return views.length ? { width: largest('width'), height: largest('height'), visible: true } : null;
  }

  /** One at a time: what is said later must not be overtaken by what was said before. */
  async #sendChanges(): Promise<void> {
    this.#timer = undefined;
    if (this.#sending) return;
    const viewer = this.#conditions();
    const videoRequests: VideoRequests = Object.fromEntries(
      [...this.#pageSizes.keys()].map((source) => [source, requestFor(this.#largest(source), source, viewer)]),
    );
    const text = toJson(videoRequests);
    if (text === this.#sent) return;
    this.#sending = true;
    this.#sent = text;
    try {
      await this.#send(videoRequests);
    } catch {
      // Gone, or not told: the next change or the next connection says it again.
      if (this.#sent === text) this.#sent = '';
      this.#sending = false;
      return;
    }
    this.#sending = false;
    this.changed();
  }
}
