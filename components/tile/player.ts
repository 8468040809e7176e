/**
 * Plays one stream and keeps at it: the stream is set only when it is another one, what the system paused is started again,
 * what the browser refuses is reported and can be started later, and the picture is shown from its first frame on. Knows nothing of tiles, people or calls.
 *
 * The sound has an element of its own: a <video> plays nothing before its first frame, and a picture that nobody
 * looks at, or that the network cannot carry, is not sent at all.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { PlayerGain } from './player-gain.js';

export interface PlayerOptions {
  video(): HTMLVideoElement | null;
  audio(): HTMLAudioElement | null;
  /** The browser refused to start it; answer with a function that takes the report back. */
  onBlocked(retry: () => Promise<void>): (() => void) | undefined;
}

/** Where no frame callback comes (an old browser, a covered window), a started video is shown after this. */
const PATIENCE_MS = 1_200;
/** Paused again within this time after it was started: the next attempt waits, each time twice as long. */
const SETTLED_MS = 2_000;
const LONGEST_WAIT_MS = 16_000;

/** One of the two elements, and what is known of its playing. */
interface Playing {
  startedAt: number;
  waitMs: number;
  timer?: ReturnType<typeof setTimeout> | undefined;
  takeBack?: (() => void) | undefined;
}

export class Player implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  readonly #options: PlayerOptions;
  readonly #playing = new Map<HTMLMediaElement, Playing>();
  #hasFrame = false;
  #waiting = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #end = new AbortController();
  #gain: PlayerGain | undefined;
  #volume = 1;

  constructor(host: ReactiveControllerHost & Element, options: PlayerOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  /** There is a picture to show, not merely a stream. */
  get hasFrame(): boolean {
    return this.#hasFrame;
  }

  hostConnected(): void {
    this.#end = new AbortController();
    const { signal } = this.#end;
    const page = this.#host.ownerDocument;
    // A browser that froze the tab paused every player; in a hidden one it may have refused to start them.
    for (const event of ['resume', 'visibilitychange']) page.addEventListener(event, this.#startAgain, { signal });
    page.defaultView?.addEventListener('pageshow', this.#startAgain, { signal });
    this.#startAgain();
  }

  hostDisconnected(): void {
    this.#end.abort();
    // Told late: it was taken out and is in again, somewhere else. What it plays goes on.
    if (this.#host.isConnected) return;
    clearTimeout(this.#timer);
    this.#gain?.close();
    this.#gain = undefined;
    // A player outside the page must not go on sounding.
    for (const element of this.#elements()) {
      this.#clearReport(element);
      clearTimeout(this.#playing.get(element)?.timer);
      element.srcObject = null;
    }
    this.#hasFrame = false;
  }

  /** @param silent Only the picture. */
  set(stream: MediaStream | null, silent: boolean): void {
    const [video, audio] = [this.#options.video(), this.#options.audio()];
    // A tile is drawn once more after it was removed: playing then would keep it alive for ever.
    if (!video?.isConnected || !audio) return;
    const sound = silent ? null : stream;
    if (audio.srcObject !== sound) {
      this.#clearReport(audio);
      audio.srcObject = sound;
      this.#gain?.set(sound, this.#volume);
      if (sound) void this.#play(audio);
    }
    if (video.srcObject === stream) return;
    video.muted = true;
    video.srcObject = stream;
    this.awaitFrame();
    if (stream) void this.#play(video);
  }

  setVolume(volume: number): void {
    const audio = this.#options.audio();
    this.#volume = volume;
    if (!audio) return;
    if (this.#gain) return this.#gain.set(audio.srcObject as MediaStream | null, volume);
    if (audio.volume !== volume) audio.volume = volume;
    // On iOS it stays what it is: there the sound goes through a gain of ours.
    if (Math.abs(audio.volume - volume) > 0.01) void this.#useGain(audio);
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

  async #useGain(audio: HTMLAudioElement): Promise<void> {
    const { PlayerGain } = await import('./player-gain.js');
    if (this.#gain || this.#end.signal.aborted) return;
    this.#gain = new PlayerGain(audio);
    this.#gain.set(audio.srcObject as MediaStream | null, this.#volume);
  }

  readonly #startAgain = (): void => {
    if (this.#host.ownerDocument.visibilityState === 'hidden') return;
    for (const element of this.#elements()) if (element.srcObject && element.paused) void this.#play(element);
  };

  /** We never pause. The system did: a telephone call, earphones pulled out, a key of the keyboard. */
  #paused(element: HTMLMediaElement, playing: Playing): void {
    const stream = element.srcObject as MediaStream | null;
    if (!stream?.active || !element.isConnected || !element.paused) return;
    const settled = performance.now() - playing.startedAt > SETTLED_MS;
    playing.waitMs = settled ? 0 : Math.min(LONGEST_WAIT_MS, playing.waitMs * 2 || 250);
    clearTimeout(playing.timer);
    const start = (): void => {
      if (element.srcObject === stream && element.isConnected && element.paused) void this.#play(element);
    };
    if (playing.waitMs) playing.timer = setTimeout(start, playing.waitMs);
    else start();
  }

  #elements(): HTMLMediaElement[] {
    return [this.#options.video(), this.#options.audio()].filter((element) => element !== null);
  }

  #of(element: HTMLMediaElement): Playing {
    const known = this.#playing.get(element);
    if (known) return known;
    const playing: Playing = { startedAt: -SETTLED_MS, waitMs: 0 };
    this.#playing.set(element, playing);
    element.addEventListener('pause', () => this.#paused(element, playing));
    return playing;
  }

  async #play(element: HTMLMediaElement): Promise<void> {
    const playing = this.#of(element);
    try {
      await element.play();
      playing.startedAt = performance.now();
      this.#clearReport(element);
    } catch (error) {
      // AbortError: another stream came in between, which plays itself, or a pause, which is seen.
      if (!(error instanceof DOMException) || error.name !== 'NotAllowedError' || playing.takeBack) return;
      playing.takeBack = this.#options.onBlocked(async () => {
        await element.play();
        this.#clearReport(element);
      });
    }
  }

  #clearReport(element: HTMLMediaElement): void {
    const playing = this.#playing.get(element);
    playing?.takeBack?.();
    if (playing) playing.takeBack = undefined;
  }
}
