/** Short quiet sounds for what happens in a call, each with notes of its own. At most one at a time. */
import { playNotes, type Note } from '../../shared/chime.js';

export type SoundName = 'hand' | 'joined' | 'knock' | 'left' | 'message';

const SOUNDS: Readonly<Record<SoundName, readonly Note[]>> = {
  joined: [
    [523.25, 0],
    [783.99, 0.12],
  ],
  left: [
    [783.99, 0],
    [523.25, 0.12],
  ],
  message: [[880, 0]],
  hand: [
    [659.25, 0],
    [659.25, 0.18],
  ],
  // Somebody waits: heard over a conversation.
  knock: [
    [587.33, 0],
    [880, 0.16],
    [587.33, 0.5],
    [880, 0.66],
  ],
};
const VOLUME: Readonly<Partial<Record<SoundName, number>>> = { knock: 0.16 };
const QUIET = 0.07;
/** People often come together. */
const PAUSE_MS = 1_500;

export class Sounds {
  #last = -Infinity;

  /** @param speakerId where the others are heard */
  play(name: SoundName, speakerId: string): void {
    // Without a gesture in the page the browser plays nothing, and complains.
    if (!(navigator.userActivation?.hasBeenActive ?? true)) return;
    const now = performance.now();
    if (now - this.#last < PAUSE_MS && name !== 'knock') return;
    this.#last = now;
    void playNotes(SOUNDS[name], speakerId, VOLUME[name] ?? QUIET);
  }
}
