/** What we ask of a device. Ideals only: a device that cannot do them still works. */
import type { CaptureQuality } from '../core/local-media.js';

export function microphoneConstraints(deviceId: string | null, { noiseSuppression }: CaptureQuality): MediaTrackConstraints {
  return {
    echoCancellation: true,
    noiseSuppression,
    autoGainControl: true,
    ...(deviceId && { deviceId: { exact: deviceId } }),
  };
}

export function cameraConstraints(deviceId: string | null, { lowData, resolution }: CaptureQuality): MediaTrackConstraints {
  const [width = 1280, height = 720] = resolution?.match(/\d+/g)?.map(Number) ?? [];
  const size = lowData
    ? { width: { ideal: 320 }, height: { ideal: 180 }, frameRate: { ideal: 10, max: 15 } }
    : { width: { ideal: width }, height: { ideal: height }, frameRate: { ideal: 30, max: 30 } };
  return { ...size, ...(deviceId ? { deviceId: { exact: deviceId } } : { facingMode: 'user' }) };
}

export function screenConstraints({ lowData }: CaptureQuality): DisplayMediaStreamOptions {
  // A text on a screen is read, not watched: sharpness before motion.
  return { video: { frameRate: { ideal: lowData ? 5 : 15, max: 30 } }, audio: true };
}
