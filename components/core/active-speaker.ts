/**
 * Picks who is speaking from levels over time. A short cough does not take the stage, a breath
 * does not give it away, and two people talking at once do not make it jump.
 */
import type { ParticipantId } from './participant.js';

/** Below this a level counts as silence. Levels are 0 to 1, speech at a normal distance is 0.05 to 0.5. */
const SPEECH_LEVEL = 0.02;
/** Share of the newest sample in the running mean; ten samples a second make this about half a second. */
const NEWEST = 0.25;
/** How much louder somebody else must be to take over. */
const TAKE_OVER = 1.5;
/** Milliseconds the one speaking is kept at the least. */
const HOLD_MS = 1_000;

export class ActiveSpeaker {
  readonly #means = new Map<ParticipantId, number>();
  #speaker: ParticipantId | null = null;
  #since = -Infinity;

  /** `now` in milliseconds of any monotonic clock. The last speaker stays until somebody else speaks or they are gone. */
  update(levels: ReadonlyMap<ParticipantId, number>, now: number): ParticipantId | null {
    for (const id of this.#means.keys()) if (!levels.has(id)) this.#means.delete(id);
    let loudest: ParticipantId | null = null;
    for (const [id, level] of levels) {
      const mean = (this.#means.get(id) ?? 0) * (1 - NEWEST) + level * NEWEST;
      this.#means.set(id, mean);
      if (mean > SPEECH_LEVEL && (loudest === null || mean > (this.#means.get(loudest) ?? 0))) loudest = id;
    }
    if (this.#speaker !== null && !levels.has(this.#speaker)) this.#speaker = null;
    if (loudest !== null && loudest !== this.#speaker && this.#mayTakeOver(loudest, now)) {
      this.#speaker = loudest;
      this.#since = now;
    }
    return this.#speaker;
  }

  #mayTakeOver(id: ParticipantId, now: number): boolean {
    if (this.#speaker === null) return true;
    const current = this.#means.get(this.#speaker) ?? 0;
    return now - this.#since >= HOLD_MS && (this.#means.get(id) ?? 0) > current * TAKE_OVER;
  }
}
