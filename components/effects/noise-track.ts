/**
 * A microphone's track without what the browser's own suppression leaves: keyboards, fans, streets. RNNoise in an
 * audio worklet, at 48 kHz and on one channel, 10 ms late.
 */
import type { ProcessedTrack } from '../core/local-media.js';
import { NOISE_INTEGRITY } from './noise-integrity.js';

/** Of @sapphi-red/web-noise-suppressor. */
const PROCESSOR = '@sapphi-red/web-noise-suppressor/rnnoise';
const RATE = 48_000;
/** Without a click on the page the browser lets no audio run. */
const PATIENCE_MS = 2_000;

export async function loadNoise(): Promise<ArrayBuffer> {
  const answer = await fetch(new URL('./assets/rnnoise.wasm', import.meta.url), { integrity: NOISE_INTEGRITY });
  if (!answer.ok) throw new TypeError(`rnnoise.wasm: ${answer.status}`);
  return answer.arrayBuffer();
}

export async function noiseTrack(
  microphone: MediaStreamTrack,
  wasmBinary: ArrayBuffer,
  failed: (cause: unknown) => void,
): Promise<ProcessedTrack> {
  const context = new AudioContext({ sampleRate: RATE, latencyHint: 'interactive' });
  const close = (): void => void context.close().catch(() => undefined);
  try {
    await context.audioWorklet.addModule(new URL('./assets/rnnoise-worklet.js', import.meta.url));
    await running(context);
    const node = new AudioWorkletNode(context, PROCESSOR, {
      channelCount: 1,
      channelCountMode: 'explicit',
      outputChannelCount: [1],
      processorOptions: { wasmBinary, maxChannels: 1 },
    });
    node.addEventListener('processorerror', () => failed(new Error('The noise suppression stopped.')));
    const out = context.createMediaStreamDestination();
    out.channelCount = 1;
    context
      .createMediaStreamSource(new MediaStream([microphone]))
      .connect(node)
      .connect(out);
    const [track] = out.stream.getAudioTracks();
    if (!track) throw new TypeError('The audio graph gives no track.');
    return {
      track,
      close: () => {
        track.stop();
        node.port.postMessage('destroy');
        close();
      },
    };
  } catch (cause) {
    close();
    throw cause;
  }
}

async function running(context: AudioContext): Promise<void> {
  const patience = new Promise((done) => setTimeout(done, PATIENCE_MS));
  await Promise.race([context.resume(), patience]);
  if (context.state !== 'running') throw new Error('The browser lets no audio run before the page was touched.');
}
