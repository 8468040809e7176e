/** What `core/effects` loads when an effect is first switched on. Each makes what stands between a device and the others. */
import type { TrackProcessor } from '../core/local-media.js';
import { backdropFor } from './backdrop.js';
import { backgroundTrack } from './background-track.js';
import { loadNoise, noiseTrack } from './noise-track.js';
import { loadParts } from './segmenter/segmenter.js';

export async function background(name: string): Promise<TrackProcessor> {
  const [backdrop, parts] = await Promise.all([backdropFor(name), loadParts()]);
  return (camera, failed) => backgroundTrack(camera, backdrop, parts, failed);
}

export async function strongNoiseSuppression(): Promise<TrackProcessor> {
  const wasm = await loadNoise();
  return (microphone, failed) => noiseTrack(microphone, wasm, failed);
}
