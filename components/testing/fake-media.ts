/** Devices without a machine: every source turns on at once, or fails as told. Works in Node, too. */
import type { DeviceError } from '../core/call-error.js';
import type { LocalSourceName } from '../core/facts.js';
import type { CaptureQuality, DeviceKind, LocalMedia, MediaEvent, ProcessedSource, TrackProcessor } from '../core/local-media.js';
import type { Source } from '../core/participant.js';

export class FakeMedia implements LocalMedia {
  /** Set to make a source fail with this. */
  readonly failures = new Map<LocalSourceName, DeviceError>();
  readonly quality: CaptureQuality[] = [];
  /** The page's own, if any. */
  stream: MediaStream | null = null;
  readonly switched: { readonly kind: DeviceKind; readonly id: string | null }[] = [];
  /** What stands between a device and the others. */
  readonly processors = new Map<ProcessedSource, TrackProcessor | null>();
  readonly #tracks = new Map<Source, MediaStreamTrack>();
  #listener: (event: MediaEvent) => void = () => undefined;
  #count = 0;

  onEvent(listener: (event: MediaEvent) => void): void {
    this.#listener = listener;
  }

  async open(wanted: { readonly microphone: boolean; readonly camera: boolean }): Promise<void> {
    if (wanted.microphone && !this.#tracks.has('microphone')) this.turn('microphone', true);
    if (wanted.camera && !this.#tracks.has('camera')) this.turn('camera', true);
  }

  async setMicrophone(on: boolean): Promise<void> {
    this.#turnOrThrow('microphone', on);
  }

  async setCamera(on: boolean): Promise<void> {
    this.#turnOrThrow('camera', on);
  }

  async setScreenshare(on: boolean): Promise<void> {
    this.#turnOrThrow('screen', on);
  }

  async switchDevice(kind: DeviceKind, id: string | null): Promise<void> {
    this.switched.push({ kind, id });
  }

  async setProcessor(source: ProcessedSource, processor: TrackProcessor | null): Promise<void> {
    this.processors.set(source, processor);
  }

  setStream(stream: MediaStream | null): void {
    this.stream = stream;
  }

  setQuality(quality: CaptureQuality): void {
    this.quality.push(quality);
  }

  track(source: Source): MediaStreamTrack | null {
    return this.#tracks.get(source) ?? null;
  }

  level(): number {
    return this.#tracks.has('microphone') ? 0.5 : 0;
  }

  close(): void {
    for (const source of [...this.#tracks.keys()]) if (source !== 'screenAudio') this.turn(source, false);
  }

  /** Plays the machine: as if the visitor, or the device itself, had done it. */
  turn(source: LocalSourceName, on: boolean): void {
    const error = this.failures.get(source) ?? null;
    if (on) this.#listener({ type: 'fact', fact: { type: 'source-changing', source, to: 'on' } });
    if (on && !error) {
      this.#count += 1;
      const track = { kind: source === 'microphone' ? 'audio' : 'video', id: `${source}-${this.#count}` } as MediaStreamTrack;
      this.#tracks.set(source, track);
      this.#listener({ type: 'track', source, track });
      this.#listener({ type: 'fact', fact: { type: 'source-on', source, deviceId: `${source}-device`, stream: null } });
    } else {
      this.#tracks.delete(source);
      this.#listener({ type: 'track', source, track: null });
      this.#listener({ type: 'fact', fact: { type: 'source-off', source, error: on ? error : null } });
    }
  }

  #turnOrThrow(source: LocalSourceName, on: boolean): void {
    if (on === this.#tracks.has(source)) return;
    this.turn(source, on);
    const failure = this.failures.get(source);
    if (on && failure) throw failure.error;
  }
}
