/**
 * From a camera's track to single pictures, and from a canvas back to a track. Chromium hands pictures over as
 * they come, also in a background tab; elsewhere a hidden video is looked at on a beat, and the canvas is captured.
 */
import { everyFewMs } from '../core/ticker.js';

/** Not in TypeScript's DOM: Chromium only. */
interface Streams {
  readonly MediaStreamTrackProcessor?: new (init: { track: MediaStreamTrack; maxBufferSize?: number }) => {
    readonly readable: ReadableStream<VideoFrame>;
  };
  readonly MediaStreamTrackGenerator?: new (init: { kind: 'video' }) => MediaStreamTrack & {
    readonly writable: WritableStream<VideoFrame>;
  };
}

export interface Frame {
  readonly image: CanvasImageSource;
  readonly width: number;
  readonly height: number;
}

/** One at a time: what comes while one is being looked at is left out. */
export type Look = (frame: Frame) => Promise<void>;

export function framesOf(track: MediaStreamTrack, look: Look, failed: (cause: unknown) => void): () => void {
  const { MediaStreamTrackProcessor } = globalThis as Streams;
  return MediaStreamTrackProcessor
    ? read(new MediaStreamTrackProcessor({ track, maxBufferSize: 1 }).readable, look, failed)
    : watch(track, look, failed);
}

function read(stream: ReadableStream<VideoFrame>, look: Look, failed: (cause: unknown) => void): () => void {
  const reader = stream.getReader();
  let ended = false;
  const run = async (): Promise<void> => {
    for (;;) {
      const { value } = await reader.read();
      if (!value) return;
      try {
        if (!ended) await look({ image: value, width: value.displayWidth, height: value.displayHeight });
      } finally {
        value.close();
      }
    }
  };
  run().catch((cause: unknown) => {
    if (!ended) failed(cause);
  });
  return () => {
    ended = true;
    void reader.cancel();
  };
}

const BEAT_MS = 33;

function watch(track: MediaStreamTrack, look: Look, failed: (cause: unknown) => void): () => void {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.srcObject = new MediaStream([track]);
  video.play().catch(() => undefined); // told by the pictures that do not come
  let busy = false;
  let shown = -1;
  const end = everyFewMs(BEAT_MS, () => {
    const { videoWidth: width, videoHeight: height, currentTime } = video;
    if (busy || !width || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || currentTime === shown) return;
    busy = true;
    shown = currentTime;
    look({ image: video, width, height })
      .catch(failed)
      .finally(() => (busy = false));
  });
  return () => {
    end();
    video.srcObject = null;
  };
}

export interface Outlet {
  readonly track: MediaStreamTrack;
  /** The canvas has a new picture. */
  push(): void;
}

export function trackFrom(canvas: HTMLCanvasElement): Outlet {
  const { MediaStreamTrackGenerator } = globalThis as Streams;
  if (!MediaStreamTrackGenerator) {
    const [track] = canvas.captureStream().getVideoTracks();
    if (!track) throw new TypeError('The canvas gives no track.');
    return { track, push: () => undefined };
  }
  const track = new MediaStreamTrackGenerator({ kind: 'video' });
  const writer = track.writable.getWriter();
  return {
    track,
    push: () => {
      if (track.readyState === 'ended') return;
      const frame = new VideoFrame(canvas, { timestamp: performance.now() * 1000 });
      writer.write(frame).catch(() => frame.close());
    },
  };
}
