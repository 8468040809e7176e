/**
 * What we ask of one peer: as much picture as is shown here, and no more. Waits a moment before it asks, so that
 * a box that is dragged asks once. Knows no connection.
 */
import type { Wants } from '../../../server/protocol/schemas.js';
import type { Surface } from '../../core/participant.js';
import type { View } from '../../core/transport.js';
import type { Ask } from './governor.js';

export interface Viewer {
  /** They are heard now, or were a moment ago. */
  readonly favoured: boolean;
  readonly others: number;
  readonly lowData: boolean;
}

const NOTHING: Ask = Object.freeze({ width: 0, height: 0, rate: 0 });
const MOST_PIXELS = 8_192;
const LOW_DATA_WIDTH = 320;
/** Heights in device pixels up to which fewer frames look the same. */
const THUMBNAIL = 220;
const TILE = 420;
/** Every second frame of a usual camera, at even intervals. */
const THUMBNAIL_RATE = 15;

export function askFor(view: View | null, surface: Surface, { favoured, others, lowData }: Viewer): Ask {
  if (!view?.visible || view.width < 1 || view.height < 1) return NOTHING;
  const shrink = lowData && surface === 'camera' ? Math.min(1, LOW_DATA_WIDTH / view.width) : 1;
  const pixels = (length: number): number => Math.min(MOST_PIXELS, Math.ceil(length * shrink));
  const small = surface === 'camera' && !favoured && others > 1;
  const rate = lowData ? 15 : small && view.height <= THUMBNAIL ? THUMBNAIL_RATE : small && view.height <= TILE ? 20 : 30;
  return { width: pixels(view.width), height: pixels(view.height), rate };
}

export class Asks {
  readonly #views = new Map<Surface, View | null>();
  readonly #recorded = new Map<Surface, View | null>();
  readonly #send: (wants: Wants) => Promise<void>;
  readonly #viewer: () => Viewer;
  readonly #delayMs: number;
  #told = '';
  #looked = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sending = false;
  #closed = false;

  constructor(viewer: () => Viewer, delayMs: number, send: (wants: Wants) => Promise<void>) {
    this.#viewer = viewer;
    this.#delayMs = delayMs;
    this.#send = send;
  }

  /** Somebody here shows, or does not show any more, that surface. */
  show(surface: Surface, view: View | null): void {
    this.#views.set(surface, view);
    this.changed();
  }

  /** It is in a file that is being made here, or not any more. A page that never spoke of it gets what the sender likes. */
  record(surface: Surface, view: View | null): void {
    this.#recorded.set(surface, view);
    this.changed();
  }

  /** Their camera is not looked at: no packets are no sign of trouble. */
  get blind(): boolean {
    return this.#views.has('camera') && !this.#seen('camera')?.visible;
  }

  /** Others are shown here, and of these surfaces nobody ever spoke: they are on no page. Not at once: tiles take a moment. */
  unspoken(): void {
    if (this.#looked)
      for (const surface of ['camera', 'screen'] as const) if (!this.#views.has(surface)) this.show(surface, null);
    this.#looked = true;
  }

  /** The same view may ask for something else now. */
  changed(): void {
    if (this.#closed || this.#views.size === 0) return;
    this.#timer ??= setTimeout(() => void this.#tell(), this.#delayMs);
  }

  /** The other side is new, or came back, and remembers nothing. */
  forgotten(): void {
    this.#told = '';
    this.changed();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  /** What the page and a recording need together. */
  #seen(surface: Surface): View | null {
    const views = [this.#views.get(surface), this.#recorded.get(surface)].filter((view) => !!view?.visible);
    const largest = (side: 'width' | 'height'): number => Math.max(...views.map((view) => view?.[side] ?? 0));
    return views.length ? { width: largest('width'), height: largest('height'), visible: true } : null;
  }

  /** One at a time: what is said later must not be overtaken by what was said before. */
  async #tell(): Promise<void> {
    this.#timer = undefined;
    if (this.#sending) return;
    const viewer = this.#viewer();
    const wants: Wants = Object.fromEntries(
      [...this.#views.keys()].map((surface) => [surface, askFor(this.#seen(surface), surface, viewer)]),
    );
    const text = JSON.stringify(wants);
    if (text === this.#told) return;
    this.#sending = true;
    this.#told = text;
    try {
      await this.#send(wants);
    } catch {
      // Gone, or not told: the next change or the next connection says it again.
      if (this.#told === text) this.#told = '';
      this.#sending = false;
      return;
    }
    this.#sending = false;
    this.changed();
  }
}
