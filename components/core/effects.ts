/**
 * What is done to our picture and sound before the others get it: one change at a time, the newest last. What it
 * takes is loaded when first switched on. Knows no pixels and no samples.
 */
import { CallError } from './call-error.js';
import type { EffectFact } from './facts.js';
import type { LocalMedia, TrackProcessor } from './local-media.js';
import type { NoiseSuppression } from './participant.js';
import { Serial } from './serial.js';

/** What is loaded: each makes a processor, or rejects with `CallError` when it cannot. */
export interface Effects {
  background(background: string): Promise<TrackProcessor>;
  strongNoiseSuppression(): Promise<TrackProcessor>;
}

export type LoadEffects = () => Promise<Effects>;

export class EffectControl {
  readonly #media: LocalMedia;
  readonly #load: LoadEffects;
  readonly #fact: (fact: EffectFact) => void;
  readonly #serial = new Serial();

  constructor(media: LocalMedia, load: LoadEffects, fact: (fact: EffectFact) => void) {
    this.#media = media;
    this.#load = load;
    this.#fact = fact;
  }

  setBackground(background: string): Promise<void> {
    return this.#set('camera', background !== 'none' && ((effects) => effects.background(background)), () =>
      this.#fact({ type: 'background-changed', background }),
    );
  }

  setNoise(noiseSuppression: NoiseSuppression): Promise<void> {
    return this.#set('microphone', noiseSuppression === 'strong' && ((effects) => effects.strongNoiseSuppression()), () =>
      this.#fact({ type: 'noise-suppression-changed', noiseSuppression }),
    );
  }

  #set(
    source: 'camera' | 'microphone',
    make: false | ((effects: Effects) => Promise<TrackProcessor>),
    done: () => void,
  ): Promise<void> {
    return this.#serial.run(async () => {
      let processor: TrackProcessor | null = null;
      try {
        if (make) processor = await make(await this.#load());
      } catch (cause) {
        throw cause instanceof CallError ? cause : new CallError('EFFECT_FAILED', { cause });
      }
      done();
      await this.#media.setProcessor(source, processor);
    });
  }
}
