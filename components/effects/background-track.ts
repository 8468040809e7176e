/**
 * A camera's track with another background. The person is found in each picture, or in every other one where that
 * takes long; nobody gets a picture in which it was not done.
 */
import type { ProcessedTrack } from '../core/local-media.js';
import type { Backdrop } from './backdrop.js';
import { facingAs } from './facing.js';
import { framesOf, trackFrom, type Frame } from './frames.js';
import { Pace } from './pace.js';
import { createSegmenter } from './segmenter/segmenter.js';
import type { EngineParts } from './segmenter/engine.js';

/** Until the first picture: a camera that gives none must not hold everything up. */
const PATIENCE_MS = 8_000;

export async function backgroundTrack(
  camera: MediaStreamTrack,
  backdrop: Backdrop,
  parts: EngineParts,
  failed: (cause: unknown) => void,
): Promise<ProcessedTrack> {
  const segmenter = await createSegmenter(parts);
  const small = context(segmenter, { willReadFrequently: true });
  const mask = context(segmenter);
  const out = context({ width: 640, height: 360 });
  const outlet = trackFrom(out.canvas);
  const pace = new Pace();
  let due = 0;
  let found = false;
  let reuse = false;
  let told = false;
  let first: () => void = () => undefined;
  let stop: () => void = () => undefined;

  const close = (): void => {
    stop();
    segmenter.close();
    outlet.track.stop();
  };
  const fail = (cause: unknown): void => {
    if (told) return;
    told = true;
    failed(cause);
  };

  const look = async (frame: Frame): Promise<void> => {
    const began = performance.now();
    if (began < due) return;
    // A little early is in time: pictures come on their own beat.
    due = Math.max(due, began - pace.step.intervalMs) + pace.step.intervalMs * 0.9;
    reuse = found && !reuse && segmentMs > pace.step.intervalMs;
    if (!reuse) await find(frame);
    compose(frame, pace.step.height);
    outlet.push();
    first();
    const here = performance.now() - began - (reuse || !segmenter.apart ? 0 : waitedMs);
    if (!pace.took(Math.max(here, segmentMs / 2))) fail(new Error('A picture takes too long on this machine.'));
  };

  let segmentMs = 0;
  let waitedMs = 0;
  const find = async ({ image }: Frame): Promise<void> => {
    const { width, height } = segmenter;
    small.drawImage(image, 0, 0, width, height);
    const picture = small.getImageData(0, 0, width, height);
    const asked = performance.now();
    const person = await segmenter.find(picture);
    waitedMs = performance.now() - asked;
    segmentMs += (waitedMs - segmentMs) / 8;
    if (!person) return;
    mask.putImageData(person, 0, 0);
    found = true;
  };

  const compose = ({ image, width, height }: Frame, most: number): void => {
    const scale = Math.min(1, most / height);
    const size = { width: even(width * scale), height: even(height * scale) };
    if (out.canvas.width !== size.width || out.canvas.height !== size.height) Object.assign(out.canvas, size);
    out.globalCompositeOperation = 'copy';
    out.drawImage(mask.canvas, 0, 0, size.width, size.height);
    out.globalCompositeOperation = 'source-in';
    out.drawImage(image, 0, 0, size.width, size.height);
    out.globalCompositeOperation = 'destination-over';
    backdrop.draw(out, image);
  };

  try {
    await new Promise<void>((ready, refused) => {
      first = ready;
      const patience = setTimeout(() => refused(new Error('The camera gives no picture.')), PATIENCE_MS);
      first = () => {
        clearTimeout(patience);
        ready();
      };
      stop = framesOf(camera, look, (cause) => {
        refused(cause instanceof Error ? cause : new Error('The pictures of the camera end.', { cause }));
        fail(cause);
      });
    });
  } catch (cause) {
    told = true;
    close();
    throw cause;
  }
  return { track: facingAs(outlet.track, camera), close };
}

function even(size: number): number {
  return Math.max(2, Math.round(size / 2) * 2);
}

function context(
  { width, height }: { readonly width: number; readonly height: number },
  settings?: CanvasRenderingContext2DSettings,
): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  const made = canvas.getContext('2d', settings);
  if (!made) throw new TypeError('There is no canvas.');
  return made;
}
