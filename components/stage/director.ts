/**
 * Keeps over time who has the spotlight and who stands on which page. Decides with pure functions; what is
 * its own is the memory and the clock. Knows nothing of tiles.
 */
import type { ParticipantId } from '../core/participant.js';
import { followSpeaker, lookAgainAt, NO_SPOTLIGHT, type Speaking } from './follow-speaker.js';
import { bringIntoView, keepOrder } from './page-order.js';

export class Director {
  readonly #again: () => void;
  readonly #now: () => number;
  readonly #heardAt = new Map<ParticipantId, number>();
  #heard: ReadonlySet<ParticipantId> = new Set();
  #spotlight = NO_SPOTLIGHT;
  #order: readonly ParticipantId[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `again`: time has passed, update me. */
  constructor(again: () => void, now: () => number = () => performance.now()) {
    this.#again = again;
    this.#now = now;
  }

  get star(): ParticipantId | null {
    return this.#spotlight.star;
  }

  /** Everybody but ourselves. */
  get order(): readonly ParticipantId[] {
    return this.#order;
  }

  update(speaking: Speaking, visible: ReadonlySet<string>): void {
    const now = this.#now();
    for (const id of [...this.#heard, ...speaking.heard]) this.#heardAt.set(id, now);
    this.#heard = speaking.heard;
    this.#order = keepOrder(this.#order, [...speaking.present]);
    const { star } = this.#spotlight;
    this.#spotlight = followSpeaker(this.#spotlight, speaking, now);
    // Only whoever begins to speak is fetched: leafing to another page must not bring them along.
    if (this.star !== null && this.star !== star) {
      this.#order = bringIntoView(this.#order, visible, this.star, this.#heardAt);
    }
    clearTimeout(this.#timer);
    const at = lookAgainAt(this.#spotlight);
    if (at !== null) this.#timer = setTimeout(this.#again, Math.max(0, at - now));
  }

  rest(): void {
    clearTimeout(this.#timer);
  }
}
