/**
 * Plays one stream in one <video> and keeps at it: the stream is set only when it is another one, a
 * refused sound is reported and can be started later, and the picture is shown from its first frame on.
 * Knows nothing of tiles, people or calls.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

export interface PlayerOptions {
  video(): HTMLVideoElement | null;
  /** The browser refused to start the sound; answer with a function that takes the report back. */
  onBlocked(retry: () => Promise<void>): (() => void) | undefined;
}

/** Where no frame callback comes (an old browser, a covered window), a started video is shown after this. */
const PATIENCE_MS = 1_200;

export class Player implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #options: PlayerOptions;
  #hasFrame = false;
  #waiting = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #takeBack: (() => void) | undefined;
  #muted = false;

  constructor(host: ReactiveControllerHost, options: PlayerOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  /** There is a picture to show, not merely a stream. */
  get hasFrame(): boolean {
    return this.#hasFrame;
  }

  hostConnected(): void {
    document.addEventListener('resume', this.#resume);
  }

  hostDisconnected(): void {
    document.removeEventListener('resume', this.#resume);
    this.#clearReport();
    clearTimeout(this.#timer);
    const video = this.#options.video();
    // A player outside the page must not go on sounding.
    if (video) video.srcObject = null;
    this.#hasFrame = false;
  }

  set(stream: MediaStream | null, muted: boolean): void {
    const video = this.#options.video();
    // A tile is drawn once more after it was removed: playing then would keep it alive for ever.
    if (!video?.isConnected) return;
    this.#muted = muted;
    if (!this.#takeBack || muted) video.muted = muted;
    if (video.srcObject === stream) return;
    this.#clearReport();
    video.srcObject = stream;
    this.awaitFrame();
    if (stream) void this.#play(video);
  }

  setVolume(volume: number): void {
    const video = this.#options.video();
    if (video && video.volume !== volume) video.volume = volume;
  }

  /** Hides the picture until the next frame: the last one is of another moment. */
  awaitFrame(): void {
    const video = this.#options.video();
    const turn = ++this.#waiting;
    const show = (): void => {
      if (turn !== this.#waiting || this.#hasFrame) return;
      clearTimeout(this.#timer);
      this.#hasFrame = true;
      this.#host.requestUpdate();
    };
    this.#hasFrame = false;
    this.#host.requestUpdate();
    if (!video?.srcObject) return;
    if ('requestVideoFrameCallback' in video) video.requestVideoFrameCallback(show);
    clearTimeout(this.#timer);
    const check = (): void => {
      if (turn !== this.#waiting || this.#hasFrame) return;
      if (video.videoWidth > 0 && video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) show();
      else this.#timer = setTimeout(check, PATIENCE_MS);
    };
    this.#timer = setTimeout(check, PATIENCE_MS);
  }

  async setSink(id: string): Promise<void> {
    const video = this.#options.video();
    if (!video || !('setSinkId' in video) || video.sinkId === id) return;
    // The device may be gone: sound stays where it is.
    await video.setSinkId(id).catch(() => undefined);
  }

  /** A browser that froze the tab paused every player, and does not start them again. */
  readonly #resume = (): void => {
    const video = this.#options.video();
    if (video?.srcObject && video.paused) void this.#play(video);
  };

  async #play(video: HTMLVideoElement): Promise<void> {
    try {
      await video.play();
      this.#clearReport();
    } catch (error) {
      // AbortError: another stream came in between, which plays itself.
      if (!(error instanceof DOMException) || error.name !== 'NotAllowedError' || this.#takeBack) return;
      this.#takeBack = this.#options.onBlocked(async () => {
        video.muted = this.#muted;
        await video.play();
        this.#clearReport();
      });
      // The picture at least, without the sound.
      video.muted = true;
      await video.play().catch(() => undefined);
    }
  }

  #clearReport(): void {
    this.#takeBack?.();
    this.#takeBack = undefined;
  }
}
