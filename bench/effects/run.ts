/**
 * `npm run bench:effects`: what blur, a picture and strong noise suppression cost, beside the camera and the microphone
 * alone, in one browser, one after the other: processor time of the whole browser, and per picture that is shown. The
 * camera is small enough for every effect to keep its size: one that made it smaller is said to be no comparison.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { launchChromium } from '../../test/support/browsers.js';
import { ServerProcess } from '../../test/support/server-process.js';
import { writeClip } from '../mesh/clip.js';
import { processorSeconds } from '../processes.js';
import { save } from '../results.js';

const CAMERA = { width: 640, height: 360, frameRate: 15 };
/** Until what it takes is loaded, and the pace has found its step. */
const SETTLE_MS = 6_000;
const MEASURE_MS = 8_000;

interface Effect {
  readonly name: string;
  readonly background: string;
  readonly noise: 'on' | 'strong';
}
const PLAIN: Effect = { name: 'camera and microphone alone', background: 'none', noise: 'on' };
const EFFECTS: readonly Effect[] = [
  { name: 'blur', background: 'blur', noise: 'on' },
  { name: 'picture', background: 'builtin:studio', noise: 'on' },
  { name: 'strong noise suppression', background: 'none', noise: 'strong' },
];

interface Cost {
  readonly processorPercent: number;
  readonly framesPerSecond: number;
  /** What is sent to the others: an effect makes it smaller on a slow machine. */
  readonly height: number;
  readonly millisecondsPerFrame: number;
}

interface Room extends HTMLElement {
  readonly call: {
    preview(): Promise<void>;
    setBackground(background: string): Promise<void>;
    setNoiseSuppression(level: string): Promise<void>;
    readonly state: { get(): { readonly local: { readonly streams: { readonly camera: MediaStream | null } } } };
  };
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The preview at the door: the same path from the device as in a call, and nobody else who costs something. */
async function openDoor(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage();
  await page.evaluateOnNewDocument('globalThis.__name = (f) => f'); // the loader of TypeScript marks functions with it
  await page.goto(`${url}/r/bench`);
  await page.waitForSelector('webrtc-room:defined');
  await page.evaluate(async () => {
    const room = document.querySelector('webrtc-room') as unknown as Room;
    await room.call.preview();
    const video = Object.assign(document.createElement('video'), { id: 'sent', muted: true });
    document.body.append(video);
  });
  return page;
}

async function measure(browser: Browser, page: Page, { background, noise }: Effect): Promise<Cost> {
  await page.evaluate(
    async (behind, level) => {
      const { call } = document.querySelector('webrtc-room') as unknown as Room;
      await call.setBackground(behind);
      await call.setNoiseSuppression(level);
      const video = document.querySelector<HTMLVideoElement>('#sent');
      if (!video) return;
      video.srcObject = call.state.get().local.streams.camera;
      await video.play();
    },
    background,
    noise,
  );
  await sleep(SETTLE_MS);
  const shown = (): Promise<{ frames: number; height: number }> =>
    page.$eval('#sent', (element) => {
      const video = element as HTMLVideoElement;
      return { frames: video.getVideoPlaybackQuality().totalVideoFrames, height: video.videoHeight };
    });
  const root = browser.process()?.pid;
  const [seconds, before, from] = [processorSeconds(root), await shown(), performance.now()];
  await sleep(MEASURE_MS);
  const [spent, after, elapsed] = [processorSeconds(root) - seconds, await shown(), (performance.now() - from) / 1_000];
  const frames = after.frames - before.frames;
  return {
    processorPercent: (spent / elapsed) * 100,
    framesPerSecond: frames / elapsed,
    height: after.height,
    millisecondsPerFrame: (spent * 1_000) / frames,
  };
}

const folder = mkdtempSync(join(tmpdir(), 'webrtc-elements-bench-'));
const clip = join(folder, 'camera.y4m');
writeClip(clip, CAMERA);
const server = await ServerProcess.start({ LOG_LEVEL: 'silent' });
const browser = await launchChromium({
  fakeDevice: `fps=${CAMERA.frameRate}`,
  args: [`--use-file-for-fake-video-capture=${clip}`, '--autoplay-policy=no-user-gesture-required'],
});
try {
  const page = await openDoor(browser, server.url);
  const table: object[] = [];
  const number = (value: number, digits = 1): string => value.toFixed(digits).padStart(8);
  console.log(`${''.padEnd(28)}  CPU %: alone     with    ratio    pictures/s   height   ms/picture: alone     with    ratio`);
  for (const effect of EFFECTS) {
    const [alone, cost] = [await measure(browser, page, PLAIN), await measure(browser, page, effect)];
    const ratio = {
      processor: cost.processorPercent / alone.processorPercent,
      perFrame: cost.millisecondsPerFrame / alone.millisecondsPerFrame,
    };
    const same = cost.height === CAMERA.height && cost.framesPerSecond > CAMERA.frameRate * 0.9;
    table.push({ effect: effect.name, alone, with: cost, ratio, same });
    console.log(
      `${effect.name.padEnd(28)}  ${number(alone.processorPercent).padStart(12)} ${number(cost.processorPercent)} ${number(ratio.processor, 2)}` +
        `    ${number(cost.framesPerSecond)} ${number(cost.height, 0)}   ${number(alone.millisecondsPerFrame).padStart(17)}` +
        ` ${number(cost.millisecondsPerFrame)} ${number(ratio.perFrame, 2)}${same ? '' : '   smaller or fewer: no comparison'}`,
    );
  }
  save('effects', { camera: CAMERA, table });
} finally {
  await browser.close();
  await server.stop('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
}
