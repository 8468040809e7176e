/**
 * Our devices, whose code is loaded with the first use: a page that is only read asks for no device. What is set before is
 * kept and set then. Knows nothing of getUserMedia.
 */
import { CallError } from '../core/call-error.js';
import type { CaptureQuality, DeviceKind, LocalMedia, MediaEvent, ProcessedSource, TrackProcessor } from '../core/local-media.js';
import type { Source } from '../core/participant.js';

export class LazyMedia implements LocalMedia {
  readonly #load: () => Promise<LocalMedia>;
  #media: LocalMedia | null = null;
  #loading: Promise<LocalMedia> | null = null;
  #listener: (event: MediaEvent) => void = () => undefined;
  #stream: MediaStream | null = null;
  #quality: CaptureQuality | null = null;
  /** Counts `close()`: a device that was asked for before it is not opened when the code arrives. */
  #epoch = 0;

  constructor(load: () => Promise<LocalMedia>) {
    this.#load = load;
  }

  /** Rejects with `SIGNAL_UNREACHABLE` when the code cannot be had; the next use tries again. */
  preload(): Promise<LocalMedia> {
    this.#loading ??= this.#load().then(
      (media) => {
        media.onEvent((event) => this.#listener(event));
        if (this.#quality) media.setQuality(this.#quality);
        if (this.#stream) media.setStream(this.#stream);
        return (this.#media = media);
      },
      (cause: unknown) => {
        this.#loading = null;
        throw new CallError('SIGNAL_UNREACHABLE', { cause, retryable: true });
      },
    );
    return this.#loading;
  }

  onEvent(listener: (event: MediaEvent) => void): void {
    this.#listener = listener;
  }

  async open(wanted: { readonly microphone: boolean; readonly camera: boolean }): Promise<void> {
    if (this.#media) return this.#media.open(wanted);
    const epoch = this.#epoch;
    const kinds = (['microphone', 'camera'] as const).filter((kind) => wanted[kind]);
    for (const source of kinds) this.#listener({ type: 'fact', fact: { type: 'source-changing', source, to: 'on' } });
    const media = await this.preload().catch(() => null);
    if (media && epoch === this.#epoch) return media.open(wanted);
    for (const source of kinds) this.#listener({ type: 'fact', fact: { type: 'source-off', source, error: null } });
  }

  setMicrophone(on: boolean): Promise<void> {
    return this.#use((media) => media.setMicrophone(on));
  }

  setCamera(on: boolean): Promise<void> {
    return this.#use((media) => media.setCamera(on));
  }

  /** In the same task once loaded: the browser's picker needs the click. */
  setScreenshare(on: boolean): Promise<void> {
    return this.#use((media) => media.setScreenshare(on));
  }

  switchDevice(kind: DeviceKind, id: string | null): Promise<void> {
    return this.#use((media) => media.switchDevice(kind, id));
  }

  setProcessor(source: ProcessedSource, processor: TrackProcessor | null): Promise<void> {
    return this.#use((media) => media.setProcessor(source, processor));
  }

  setStream(stream: MediaStream | null): void {
    this.#stream = stream;
    this.#media?.setStream(stream);
  }

  setQuality(quality: CaptureQuality): void {
    this.#quality = quality;
    this.#media?.setQuality(quality);
  }

  track(source: Source): MediaStreamTrack | null {
    return this.#media?.track(source) ?? null;
  }

  level(): number {
    return this.#media?.level() ?? 0;
  }

  close(): void {
    this.#epoch += 1;
    this.#media?.close();
  }

  #use(task: (media: LocalMedia) => Promise<void>): Promise<void> {
    if (this.#media) return task(this.#media);
    const epoch = this.#epoch;
    return this.preload().then((media) => (epoch === this.#epoch ? task(media) : undefined));
  }
}
