/**
 * How this machine and its line are doing, from what the connections report every few seconds. Changes its mind
 * slowly, and slower each time it was wrong, so that the picture does not pump. Decides only.
 */
import type { LinkStats } from './link-stats.js';
import { LEAST_UPLINK } from './allocate-bitrates.js';

/** What one connection reports of it. */
export type UplinkReport = Pick<LinkStats, 'availableOutgoingBitrate' | 'sent'>;

const UPLINKS = [LEAST_UPLINK, 4_000_000, 6_000_000, 9_000_000, 12_000_000] as const;
/** Looks in a row before it counts. */
const STRAINED_AFTER = 2;
const WIDER_AFTER = 2;
const WELL_AFTER = 4;
const WELL_AT_MOST = 32;

export class UplinkEstimate {
  #strained = false;
  #uplink = LEAST_UPLINK;
  #bad = 0;
  #good = 0;
  #wider = 0;
  #patience = WELL_AFTER;

  get strained(): boolean {
    return this.#strained;
  }

  get uplink(): number {
    return this.#uplink;
  }

  /** True when something changed. */
  sample(reports: readonly UplinkReport[]): boolean {
    const before = `${this.#strained} ${this.#uplink}`;
    this.#sampleProcessor(reports.some(({ sent }) => isStrained(sent)));
    const known = reports.flatMap(({ availableOutgoingBitrate }) => availableOutgoingBitrate ?? []);
    this.#sampleUplink(known.reduce((sum, bits) => sum + bits, 0));
    return before !== `${this.#strained} ${this.#uplink}`;
  }

  #sampleProcessor(strained: boolean): void {
    this.#bad = strained ? this.#bad + 1 : 0;
    this.#good = strained ? 0 : this.#good + 1;
    if (!this.#strained && this.#bad >= STRAINED_AFTER) {
      this.#strained = true;
    } else if (this.#strained && this.#good >= this.#patience) {
      this.#strained = false;
      this.#patience = Math.min(WELL_AT_MOST, this.#patience * 2);
    }
  }

  #sampleUplink(bits: number): void {
    const carries = UPLINKS.filter((step) => step <= bits).at(-1) ?? LEAST_UPLINK;
    this.#wider = carries > this.#uplink ? this.#wider + 1 : 0;
    if (carries < this.#uplink || this.#wider >= WIDER_AFTER) {
      this.#uplink = carries;
      this.#wider = 0;
    }
  }
}

const isStrained = ({ camera, screen }: UplinkReport['sent']): boolean =>
  camera?.limitation === 'cpu' || screen?.limitation === 'cpu';
