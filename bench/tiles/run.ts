/**
 * `npm run bench:tiles [-- --seconds 4 --rounds 6]`: what twenty-five tiles of a room cost while nothing happens, and
 * while people speak in turn, beside twenty-five bare `<video>` of the same size with the same pictures. All scenes play in one
 * page, one after the other, forwards and then backwards, so that what else the machine does meets all of them; each is compared
 * with the bare players of its own round. The processor time is that of the whole browser; scripts, styles and layouts are
 * what the page itself counted.
 */
import { createServer } from 'node:http';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'puppeteer-core';
import { build } from 'vite';
import { launchChromium } from '../../test/support/browsers.js';
import { drawing, type Drawing } from '../../test/support/drawing.js';
import { until } from '../../test/support/until.js';
import { processorSeconds } from '../processes.js';
import { save } from '../results.js';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '4' }, rounds: { type: 'string', default: '6' } },
});
const MEASURE_MS = Number(values.seconds) * 1_000;
const SETTLE_MS = 1_500;
const DRAWN_MS = 1_000;
const COUNT = 25;
const BUILT = fileURLToPath(new URL('../../dist/bench/tiles/', import.meta.url));

const SCENES = {
  bare: '25 bare <video>',
  rounded: 'the same with round corners',
  idle: 'a room of 25, nobody speaks',
  speaking: 'a room of 25, people speak',
  boxed: 'idle, in a round box that clips',
} as const;
type Scene = keyof typeof SCENES;
const NAMES = Object.keys(SCENES) as Scene[];

interface Cost {
  /** Of a core, the whole browser. */
  readonly processorPercent: number;
  /** Of a core, the scripts of the page. */
  readonly scriptPercent: number;
  readonly stylesPerSecond: number;
  readonly layoutsPerSecond: number;
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function serve(): Promise<{ readonly url: string; close(): void }> {
  await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: BUILT,
      emptyOutDir: true,
      target: 'es2022',
      lib: { entry: fileURLToPath(new URL('page.ts', import.meta.url)), formats: ['es'], fileName: 'page' },
    },
  });
  const server = createServer(({ url = '/' }, response) => {
    const script = /^\/([\w.-]+\.js)$/.exec(url)?.[1];
    if (script) response.writeHead(200, { 'content-type': 'text/javascript' }).end(readFileSync(join(BUILT, script)));
    else
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<!doctype html><title>tiles</title><body><script type="module" src="/page.js"></script>');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://localhost:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}

/** In the page, through shadow roots: how many pictures play. */
function playing(): number {
  const videos = (root: ParentNode): HTMLVideoElement[] => [
    ...root.querySelectorAll('video'),
    ...[...root.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot ? videos(shadowRoot) : [])),
  ];
  return videos(document).filter(({ videoWidth, paused }) => videoWidth > 0 && !paused).length;
}

async function opened(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 800 });
  await page.evaluateOnNewDocument('globalThis.__name = (f) => f'); // the loader of TypeScript marks functions with it
  await page.goto(url);
  await page.waitForFunction(() => 'tiles' in window);
  return page;
}

/** Shows a scene for as long as the task runs. */
async function shown<T>(page: Page, scene: Scene, task: () => Promise<T>): Promise<T> {
  await page.evaluate((which, count) => window.tiles.show(which, count), scene, COUNT);
  await until('every picture', async () => (await page.evaluate(playing)) === COUNT);
  await sleep(SETTLE_MS);
  const result = await task();
  await page.evaluate(() => window.tiles.clear());
  return result;
}

async function measure(page: Page, root: number | undefined): Promise<Cost> {
  const [before, seconds, from] = [await page.metrics(), processorSeconds(root), performance.now()];
  await sleep(MEASURE_MS);
  const [spent, elapsed, after] = [processorSeconds(root) - seconds, (performance.now() - from) / 1_000, await page.metrics()];
  const grown = (name: 'ScriptDuration' | 'RecalcStyleCount' | 'LayoutCount'): number =>
    ((after[name] ?? NaN) - (before[name] ?? NaN)) / elapsed;
  return {
    processorPercent: (spent / elapsed) * 100,
    scriptPercent: grown('ScriptDuration') * 100,
    stylesPerSecond: grown('RecalcStyleCount'),
    layoutsPerSecond: grown('LayoutCount'),
  };
}

const empty = <T>(): Record<Scene, T[]> => ({ bare: [], rounded: [], idle: [], speaking: [], boxed: [] });
const costs = empty<Cost>();
const drawn: Partial<Record<Scene, Drawing>> = {};
const server = await serve();
const browser = await launchChromium({ fakeDevice: 'fps=11' });
try {
  const page = await opened(browser, server.url);
  // The first room of a page pays for compiling, and says where the bare players have to stand.
  for (const scene of ['idle', ...NAMES] as const)
    drawn[scene] = await shown(page, scene, () => drawing(page, () => sleep(DRAWN_MS)));
  for (let round = 0; round < Number(values.rounds); round += 1)
    for (const scene of round % 2 ? NAMES.toReversed() : NAMES)
      costs[scene].push(await shown(page, scene, () => measure(page, browser.process()?.pid)));
} finally {
  await browser.close();
  server.close();
}

const sorted = (numbers: readonly number[]): number[] => [...numbers].sort((a, b) => a - b);
const median = (numbers: readonly number[]): number => {
  const all = sorted(numbers);
  return ((all[(all.length - 1) >> 1] ?? NaN) + (all[all.length >> 1] ?? NaN)) / 2;
};
const of = (scene: Scene, what: keyof Cost): number => median(costs[scene].map((cost) => cost[what]));
/** Of each round, in percent points. */
const beyond = (scene: Scene): number[] =>
  costs[scene].map(({ processorPercent }, round) => processorPercent - (costs.bare[round]?.processorPercent ?? NaN));
const aside = ({ frames, passes }: Drawing = { frames: NaN, passes: NaN }): number => passes / frames - 1;

const table: [string, ...string[]][] = [
  ['', 'CPU %', 'beyond', 'from', 'to', 'drawn aside', 'scripts %', 'styles/s', 'layouts/s'],
];
for (const scene of NAMES) {
  const more = sorted(beyond(scene));
  table.push([
    SCENES[scene],
    of(scene, 'processorPercent').toFixed(1),
    median(more).toFixed(1),
    (more[0] ?? NaN).toFixed(1),
    (more.at(-1) ?? NaN).toFixed(1),
    aside(drawn[scene]).toFixed(1),
    of(scene, 'scriptPercent').toFixed(2),
    of(scene, 'stylesPerSecond').toFixed(1),
    of(scene, 'layoutsPerSecond').toFixed(1),
  ]);
}
for (const [name, ...cells] of table) console.log(name.padEnd(33) + cells.map((cell) => cell.padStart(12)).join(''));
save('tiles', { count: COUNT, seconds: Number(values.seconds), rounds: costs, drawn });
