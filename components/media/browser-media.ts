/**
 * Our devices over getUserMedia: one serial path for camera and microphone, so that a quick
 * off-on-off ends as the visitor left it. A muted microphone stays open (it is back at once); a camera that
 * is off is closed (its light is off). What happened is told as facts; what is to be sent, as tracks.
 */
import { CallError, type DeviceError } from '../core/call-error.js';
import type { CaptureQuality, DeviceKind, LocalMedia, MediaEvent, ProcessedTrack, TrackProcessor } from '../core/local-media.js';
import type { Source } from '../core/participant.js';
import { Serial } from '../core/serial.js';
import { DEFAULT_TIMINGS, type MediaTimings } from '../core/timings.js';
import { capture, type Captured } from './capture.js';
import { cameraConstraints, microphoneConstraints } from './constraints.js';
import { DeviceList } from './device-list.js';
import { deviceError, permissionState } from './device-errors.js';
import { onInterruptionEnd } from './interruption.js';
import { LevelProbe } from './level-probe.js';
import { ScreenCapture } from './screen-capture.js';

type Kind = 'microphone' | 'camera';
const KINDS: readonly Kind[] = ['microphone', 'camera'];

export class BrowserMedia implements LocalMedia {
  readonly #serial = new Serial();
  readonly #tracks: Record<Kind, MediaStreamTrack | null> = { microphone: null, camera: null };
  /** What was chosen; null is the system's default. Kept while a device is off, and after it vanished. */
  readonly #chosen: Record<Kind, string | null> = { microphone: null, camera: null };
  readonly #processors: Record<Kind, TrackProcessor | null> = { microphone: null, camera: null };
  readonly #processed: Record<Kind, ProcessedTrack | null> = { microphone: null, camera: null };
  readonly #timings: MediaTimings;
  readonly #devices: DeviceList;
  readonly #screen = new ScreenCapture((event) => this.#emit(event));
  #listener: (event: MediaEvent) => void = () => undefined;
  #quality: CaptureQuality = { lowData: false, noiseSuppression: true };
  #stream: MediaStream | null = null;
  #probe: LevelProbe | null = null;
  /** Counts `close()`: what was asked for before it is not wanted any more when it arrives. */
  #epoch = 0;

  constructor(timings: MediaTimings = DEFAULT_TIMINGS.media) {
    this.#timings = timings;
    this.#devices = new DeviceList(timings.devicePollMs, (devices) =>
      this.#emit({ type: 'fact', fact: { type: 'devices-changed', devices } }),
    );
  }

  onEvent(listener: (event: MediaEvent) => void): void {
    this.#listener = listener;
  }

  open(wanted: { readonly microphone: boolean; readonly camera: boolean }): Promise<void> {
    return this.#run(async (epoch) => {
      const kinds = KINDS.filter((kind) => wanted[kind] && !this.#isOn(kind));
      await this.#capture(kinds, epoch);
    });
  }

  setMicrophone(on: boolean): Promise<void> {
    return this.#run(async (epoch) => {
      const track = this.#tracks.microphone;
      if (!track) {
        if (on) this.#orThrow(await this.#capture(['microphone'], epoch), 'microphone');
      } else if (track.enabled !== on) {
        track.enabled = on;
        const sent = this.#processed.microphone?.track;
        if (sent) sent.enabled = on;
        this.#tell('microphone', track);
      }
    });
  }

  setCamera(on: boolean): Promise<void> {
    return this.#run(async (epoch) => {
      if (on === this.#isOn('camera')) return;
      if (on) this.#orThrow(await this.#capture(['camera'], epoch), 'camera');
      else this.#drop('camera', null);
    });
  }

  setScreenshare(on: boolean): Promise<void> {
    return this.#screen.set(on, this.#quality);
  }

  switchDevice(kind: DeviceKind, id: string | null): Promise<void> {
    if (kind === 'speaker') return Promise.resolve();
    return this.#run(async (epoch) => {
      this.#chosen[kind] = id;
      const before = this.#tracks[kind];
      if (!before || (id !== null && before.getSettings().deviceId === id)) return;
      // Many phones have one camera at a time: the old one goes first. The microphone changes without a gap.
      if (kind === 'camera') before.stop();
      const { enabled } = before;
      this.#orThrow(await this.#capture([kind], epoch, enabled), kind);
    });
  }

  setProcessor(kind: Kind, processor: TrackProcessor | null): Promise<void> {
    return this.#serial.run(async () => {
      this.#processors[kind] = processor;
      const track = this.#tracks[kind];
      if (!track) return;
      await this.#send(kind, track);
    });
  }

  setStream(stream: MediaStream | null): void {
    if (stream === this.#stream) return;
    this.#stream = stream;
    for (const kind of KINDS) {
      const track = this.#tracks[kind];
      if (track) void this.#run(async (epoch) => void (await this.#capture([kind], epoch, track.enabled)));
    }
  }

  setQuality(quality: CaptureQuality): void {
    const { lowData, noiseSuppression, resolution } = this.#quality;
    this.#quality = quality;
    if (quality.noiseSuppression !== noiseSuppression)
      void this.#tracks.microphone
        ?.applyConstraints(microphoneConstraints(this.#chosen.microphone, quality))
        .catch(() => undefined);
    if (quality.lowData === lowData && quality.resolution === resolution) return;
    const { width, height, frameRate } = cameraConstraints(null, quality);
    // Ideals that cannot be met are no failure.
    void this.#tracks.camera
      ?.applyConstraints({ width: width ?? {}, height: height ?? {}, frameRate: frameRate ?? {} })
      .catch(() => undefined);
  }

  track(source: Source): MediaStreamTrack | null {
    if (source === 'screen') return this.#screen.track('video');
    if (source === 'screenAudio') return this.#screen.track('audio');
    return this.#sent(source);
  }

  level(): number {
    return this.#probe?.read() ?? 0;
  }

  close(): void {
    this.#epoch += 1;
    this.#screen.stop();
    for (const kind of ['microphone', 'camera'] as const) if (this.#tracks[kind]) this.#drop(kind, null);
    this.#devices.close();
  }

  #run(task: (epoch: number) => Promise<void>): Promise<void> {
    const epoch = this.#epoch;
    return this.#serial.run(async () => {
      if (epoch === this.#epoch) await task(epoch);
    });
  }

  #isOn(kind: Kind): boolean {
    return this.#tracks[kind]?.enabled === true;
  }

  async #capture(kinds: readonly Kind[], epoch: number, enabled = true): Promise<Captured> {
    if (kinds.length === 0) return { microphone: null, camera: null };
    for (const source of kinds) this.#emit({ type: 'fact', fact: { type: 'source-changing', source, to: 'on' } });
    const captured = await capture(this.#stream, {
      ...(kinds.includes('microphone') && { microphone: microphoneConstraints(this.#chosen.microphone, this.#quality) }),
      ...(kinds.includes('camera') && { camera: cameraConstraints(this.#chosen.camera, this.#quality) }),
    });
    for (const kind of kinds) {
      const result = captured[kind];
      if (result instanceof MediaStreamTrack && epoch === this.#epoch) {
        await this.#take(kind, result, enabled);
      } else {
        if (result instanceof MediaStreamTrack) result.stop(); // it came after `close()`
        this.#drop(kind, result instanceof MediaStreamTrack ? null : result);
      }
    }
    if (epoch === this.#epoch) await this.#devices.refresh();
    return captured;
  }

  async #take(kind: Kind, track: MediaStreamTrack, enabled: boolean): Promise<void> {
    this.#tracks[kind]?.stop();
    this.#tracks[kind] = track;
    track.enabled = enabled;
    // Fires when the device vanishes or the permission is taken back, not when we stop it.
    track.addEventListener('ended', () => {
      if (this.#tracks[kind] === track) void this.#lost(kind);
    });
    onInterruptionEnd(track, this.#timings.interruptionMs, () => {
      if (this.#tracks[kind] === track)
        void this.#run((epoch) => this.#capture([kind], epoch, track.enabled).then(() => undefined));
    });
    if (kind === 'microphone') {
      this.#probe?.close();
      this.#probe = new LevelProbe(track);
    } else {
      track.contentHint = 'motion';
    }
    await this.#send(kind, track);
  }

  #sent(kind: Kind): MediaStreamTrack | null {
    return this.#processed[kind]?.track ?? this.#tracks[kind];
  }

  /** Through the processor, if there is one. The old track goes on until the new one is ready. */
  async #send(kind: Kind, track: MediaStreamTrack): Promise<void> {
    const before = this.#processed[kind];
    const processor = this.#processors[kind];
    const failed = (cause: unknown): void => {
      if (this.#processors[kind] !== processor) return;
      this.#processors[kind] = null;
      this.#emit({
        type: 'fact',
        fact: {
          type: 'effect-failed',
          source: kind,
          error: cause instanceof CallError ? cause : new CallError('EFFECT_FAILED', { cause }),
        },
      });
    };
    const processed =
      (await processor?.(track, (cause) => {
        if (this.#processed[kind] !== processed) return;
        failed(cause);
        void this.setProcessor(kind, this.#processors[kind]);
      }).catch(failed)) ?? null;
    if (this.#tracks[kind] !== track) return processed?.close(); // let go meanwhile
    if (processed) processed.track.enabled = track.enabled;
    if (processed && kind === 'camera') processed.track.contentHint = 'motion';
    this.#processed[kind] = processed;
    this.#emit({ type: 'track', source: kind, track: this.#sent(kind) });
    this.#tell(kind, track);
    before?.close();
  }

  /** A device went away under us: any other of its kind is better than none, if the permission still stands. */
  async #lost(kind: Kind): Promise<void> {
    const denied = (await permissionState(kind)) === 'denied';
    const cause = new DOMException('The device was taken away.', denied ? 'NotAllowedError' : 'NotFoundError');
    await this.#run(async (epoch) => {
      if (this.#tracks[kind]?.readyState === 'live') return;
      const enabled = this.#isOn(kind);
      this.#drop(kind, deviceError(kind, cause));
      if (!denied && enabled) await this.#capture([kind], epoch);
    });
  }

  #drop(kind: Kind, error: DeviceError | null): void {
    const track = this.#tracks[kind];
    this.#tracks[kind] = null;
    track?.stop();
    this.#processed[kind]?.close();
    this.#processed[kind] = null;
    if (kind === 'microphone') {
      this.#probe?.close();
      this.#probe = null;
    }
    if (track) this.#emit({ type: 'track', source: kind, track: null });
    this.#emit({ type: 'fact', fact: { type: 'source-off', source: kind, error } });
  }

  #tell(kind: Kind, track: MediaStreamTrack): void {
    if (!track.enabled) {
      this.#emit({ type: 'fact', fact: { type: 'source-off', source: kind, error: null } });
      return;
    }
    const deviceId = track.getSettings().deviceId ?? null;
    const stream = kind === 'camera' ? new MediaStream([this.#sent(kind) ?? track]) : null;
    this.#emit({ type: 'fact', fact: { type: 'source-on', source: kind, deviceId, stream } });
  }

  #orThrow(captured: Captured, kind: Kind): void {
    const result = captured[kind];
    if (result && 'error' in result) throw result.error;
    if (!result) throw new CallError('DEVICE_NOT_FOUND');
  }

  #emit(event: MediaEvent): void {
    this.#listener(event);
  }
}
