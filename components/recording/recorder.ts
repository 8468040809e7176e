/** Makes a file of a call: mixer, picture, the browser's encoder, and the place it goes to. Loaded when asked for. */
import type { RecordingHost, Running } from '../core/recording.js';
import { Serial } from '../core/serial.js';
import { fileName, openFile } from './file.js';
import { Mixer } from './mixer.js';
import { Picture } from './picture.js';
import { durationBytes, prepareHead } from './webm-duration.js';

/** MP4 first: every player knows it, and it holds its duration. */
const TYPES = [
  'video/mp4;codecs=avc1.42E01F,mp4a.40.2',
  'video/mp4;codecs=avc1.42E01F,opus',
  'video/mp4;codecs=vp9,opus',
  'video/webm;codecs=vp9,opus',
  'video/webm;codecs=vp8,opus',
  'video/webm',
];
const VIDEO_BITS = 2_500_000;
const AUDIO_BITS = 128_000;
/** How often what was encoded is written. */
const SLICE_MS = 2_000;

export async function record(host: RecordingHost): Promise<Running> {
  const mimeType = typeof MediaRecorder === 'undefined' ? undefined : TYPES.find((type) => MediaRecorder.isTypeSupported(type));
  if (!mimeType) throw new TypeError('This browser has no recorder.');
  const type = mimeType.split(';', 1)[0] ?? mimeType;
  const mixer = new Mixer();
  let picture: Picture | undefined;
  try {
    // Both want the click that asked for it.
    const name = fileName(host.state.get().room, type, new Date());
    const [file, sound] = await Promise.all([openFile(name, type), mixer.start()]);
    mixer.follow(host);
    picture = new Picture(host, () => mixer.follow(host));
    const stream = new MediaStream([picture.track(), sound]);
    const encoder = new MediaRecorder(stream, { mimeType, videoBitsPerSecond: VIDEO_BITS, audioBitsPerSecond: AUDIO_BITS });
    const close = (): void => {
      picture?.close();
      mixer.close();
      for (const track of stream.getTracks()) track.stop();
    };
    return await run(encoder, file, close, host.failed);
  } catch (cause) {
    picture?.close();
    mixer.close();
    throw cause;
  }
}

async function run(
  encoder: MediaRecorder,
  file: Awaited<ReturnType<typeof openFile>>,
  close: () => void,
  failed: (cause: unknown) => void,
): Promise<Running> {
  const writing = new Serial();
  let durationAt: number | undefined;
  let first = true;
  let broken = false;
  const fail = (cause: unknown): void => {
    if (broken) return;
    broken = true;
    failed(cause);
  };
  encoder.addEventListener('error', () => fail(new Error('The encoder stopped.')));
  encoder.addEventListener('dataavailable', ({ data }) => {
    if (!data.size) return;
    writing
      .run(async () => {
        const bytes = new Uint8Array(await data.arrayBuffer());
        const prepared = first ? prepareHead(bytes) : null;
        first = false;
        durationAt ??= prepared?.at;
        await file.write(prepared?.head ?? bytes);
      })
      .catch(fail);
  });
  const ended = new Promise((done) => encoder.addEventListener('stop', done, { once: true }));
  // Not at `start`: Firefox says that with the first slice, and a player would end so much too early.
  const began = performance.now();
  encoder.start(SLICE_MS);

  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    if (encoder.state !== 'inactive') encoder.stop();
    const ms = performance.now() - began;
    await ended;
    close();
    await writing.run(async () => {
      if (durationAt !== undefined) await file.patch(durationAt, durationBytes(ms));
      await file.close();
    });
  };
  return { stop: () => (stopped ??= stop()) };
}
