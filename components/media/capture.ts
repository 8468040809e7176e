/**
 * Opens microphone and camera with one permission question, and takes what can be had in steps:
 * both, then each alone. Holds nothing: the tracks belong to the caller.
 */
import type { DeviceError } from '../core/call-error.js';
import { blockedByPolicy, deviceError, permissionState } from './device-errors.js';

export interface Wanted {
  readonly microphone?: MediaTrackConstraints;
  readonly camera?: MediaTrackConstraints;
}

export interface Captured {
  readonly microphone: MediaStreamTrack | DeviceError | null;
  readonly camera: MediaStreamTrack | DeviceError | null;
}

type Kind = 'microphone' | 'camera';

/** Never rejects: for each wanted device a track, or why there is none. What the page's own stream has is taken from it. */
export async function capture(own: MediaStream | null, wanted: Wanted): Promise<Captured> {
  const [sound, picture] = [ownTrack(own?.getAudioTracks()), ownTrack(own?.getVideoTracks())];
  if (sound ?? picture) {
    const { microphone, camera } = wanted;
    const rest = await capture(null, { ...(microphone && !sound && { microphone }), ...(camera && !picture && { camera }) });
    return { microphone: (microphone && sound?.clone()) ?? rest.microphone, camera: (camera && picture?.clone()) ?? rest.camera };
  }
  if (!wanted.microphone || !wanted.camera) {
    return { microphone: await one('microphone', wanted.microphone), camera: await one('camera', wanted.camera) };
  }
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: wanted.microphone, video: wanted.camera });
    return { microphone: stream.getAudioTracks()[0] ?? null, camera: stream.getVideoTracks()[0] ?? null };
  } catch (cause) {
    if (!(await worthAskingAlone(cause)))
      return { microphone: deviceError('microphone', cause), camera: deviceError('camera', cause) };
    return { microphone: await one('microphone', wanted.microphone), camera: await one('camera', wanted.camera) };
  }
}

const ownTrack = (tracks: readonly MediaStreamTrack[] = []): MediaStreamTrack | undefined =>
  tracks.find(({ readyState }) => readyState === 'live');

async function one(kind: Kind, constraints: MediaTrackConstraints | undefined): Promise<MediaStreamTrack | DeviceError | null> {
  if (!constraints) return null;
  try {
    const stream = await navigator.mediaDevices.getUserMedia(
      kind === 'microphone' ? { audio: constraints } : { video: constraints },
    );
    return stream.getTracks()[0] ?? null;
  } catch (cause) {
    const { deviceId, ...anyDevice } = constraints;
    // The chosen device is gone: any other is better than none.
    if (deviceId && isMissing(cause)) return one(kind, anyDevice);
    return deviceError(kind, cause);
  }
}

/** Who said no to both is not asked again; who blocked only one of them can still give the other. */
async function worthAskingAlone(cause: unknown): Promise<boolean> {
  if (!(cause instanceof DOMException)) return false;
  if (cause.name !== 'NotAllowedError') return true;
  const kinds: readonly Kind[] = ['microphone', 'camera'];
  const blocked = await Promise.all(
    kinds.map(async (kind) => blockedByPolicy(kind) || (await permissionState(kind)) === 'denied'),
  );
  return blocked.some(Boolean) && !blocked.every(Boolean);
}

function isMissing(cause: unknown): boolean {
  return cause instanceof DOMException && (cause.name === 'OverconstrainedError' || cause.name === 'NotFoundError');
}
