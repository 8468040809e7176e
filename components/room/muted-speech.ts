/**
 * Notices that somebody talks into a microphone that is off, and says so no more often than is kind: at once, then
 * after a minute, after two, after four. Pure: told levels and times, knows no devices.
 */

/** Louder than a keyboard, a fan, a cough far away. */
const LOUD = 0.1;
/** So many of the last readings, ten a second: a word or two. */
const WINDOW = 12;
const ENOUGH = 6;
const PAUSE_MS = 60_000;

export class MutedSpeech {
  #readings: boolean[] = [];
  #quietUntil = 0;
  #pause = PAUSE_MS;

  /** True: tell them now. */
  heard(level: number, now: number): boolean {
    this.#readings = [...this.#readings.slice(1 - WINDOW), level >= LOUD];
    if (now < this.#quietUntil || this.#readings.filter(Boolean).length < ENOUGH) return false;
    this.#readings = [];
    this.#quietUntil = now + this.#pause;
    this.#pause *= 2;
    return true;
  }

  /** The microphone is on: what was heard before counts no more. */
  reset(): void {
    this.#readings = [];
  }
}
