/** Effects on real tracks of the browser's fake devices: they change what is sent, and go away without a trace. */
import { expect } from '@open-wc/testing';
import type { MediaEvent, ProcessedTrack, TrackProcessor } from '../../components/core/local-media.js';
import { noiseTrack, loadNoise } from '../../components/effects/noise-track.js';
import { background, strongNoiseSuppression } from '../../components/effects/processors.js';
import { createSegmenter, loadParts } from '../../components/effects/segmenter/segmenter.js';
import { BrowserMedia } from '../../components/media/browser-media.js';

/** Small and slow, as the other tests have it: software draws every picture here. */
const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
before(() => {
  navigator.mediaDevices.getUserMedia = (wanted) =>
    real(wanted?.video ? { ...wanted, video: { ...(wanted.video as MediaTrackConstraints), width: 320, height: 180 } } : wanted);
});
after(() => {
  navigator.mediaDevices.getUserMedia = real;
});

const opened: BrowserMedia[] = [];
afterEach(() => {
  for (const media of opened.splice(0)) media.close();
});

function media(): { readonly media: BrowserMedia; readonly events: MediaEvent[]; readonly facts: () => string[] } {
  const made = new BrowserMedia();
  const events: MediaEvent[] = [];
  made.onEvent((event) => events.push(event));
  opened.push(made);
  return { media: made, events, facts: () => events.flatMap((event) => (event.type === 'fact' ? [event.fact.type] : [])) };
}

async function until<T>(what: string, look: () => T | null | undefined | false): Promise<T> {
  const end = performance.now() + 20_000;
  for (;;) {
    const found = look();
    if (found) return found;
    if (performance.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((again) => setTimeout(again, 40));
  }
}

const WIDTH = 160;
const HEIGHT = 90;

/** Looks at a track as a receiver would. */
function eye(track: MediaStreamTrack): { readonly look: () => Uint8ClampedArray | null; readonly close: () => void } {
  const video = document.createElement('video');
  video.muted = true;
  video.srcObject = new MediaStream([track]);
  void video.play();
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: WIDTH, height: HEIGHT });
  const context = canvas.getContext('2d', { willReadFrequently: true });
  return {
    look: () => {
      if (!context || !video.videoWidth) return null;
      context.drawImage(video, 0, 0, WIDTH, HEIGHT);
      const { data } = context.getImageData(0, 0, WIDTH, HEIGHT);
      return data.some((value, i) => i % 4 !== 3 && value > 0) ? data : null;
    },
    close: () => (video.srcObject = null),
  };
}

/** How much neighbours differ: sharp edges make it large. */
function sharpness(pixels: Uint8ClampedArray): number {
  let sum = 0;
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 1; x < WIDTH; x++)
      sum += Math.abs((pixels[(y * WIDTH + x) * 4 + 1] ?? 0) - (pixels[(y * WIDTH + x - 1) * 4 + 1] ?? 0));
  return sum / (WIDTH * HEIGHT);
}

async function seen(track: MediaStreamTrack): Promise<Uint8ClampedArray> {
  const { look, close } = eye(track);
  const pixels = await until('a picture', look);
  close();
  return pixels;
}

describe('the segmenter', () => {
  it('finds the person in a portrait and leaves the room behind her out', async () => {
    const image = new Image();
    image.src = new URL('../support/portrait.jpg', import.meta.url).href; // NASA, public domain: Eileen Collins
    await image.decode();
    const segmenter = await createSegmenter(await loadParts());
    const canvas = document.createElement('canvas');
    Object.assign(canvas, { width: segmenter.width, height: segmenter.height });
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no canvas');
    context.drawImage(image, 0, 0, segmenter.width, segmenter.height);
    const opacity = (found: ImageData, x: number, y: number): number =>
      found.data[(Math.round(y * segmenter.height) * segmenter.width + Math.round(x * segmenter.width)) * 4 + 3] ?? -1;
    let found: ImageData | null = null;
    for (let i = 0; i < 6; i++) found = await segmenter.find(context.getImageData(0, 0, segmenter.width, segmenter.height));
    segmenter.close();
    if (!found) throw new Error('nothing was found');
    expect(opacity(found, 0.44, 0.35), 'her face').to.be.above(240);
    expect(opacity(found, 0.44, 0.9), 'her suit').to.be.above(240);
    expect(opacity(found, 0.03, 0.1), 'the flag').to.be.below(15);
    expect(opacity(found, 0.9, 0.1), 'the shuttle').to.be.below(15);
  });
});

describe('a background', () => {
  it('blurs what is sent, comes and goes without touching the device, and starts again with it', async () => {
    const { media: devices, events } = media();
    await devices.open({ microphone: false, camera: true });
    const device = devices.track('camera');
    if (!device) throw new Error('no camera');
    const sharp = sharpness(await seen(device));

    await devices.setProcessor('camera', await background('blur'));
    const blurred = devices.track('camera');
    expect(blurred).to.not.equal(device);
    expect(events.filter(({ type }) => type === 'track').at(-1)).to.deep.include({ source: 'camera', track: blurred });
    const look = eye(blurred as MediaStreamTrack);
    await until('a blurred picture', () => {
      const pixels = look.look();
      return pixels && sharpness(pixels) < sharp / 3;
    });
    look.close();

    await devices.setCamera(false);
    expect(blurred?.readyState).to.equal('ended');
    await devices.setCamera(true);
    expect(sharpness(await seen(devices.track('camera') as MediaStreamTrack))).to.be.below(sharp / 3);

    const again = devices.track('camera');
    await devices.setProcessor('camera', null);
    expect(again?.readyState).to.equal('ended');
    expect(devices.track('camera')?.readyState).to.equal('live');
    expect(sharpness(await seen(devices.track('camera') as MediaStreamTrack))).to.be.above(sharp / 2);
  });

  it('puts a picture behind, and survives another camera', async () => {
    const { media: devices, events } = media();
    await devices.open({ microphone: false, camera: true });
    await devices.setProcessor('camera', await background('builtin:dusk'));
    const before = devices.track('camera');
    const pixels = await seen(before as MediaStreamTrack);
    // Nobody is in the fake picture: the top left corner is the sky of the picture.
    expect((pixels[2] ?? 0) - (pixels[1] ?? 0), 'blue before green').to.be.above(20);
    const cameras = (await navigator.mediaDevices.enumerateDevices()).filter(({ kind }) => kind === 'videoinput');
    const shown = events
      .flatMap((event) => (event.type === 'fact' && event.fact.type === 'source-on' ? [event.fact] : []))
      .at(-1);
    expect(shown?.stream?.getVideoTracks()[0], 'the self view shows the same').to.equal(before);
    await devices.switchDevice('camera', cameras.find(({ deviceId }) => deviceId !== shown?.deviceId)?.deviceId ?? null);
    await devices.setCamera(false);
    await devices.setCamera(true);
    const after = devices.track('camera');
    expect(after).to.not.equal(before);
    const other = await seen(after as MediaStreamTrack);
    expect((other[2] ?? 0) - (other[1] ?? 0)).to.be.above(20);
  });

  it('refuses what is no picture or may not be used, with a code', async () => {
    const code = (name: string): Promise<string> =>
      background(name).then(
        () => 'accepted',
        (error: { code: string }) => error.code,
      );
    expect(await code('builtin:nowhere')).to.equal('IMAGE_BLOCKED');
    expect(await code('data:image/png;base64,AAAA')).to.equal('IMAGE_BLOCKED');
    expect(await code(new URL('../support/portrait.jpg', import.meta.url).href)).to.equal('accepted');
  });
});

describe('a processor that fails', () => {
  const broken: TrackProcessor = () => Promise.reject(new Error('no'));

  it('leaves the device as it is, and says so', async () => {
    const { media: devices, facts } = media();
    await devices.open({ microphone: false, camera: true });
    const device = devices.track('camera');
    await devices.setProcessor('camera', broken);
    expect(devices.track('camera')).to.equal(device);
    expect(facts()).to.include('effect-failed');
  });

  it('later is taken out, and what it made is closed', async () => {
    const { media: devices, facts } = media();
    await devices.open({ microphone: false, camera: true });
    const device = devices.track('camera');
    let fail: (cause: unknown) => void = () => undefined;
    let closed = false;
    await devices.setProcessor('camera', async (track, failed): Promise<ProcessedTrack> => {
      fail = failed;
      return { track: track.clone(), close: () => (closed = true) };
    });
    expect(devices.track('camera')).to.not.equal(device);
    fail(new Error('too slow'));
    await until('the device itself', () => devices.track('camera') === device);
    await until('the end of it', () => closed);
    expect(facts().filter((type) => type === 'effect-failed')).to.have.length(1);
  });

  it('that comes after everything was closed is closed, too', async () => {
    const { media: devices } = media();
    await devices.open({ microphone: false, camera: true });
    let closed = false;
    let ready: (() => void) | undefined;
    const setting = devices.setProcessor('camera', async (track): Promise<ProcessedTrack> => {
      await new Promise<void>((go) => (ready = go));
      return { track: track.clone(), close: () => (closed = true) };
    });
    const go = await until('its turn', () => ready);
    devices.close();
    go();
    await setting;
    expect([closed, devices.track('camera')]).to.deep.equal([true, null]);
  });
});

/** A browser without a sound card runs no audio. */
function runs(context: AudioContext): Promise<boolean> {
  const patience = new Promise<boolean>((done) => setTimeout(() => done(false), 1_000));
  return Promise.race([context.resume().then(() => true), patience]);
}

/** Then the microphone goes on as it is. */
async function expectRefusal(): Promise<void> {
  const { media: devices, facts } = media();
  await devices.open({ microphone: true, camera: false });
  const device = devices.track('microphone');
  await devices.setProcessor('microphone', await strongNoiseSuppression());
  expect(devices.track('microphone')).to.equal(device);
  expect(facts()).to.include('effect-failed');
}

describe('strong noise suppression', () => {
  it('takes most of white noise away', async () => {
    const context = new AudioContext({ sampleRate: 48_000 });
    if (!(await runs(context))) return expectRefusal();
    const noise = context.createBufferSource();
    noise.buffer = context.createBuffer(1, 48_000, 48_000);
    const samples = noise.buffer.getChannelData(0);
    for (let i = 0; i < samples.length; i++) samples[i] = (Math.random() - 0.5) / 5;
    noise.loop = true;
    const out = context.createMediaStreamDestination();
    noise.connect(out);
    noise.start();
    const [raw] = out.stream.getAudioTracks();
    if (!raw) throw new Error('no track');
    const clean = await noiseTrack(raw, await loadNoise(), () => undefined);
    const level = (track: MediaStreamTrack): (() => number) => {
      const analyser = context.createAnalyser();
      context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
      const data = new Float32Array(analyser.fftSize);
      return () => {
        analyser.getFloatTimeDomainData(data);
        return Math.sqrt(data.reduce((sum, value) => sum + value * value, 0) / data.length);
      };
    };
    const [before, after] = [level(raw), level(clean.track)];
    await until('noise', () => before() > 0.04);
    const rms = await until('less noise', () => {
      const now = after();
      return now > 0 && now < before() / 2 ? now : 0;
    });
    expect(rms).to.be.below(before() / 2);
    clean.close();
    expect(clean.track.readyState).to.equal('ended');
    await context.close();
  });

  it('is muted with the microphone', async () => {
    const { media: devices } = media();
    await devices.setProcessor('microphone', await strongNoiseSuppression());
    await devices.open({ microphone: true, camera: false });
    const sent = devices.track('microphone');
    expect(sent?.enabled).to.equal(true);
    await devices.setMicrophone(false);
    expect(sent?.enabled).to.equal(false);
    await devices.setMicrophone(true);
    expect([sent?.enabled, devices.track('microphone') === sent]).to.deep.equal([true, true]);
  });
});
