/**
 * Plays one stream and keeps at it: the stream is set only when it is another one, a refused sound is reported and
 * can be started later, and the picture is shown from its first frame on. Knows nothing of tiles, people or calls.
 *
 * The sound has an element of its own: a <video> plays nothing before its first frame, and a picture that nobody
 * looks at, or that the network cannot carry, is not sent at all. And it has a stream of its own: a track that is added to a
 * stream that plays already stays silent, or is heard beside the one it replaces. A picture can be exchanged in its stream.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

export interface PlayerOptions {
  video(): HTMLVideoElement | null;
  audio(): HTMLAudioElement | null;
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
  /** The stream whose sound is played, and the end of listening to its tracks. */
  #sounding: MediaStream | null = null;
  #listening = new AbortController();

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
    // A player outside the page must not go on sounding.
    this.#follow(null);
    for (const element of this.#elements()) element.srcObject = null;
    this.#hasFrame = false;
  }

  /** @param silent Only the picture. */
  set(stream: MediaStream | null, silent: boolean): void {
    const [video, audio] = [this.#options.video(), this.#options.audio()];
    // A tile is drawn once more after it was removed: playing then would keep it alive for ever.
    if (!video?.isConnected || !audio) return;
    this.#follow(silent ? null : stream);
    this.#sound(audio);
    if (video.srcObject === stream) return;
    video.muted = true;
    video.srcObject = stream;
    this.awaitFrame();
    if (stream) void this.#play(video);
  }

  setVolume(volume: number): void {
    const audio = this.#options.audio();
    if (audio && audio.volume !== volume) audio.volume = volume;
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
    const audio = this.#options.audio();
    if (!audio || !('setSinkId' in audio) || audio.sinkId === id) return;
    // The device may be gone: sound stays where it is.
    await audio.setSinkId(id).catch(() => undefined);
  }

  /** A browser that froze the tab paused every player, and does not start them again. */
  readonly #resume = (): void => {
    for (const element of this.#elements()) if (element.srcObject && element.paused) void this.#play(element);
  };

  /** Another track may carry the sound later: a connection was made anew. */
  #follow(stream: MediaStream | null): void {
    if (stream === this.#sounding) return;
    this.#listening.abort();
    this.#listening = new AbortController();
    this.#sounding = stream;
    const changed = (): void => {
      const audio = this.#options.audio();
      if (audio?.isConnected) this.#sound(audio);
    };
    for (const type of ['addtrack', 'removetrack']) stream?.addEventListener(type, changed, { signal: this.#listening.signal });
  }

  #sound(audio: HTMLAudioElement): void {
    const stream = this.#sounding;
    const tracks = stream?.getAudioTracks() ?? [];
    const now = audio.srcObject instanceof MediaStream ? audio.srcObject : null;
    // Without a sound yet: the stream itself, which plays what the browser adds to it.
    if (tracks.length ? now !== stream && sameTracks(now, tracks) : now === stream) return;
    this.#clearReport();
    audio.srcObject = tracks.length ? new MediaStream(tracks) : stream;
    if (stream) void this.#play(audio);
  }

  #elements(): HTMLMediaElement[] {
    return [this.#options.video(), this.#options.audio()].filter((element) => element !== null);
  }

  async #play(element: HTMLMediaElement): Promise<void> {
    try {
      await element.play();
      if (!element.muted) this.#clearReport();
    } catch (error) {
      // AbortError: another stream came in between, which plays itself. A silent picture is never refused.
      if (!(error instanceof DOMException) || error.name !== 'NotAllowedError' || element.muted || this.#takeBack) return;
      this.#takeBack = this.#options.onBlocked(async () => {
        await element.play();
        this.#clearReport();
      });
    }
  }

  #clearReport(): void {
    this.#takeBack?.();
    this.#takeBack = undefined;
  }
}

function sameTracks(stream: MediaStream | null, tracks: readonly MediaStreamTrack[]): boolean {
  const now = stream?.getTracks() ?? [];
  return now.length === tracks.length && tracks.every((track) => now.includes(track));
}
