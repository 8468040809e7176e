/** Shares a screen, a window or a tab, with its sound where the browser offers it. One at a time. */
import { deviceError } from './device-errors.js';
import { screenConstraints } from './constraints.js';
import type { CaptureQuality, MediaEvent } from '../core/local-media.js';
import { Serial } from '../core/serial.js';

export class ScreenCapture {
  readonly #emit: (event: MediaEvent) => void;
  /** Apart from the camera's: a waiting permission question must not hold the picker back. */
  readonly #serial = new Serial();
  #stream: MediaStream | null = null;
  #epoch = 0;

  constructor(emit: (event: MediaEvent) => void) {
    this.#emit = emit;
  }

  track(kind: 'audio' | 'video'): MediaStreamTrack | null {
    return this.#stream?.getTracks().find((track) => track.kind === kind) ?? null;
  }

  set(on: boolean, quality: CaptureQuality): Promise<void> {
    return this.#serial.runNow(async () => (on ? this.#start(quality) : this.stop()));
  }

  stop(): void {
    this.#epoch += 1;
    const stream = this.#stream;
    if (!stream) return;
    this.#stream = null;
    for (const track of stream.getTracks()) track.stop();
    this.#emit({ type: 'track', source: 'screenAudio', track: null });
    this.#emit({ type: 'track', source: 'screen', track: null });
    this.#emit({ type: 'fact', fact: { type: 'source-off', source: 'screen', error: null } });
  }

  async #start(quality: CaptureQuality): Promise<void> {
    if (this.#stream) return;
    const epoch = this.#epoch;
    this.#emit({ type: 'fact', fact: { type: 'source-changing', source: 'screen', to: 'on' } });
    let stream: MediaStream;
    try {
      stream = await navigator.mediaDevices.getDisplayMedia(screenConstraints(quality));
    } catch (cause) {
      const error = deviceError('screen', cause);
      // Closing the picker is a choice, not a failure.
      const cancelled = error.error.code === 'SCREENSHARE_CANCELLED';
      this.#emit({ type: 'fact', fact: { type: 'source-off', source: 'screen', error: cancelled ? null : error } });
      throw error.error;
    }
    if (epoch !== this.#epoch) {
      for (const track of stream.getTracks()) track.stop();
      return;
    }
    this.#stream = stream;
    const [video] = stream.getVideoTracks();
    if (video) {
      video.contentHint = 'detail';
      // The browser's own "stop sharing".
      video.addEventListener('ended', () => {
        if (stream === this.#stream) this.stop();
      });
    }
    this.#emit({ type: 'track', source: 'screen', track: this.track('video') });
    this.#emit({ type: 'track', source: 'screenAudio', track: this.track('audio') });
    const view = new MediaStream(stream.getVideoTracks());
    this.#emit({ type: 'fact', fact: { type: 'source-on', source: 'screen', deviceId: null, stream: view } });
  }
}
