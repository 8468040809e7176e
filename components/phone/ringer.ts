/**
 * What a ring sounds and feels like: two notes with a pause, and the same as vibration where there is one. Everything
 * heard is also seen, so a page that may not make a sound loses nothing.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** `incoming`: to be noticed across a room; `outgoing`: to know that something happens. */
export type Tone = 'incoming' | 'outgoing';

const NOTES: Readonly<Record<Tone, readonly (readonly [hertz: number, at: number, length: number])[]>> = {
  incoming: [
    [783.99, 0, 0.32],
    [1046.5, 0.26, 0.5],
    [783.99, 0.9, 0.32],
    [1046.5, 1.16, 0.5],
  ],
  outgoing: [
    [440, 0, 0.9],
    [480, 0, 0.9],
  ],
};
const PAUSE_MS: Readonly<Record<Tone, number>> = { incoming: 2_600, outgoing: 3_600 };
const LOUDNESS: Readonly<Record<Tone, number>> = { incoming: 0.16, outgoing: 0.05 };
const VIBRATION = [300, 150, 300];

export class Ringer implements ReactiveController {
  #tone: Tone | null = null;
  #context: AudioContext | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(host: ReactiveControllerHost) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.set(null);
  }

  set(tone: Tone | null): void {
    if (tone === this.#tone) return;
    this.#tone = tone;
    clearInterval(this.#timer);
    void this.#context?.close().catch(() => undefined);
    this.#context = undefined;
    if (tone === 'incoming' || tone === null) vibrate(0);
    if (!tone) return;
    try {
      this.#context = new AudioContext();
    } catch {
      // No sound card, or too many sounds: it is seen.
    }
    this.#once(tone);
    this.#timer = setInterval(() => this.#once(tone), PAUSE_MS[tone]);
  }

  #once(tone: Tone): void {
    if (tone === 'incoming') vibrate(VIBRATION);
    const context = this.#context;
    if (!context) return;
    // A page nobody has touched yet stays silent, and begins when it was touched.
    if (context.state === 'suspended') void context.resume().catch(() => undefined);
    for (const [hertz, at, length] of NOTES[tone]) {
      const start = context.currentTime + 0.05 + at;
      const loudness = new GainNode(context, { gain: 0 });
      const note = new OscillatorNode(context, { frequency: hertz });
      loudness.gain.setValueAtTime(0, start);
      loudness.gain.linearRampToValueAtTime(LOUDNESS[tone], start + 0.03);
      loudness.gain.exponentialRampToValueAtTime(0.001, start + length);
      note.connect(loudness).connect(context.destination);
      note.start(start);
      note.stop(start + length);
    }
  }
}

function vibrate(pattern: number | number[]): void {
  try {
    // Not before the visitor touched the page: browsers refuse it then, and say so in the console.
    const touched = (navigator as { readonly userActivation?: { readonly hasBeenActive: boolean } }).userActivation
      ?.hasBeenActive;
    if (touched !== false) navigator.vibrate?.(pattern);
  } catch {
    // Not in a frame of another site.
  }
}
