/**
 * `npm run bench:tiles [-- --seconds 10 --rounds 2]`: what twenty-five tiles of a room cost while nothing happens, and
 * while people speak in turn, beside twenty-five bare `<video>` with the same pictures in the same run. The
 * processor time is that of the whole browser; scripts, styles and layouts are what the page itself counted.
 */
import { createServer } from 'node:http';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { launchChromium } from '../../test/support/browsers.js';
import { until } from '../../test/support/until.js';
import { processorSeconds } from '../processes.js';
import { save } from '../results.js';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '10' }, rounds: { type: 'string', default: '2' } },
});
const COUNT = 25;
const BUILT = fileURLToPath(new URL('../../dist/bench/tiles/', import.meta.url));

interface Cost {
  /** Of a core, the whole browser. */
  readonly processorPercent: number;
  /** Of a core, the scripts of the page. */
  readonly scriptPercent: number;
  readonly stylesPerSecond: number;
  readonly layoutsPerSecond: number;
}
type Scene = 'bare' | 'rounded' | 'idle' | 'speaking';

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

async function measure(scene: Scene, url: string): Promise<Cost> {
  const browser = await launchChromium({ fakeDevice: 'fps=10' });
  try {
    const page = await browser.newPage();
    await page.setViewport({ width: 1280, height: 800 });
    await page.evaluateOnNewDocument('globalThis.__name = (f) => f'); // the loader of TypeScript marks functions with it
    await page.goto(url);
    await page.waitForFunction(() => 'tiles' in window);
    await page.evaluate(
      (which, count) =>
        which === 'bare' || which === 'rounded' ? window.tiles.bare(count, which === 'rounded') : window.tiles.room(count),
      scene,
      COUNT,
    );
    await until('every picture', async () => (await page.evaluate(playing)) === COUNT);
    await sleep(4_000);
    const root = browser.process()?.pid;
    const [before, seconds, from] = [await page.metrics(), processorSeconds(root), performance.now()];
    if (scene === 'speaking') {
      await page.evaluate(
        (ms) => {
          const end = performance.now() + ms;
          let reading = 0;
          // Loudness comes ten times a second; every fourth of one another two people.
          const timer = setInterval(() => {
            window.tiles.speak(Math.floor(reading++ / 4));
            if (performance.now() > end) clearInterval(timer);
          }, 100);
        },
        Number(values.seconds) * 1_000,
      );
    }
    await sleep(Number(values.seconds) * 1_000);
    const [spent, elapsed, after] = [processorSeconds(root) - seconds, (performance.now() - from) / 1_000, await page.metrics()];
    const grown = (name: 'ScriptDuration' | 'RecalcStyleCount' | 'LayoutCount'): number =>
      ((after[name] ?? NaN) - (before[name] ?? NaN)) / elapsed;
    return {
      processorPercent: (spent / elapsed) * 100,
      scriptPercent: grown('ScriptDuration') * 100,
      stylesPerSecond: grown('RecalcStyleCount'),
      layoutsPerSecond: grown('LayoutCount'),
    };
  } finally {
    await browser.close();
  }
}

const SCENES = {
  bare: '25 bare <video>',
  rounded: 'the same with round corners',
  idle: 'a room of 25, nobody speaks',
  speaking: 'a room of 25, people speak',
} as const;
const all: Record<Scene, Cost[]> = { bare: [], rounded: [], idle: [], speaking: [] };
const server = await serve();
try {
  for (let round = 0; round < Number(values.rounds); round += 1)
    for (const scene of Object.keys(SCENES) as Scene[]) all[scene].push(await measure(scene, server.url));
} finally {
  server.close();
}
/** The cheapest of the rounds: other work on the machine only adds. */
const best = (scene: Scene): Cost => [...all[scene]].sort((a, b) => a.processorPercent - b.processorPercent)[0] as Cost;
const bare = best('bare');
console.log(
  `${''.padEnd(30)}${'CPU %'.padStart(8)}${'beyond'.padStart(8)}${'scripts %'.padStart(11)}${'styles/s'.padStart(10)}${'layouts/s'.padStart(11)}`,
);
for (const [scene, name] of Object.entries(SCENES) as [Scene, string][]) {
  const { processorPercent, scriptPercent, stylesPerSecond, layoutsPerSecond } = best(scene);
  console.log(
    name.padEnd(30) +
      processorPercent.toFixed(1).padStart(8) +
      (processorPercent - bare.processorPercent).toFixed(1).padStart(8) +
      scriptPercent.toFixed(2).padStart(11) +
      stylesPerSecond.toFixed(1).padStart(10) +
      layoutsPerSecond.toFixed(1).padStart(11),
  );
}
save('tiles', { count: COUNT, seconds: Number(values.seconds), rounds: all });
