/**
 * `npm run bench:mesh [-- receivers … --camera 640x360@30 --threads]`: what it costs a sender to be seen by 1 to 6 others, in our mesh and in a plain
 * one, one after the other on the same machine: processor time of the sender's browser, bytes sent, frames encoded.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'puppeteer-core';
import { launchChromium } from '../../test/support/browsers.js';
import { ServerProcess } from '../../test/support/server-process.js';
import { processorSeconds, threadSeconds } from '../processes.js';
import { save } from '../results.js';
import { writeClip } from './clip.js';
import { ours, plain, preparePage } from './scenes.js';

/** Until the line's width is found and everybody has said what they show. */
const SETTLE_MS = 12_000;
const MEASURE_MS = 12_000;
const VIEWPORT = { width: 960, height: 540 };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { camera: { type: 'string', default: '640x360@30' }, threads: { type: 'boolean', default: false } },
});
const [width = NaN, height = NaN, frameRate = NaN] = values.camera.split(/[x@]/).map(Number);
const CAMERA = { width, height, frameRate };

interface Cost {
  readonly processorPercent: number;
  readonly kilobitsPerSecond: number;
  /** Per receiver: width × height at frames a second. */
  readonly pictures: readonly string[];
  /** Percent of a core, by process and thread, where it was asked for. */
  readonly threads?: Readonly<Record<string, number>>;
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function pageIn(browser: Browser): Promise<Page> {
  const page = await browser.newPage();
  await page.setViewport(VIEWPORT);
  await page.evaluateOnNewDocument('globalThis.__name = (f) => f'); // the loader of TypeScript marks functions with it
  await page.evaluateOnNewDocument(preparePage, CAMERA);
  await page.bringToFront();
  return page;
}

interface Sent {
  readonly bytes: number;
  readonly pictures: readonly string[];
}

const sent = (page: Page): Promise<Sent> =>
  page.evaluate(async () => {
    let bytes = 0;
    const pictures: string[] = [];
    for (const pc of (window as unknown as { connections: RTCPeerConnection[] }).connections) {
      if (pc.connectionState !== 'connected') continue;
      for (const report of (await pc.getStats()).values() as Iterable<RTCOutboundRtpStreamStats>) {
        if (report.type !== 'outbound-rtp') continue;
        bytes += (report.bytesSent ?? 0) + ((report as { headerBytesSent?: number }).headerBytesSent ?? 0);
        if (report.kind === 'video')
          pictures.push(`${report.frameWidth ?? 0}×${report.frameHeight ?? 0} ${Math.round(report.framesPerSecond ?? 0)}/s`);
      }
    }
    return { bytes, pictures };
  });

function busiest(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
  elapsed: number,
): Readonly<Record<string, number>> {
  const grown = [...after].map(([name, seconds]) => [name, ((seconds - (before.get(name) ?? 0)) / elapsed) * 100] as const);
  return Object.fromEntries(grown.filter(([, percent]) => percent >= 0.2).sort(([, a], [, b]) => b - a));
}

async function measure(scene: typeof ours, url: string, receivers: number, clip: string): Promise<Cost> {
  const browsers = [
    await launchChromium({ fakeDevice: `fps=${CAMERA.frameRate}`, args: [`--use-file-for-fake-video-capture=${clip}`] }),
    await launchChromium(),
  ] as const;
  try {
    const [sender, others] = [await pageIn(browsers[0]), await pageIn(browsers[1])];
    await scene(sender, others, url, receivers);
    await sleep(SETTLE_MS);
    const root = browsers[0].process()?.pid;
    const [seconds, threads, before, from] = [processorSeconds(root), threadSeconds(root), await sent(sender), performance.now()];
    await sleep(MEASURE_MS);
    const [spent, after, elapsed] = [processorSeconds(root) - seconds, await sent(sender), (performance.now() - from) / 1_000];
    return {
      processorPercent: (spent / elapsed) * 100,
      kilobitsPerSecond: ((after.bytes - before.bytes) * 8) / 1_000 / elapsed,
      pictures: after.pictures,
      ...(values.threads && { threads: busiest(threads, threadSeconds(root), elapsed) }),
    };
  } finally {
    await Promise.all(browsers.map((browser) => browser.close()));
  }
}

const wanted = positionals.map(Number).filter((count) => count >= 1 && count <= 7);
const folder = mkdtempSync(join(tmpdir(), 'webrtc-elements-bench-'));
const clip = join(folder, 'camera.y4m');
writeClip(clip, CAMERA);
const server = await ServerProcess.start({ LOG_LEVEL: 'silent' });
try {
  const table: object[] = [];
  const number = (value: number, digits = 0): string => value.toFixed(digits).padStart(8);
  console.log('receivers   CPU %: plain     ours    ratio   kbit/s: plain     ours    ratio');
  for (const receivers of wanted.length > 0 ? wanted : [1, 2, 3, 4, 5, 6]) {
    const [theirs, mine] = [await measure(plain, server.url, receivers, clip), await measure(ours, server.url, receivers, clip)];
    const processor = mine.processorPercent / theirs.processorPercent;
    const uplink = mine.kilobitsPerSecond / theirs.kilobitsPerSecond;
    table.push({ receivers, plain: theirs, ours: mine, ratio: { processor, uplink } });
    console.log(
      `${String(receivers).padStart(9)}   ${number(theirs.processorPercent, 1).padStart(12)} ${number(mine.processorPercent, 1)} ${number(processor, 2)}` +
        `   ${number(theirs.kilobitsPerSecond).padStart(13)} ${number(mine.kilobitsPerSecond)} ${number(uplink, 2)}`,
    );
    if (values.threads) for (const { threads } of [theirs, mine]) console.log(threads);
    console.log(`            plain: ${theirs.pictures.join(', ')}\n            ours:  ${mine.pictures.join(', ')}`);
  }
  save('mesh', { camera: CAMERA, viewport: VIEWPORT, table });
} finally {
  await server.stop('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
}
