/**
 * Which pictures need more bits than their size says. An encoder that gets too few makes the picture smaller, in the
 * first seconds of a link or when much moves, and leaves it so: what it gets is enough for the small one. On a line
 * that has room nobody needs to put up with that. Slower each time it was given back too early, so that nothing
 * pumps. Decides only.
 */
import type { SentPicture } from '../../core/network.js';
import type { LinkStats } from './link-stats.js';
import type { Encoding, OutgoingVideo } from './allocate-bitrates.js';

interface Kept {
  more: number;
  whole: number;
  patience: number;
}

const STEP = 1.5;
const MOST = STEP ** 2;
/** A line has room that carries so many times what may be sent. */
const ROOM = 1.2;
/** Encoders round; less than this is another size. */
const WHOLE = 0.9;
/** Looks in a row. */
const WELL_AFTER = 2;
const WELL_AT_MOST = 32;

export class BitrateBoost {
  readonly #kept = new Map<string, Kept>();

  /** So many times the usual bits. */
  of(key: string): number {
    return this.#kept.get(key)?.more ?? 1;
  }

  /** What was wanted, and what became of it on its way. */
  sample(
    { key, width, height }: Pick<OutgoingVideo, 'height' | 'key' | 'width'>,
    wanted: Encoding | undefined,
    sent: SentPicture | null,
    { availableOutgoingBitrate: carried }: Pick<LinkStats, 'availableOutgoingBitrate'>,
  ): void {
    if (!wanted?.active || !sent) return;
    const available = carried ?? 0;
    const kept = this.#kept.get(key) ?? { more: 1, whole: 0, patience: WELL_AFTER };
    this.#kept.set(key, kept);
    // By the longer side: a telephone that is turned swaps them.
    const share = (Math.max(sent.width, sent.height) * wanted.scaleResolutionDownBy) / Math.max(width, height, 1);
    if (sent.limitation === 'bandwidth' && available < wanted.maxBitrate) {
      kept.more = 1; // it is the line that is narrow
      kept.whole = 0;
    } else if (sent.limitation === 'bandwidth' && share < WHOLE && available >= wanted.maxBitrate * ROOM) {
      kept.more = Math.min(MOST, kept.more * STEP);
      kept.whole = 0;
    } else if (kept.more > 1 && share >= WHOLE && ++kept.whole >= kept.patience) {
      kept.more = 1;
      kept.whole = 0;
      kept.patience = Math.min(WELL_AT_MOST, kept.patience * 2);
    }
  }

  /** All others are not sent any more. */
  keep(keys: ReadonlyMap<string, unknown>): void {
    for (const key of this.#kept.keys()) if (!keys.has(key)) this.#kept.delete(key);
  }
}
