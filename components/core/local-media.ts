/**
 * Our own camera, microphone and screen, as the session needs them. The implementation over
 * getUserMedia is components/media; tests use a shipped fake.
 */
import type { MediaFact } from './facts.js';
import type { LocalParticipant, MediaState, Source } from './participant.js';

export type DeviceKind = 'microphone' | 'camera' | 'speaker';

export type MediaEvent =
  | { readonly type: 'fact'; readonly fact: MediaFact }
  /** What is to be sent for this source from now on; null: nothing. */
  | { readonly type: 'track'; readonly source: Source; readonly track: MediaStreamTrack | null };

export interface CaptureQuality {
  readonly lowData: boolean;
  /** The browser's own, on the microphone. */
  readonly noiseSuppression: boolean;
  /** As `640x360`. */
  readonly resolution?: string;
}

/** What a processor made of a device's track. Closing it leaves the device's track alone. */
export interface ProcessedTrack {
  readonly track: MediaStreamTrack;
  close(): void;
}

/** Stands between a device and everybody who gets its track. `failed` ends its work: the device's own track goes on. */
export type TrackProcessor = (device: MediaStreamTrack, failed: (cause: unknown) => void) => Promise<ProcessedTrack>;
export type ProcessedSource = 'microphone' | 'camera';

export interface LocalMedia {
  /** One listener: the session. */
  onEvent(listener: (event: MediaEvent) => void): void;
  /**
   * Opens what is asked for with a single permission question, and what can be had of it in steps:
   * both, one of them, none. Never rejects: what failed and why comes as facts.
   */
  open(wanted: { readonly microphone: boolean; readonly camera: boolean }): Promise<void>;
  /** Resolves when the state is as asked; rejects with `CallError` when it cannot be. */
  setMicrophone(on: boolean): Promise<void>;
  setCamera(on: boolean): Promise<void>;
  setScreenshare(on: boolean): Promise<void>;
  /** Uses another device from now on, without a gap where the browser allows. Null: the system's default. */
  switchDevice(kind: DeviceKind, id: string | null): Promise<void>;
  /** Puts something between a device and the others, from now on and for what is captured already; null: nothing. Never rejects. */
  setProcessor(source: ProcessedSource, processor: TrackProcessor | null): Promise<void>;
  /** The page's own stream instead of the devices, from now on and for what is on already; null: the devices. */
  setStream(stream: MediaStream | null): void;
  /** For what is captured from now on, and what is captured already. */
  setQuality(quality: CaptureQuality): void;
  /** What is being sent now. */
  track(source: Source): MediaStreamTrack | null;
  /** Loudness of our own microphone right now, 0 to 1; also while muted, for the "you are muted" hint. */
  level(): number;
  /** Stops every track and lets every device go. The object can be opened again. */
  close(): void;
}

const SOURCES: readonly Source[] = ['microphone', 'camera', 'screen', 'screenAudio'];

export function tracksOf(media: LocalMedia): ReadonlyMap<Source, MediaStreamTrack> {
  const tracks = new Map<Source, MediaStreamTrack>();
  for (const source of SOURCES) {
    const track = media.track(source);
    if (track) tracks.set(source, track);
  }
  return tracks;
}

/** What the others are told of our sources. */
export function mediaStateOf({ microphone, camera, screen, recording }: LocalParticipant, media: LocalMedia): MediaState {
  return {
    microphone: microphone.status === 'on',
    camera: camera.status === 'on',
    screen: screen.status === 'on',
    screenAudio: media.track('screenAudio') !== null,
    ...(recording && { recording: true as const }),
  };
}
