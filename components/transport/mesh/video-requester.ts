/**
 * Sends one peer what is shown of them here, so that they send as much picture and no more. Waits a moment before, so that
 * a box that is dragged asks once. Knows no connection.
 */
import type { VideoRequests } from '../../../server/protocol/schemas.js';
import type { VideoSource } from '../../core/participant.js';
import type { VideoDimensions } from '../../core/media/video-requests.js';
import type { RequestedSize } from './allocate-bitrates.js';

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
  size: VideoDimensions | null,
  source: VideoSource,
  { prioritized, others, lowData }: RequestConditions,
): RequestedSize {
  if (!size || size.width < 1 || size.height < 1) return NOTHING;
  const shrink = lowData && source === 'camera' ? Math.min(1, LOW_DATA_WIDTH / size.width) : 1;
  const pixels = (length: number): number => Math.min(MOST_PIXELS, Math.ceil(length * shrink));
  const small = source === 'camera' && !prioritized && others > 1;
  const rate = lowData ? 15 : small && size.height <= THUMBNAIL ? THUMBNAIL_RATE : small && size.height <= TILE ? 20 : 30;
  return { width: pixels(size.width), height: pixels(size.height), rate };
}

export class VideoRequester {
  readonly #sizes = new Map<VideoSource, VideoDimensions | null>();
  readonly #send: (videoRequests: VideoRequests) => Promise<void>;
  readonly #conditions: () => RequestConditions;
  readonly #delayMs: number;
  #sent = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sending = false;
  #closed = false;

  constructor(conditions: () => RequestConditions, delayMs: number, send: (videoRequests: VideoRequests) => Promise<void>) {
    this.#conditions = conditions;
    this.#delayMs = delayMs;
    this.#send = send;
  }

  /** Null: that source is shown nowhere. */
  request(source: VideoSource, size: VideoDimensions | null): void {
    this.#sizes.set(source, size);
    this.changed();
  }

  /** Their camera is not looked at: no packets are no sign of trouble. */
  get hidesCamera(): boolean {
    return this.#sizes.get('camera') === null;
  }

  /** The same size may ask for something else now. */
  changed(): void {
    if (this.#closed || this.#sizes.size === 0) return;
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

  /** One at a time: what is said later must not be overtaken by what was said before. */
  async #sendChanges(): Promise<void> {
    this.#timer = undefined;
    if (this.#sending) return;
    const conditions = this.#conditions();
    const videoRequests: VideoRequests = Object.fromEntries(
      [...this.#sizes].map(([source, size]) => [source, requestFor(size, source, conditions)]),
    );
    const text = JSON.stringify(videoRequests);
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
