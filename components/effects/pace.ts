/**
 * How large and how often pictures are made, so that a slow machine stays usable: a step down when a picture takes
 * too much of its time, a step up after a long easy while. Numbers in, numbers out; no clock.
 */
export interface Step {
  readonly height: number;
  readonly intervalMs: number;
}

export const STEPS: readonly Step[] = [
  { height: 720, intervalMs: 1000 / 30 },
  { height: 480, intervalMs: 1000 / 24 },
  { height: 360, intervalMs: 1000 / 15 },
  { height: 240, intervalMs: 1000 / 8 },
];

/** Pictures before it is judged, and before something better is tried. */
const TRIAL = 15;
const EASY = 300;
/** Parts of the interval. */
const TOO_MUCH = 0.8;
const EASILY = 0.25;
/** At the last step a picture may take as long as this; above, the effect ends. */
const HOPELESS_MS = 400;

export class Pace {
  #at = 0;
  #mean = 0;
  #count = 0;
  #easy = 0;

  get step(): Step {
    return STEPS[this.#at] as Step;
  }

  /** The picture took so long. False: it cannot be done here. */
  took(ms: number): boolean {
    this.#count += 1;
    this.#mean = this.#count === 1 ? ms : this.#mean + (ms - this.#mean) / Math.min(this.#count, TRIAL);
    if (this.#count < TRIAL) return true;
    if (this.#at === STEPS.length - 1 && this.#mean > HOPELESS_MS) return false;
    const better = STEPS[this.#at - 1];
    this.#easy = better && this.#mean < better.intervalMs * EASILY ? this.#easy + 1 : 0;
    if (this.#mean > this.step.intervalMs * TOO_MUCH && this.#at < STEPS.length - 1) this.#go(1);
    else if (this.#easy > EASY) this.#go(-1);
    return true;
  }

  #go(by: 1 | -1): void {
    this.#at += by;
    this.#count = this.#easy = 0;
  }
}
