/**
 * Tells the call who is in the recorded picture and how large, so that their picture is sent to us also when they are
 * on no tile, or the tab is hidden. Said again with every change of the call: a connection may be a new one.
 */
import type { RecordingHost } from '../core/recording.js';
import type { CallState } from '../core/call-state.js';
import type { ParticipantId, VideoSource } from '../core/participant.js';
import type { Box } from './arrangement.js';

export interface Pictured {
  readonly id: ParticipantId;
  readonly source: VideoSource;
  readonly box: Box;
}

export class PicturedTeller {
  readonly #showing: RecordingHost['showing'];
  #told: ReadonlyMap<string, Pictured> = new Map();
  #state: CallState | null = null;

  constructor(showing: RecordingHost['showing']) {
    this.#showing = showing;
  }

  /** Cheap where the call did not change. */
  tell(state: CallState, pictured: () => readonly Pictured[]): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#say(pictured());
  }

  /** Nobody is any more. */
  end(): void {
    this.#say([]);
  }

  #say(pictured: readonly Pictured[]): void {
    const now = new Map(pictured.map((one) => [`${one.id}/${one.source}`, one]));
    for (const [key, { id, source }] of this.#told) if (!now.has(key)) this.#showing(id, source, null);
    for (const { id, source, box } of now.values())
      this.#showing(id, source, { width: box.width, height: box.height, visible: true });
    this.#told = now;
  }
}
