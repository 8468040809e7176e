/**
 * `npm run bench:join [-- --runs 4 --rounds 1 --rtt 200 --only ours,plain --steps]`: how many round trips lie between the wish
 * to come in and the first picture of the one inside, with ours and with others, in one run over the same delayed
 * network. `time = a + k · RTT`: a is this machine, k is the design.
 */
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'puppeteer-core';
import { launchChromium } from '../../test/support/browsers.js';
import { ServerProcess } from '../../test/support/server-process.js';
import { until } from '../../test/support/until.js';
import { save } from '../results.js';
import { Link } from './link.js';
import { serveOthers } from './others.js';
import { preparePage } from './page.js';
import { SYSTEMS, type System } from './systems.js';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '1' },
    rtt: { type: 'string', default: '200' },
    only: { type: 'string', default: '' },
    steps: { type: 'boolean', default: false },
  },
});
const RTTS = [0, Number(values.rtt)] as const;
const wanted = values.only.split(',').filter(Boolean);
const systems = SYSTEMS.filter(({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)));

const median = (all: readonly number[]): number => {
  const sorted = [...all].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? NaN) + (sorted[Math.floor(middle)] ?? NaN)) / 2;
};
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function pageIn(browser: Pick<Browser, 'newPage'>, link: Link): Promise<Page> {
  const page = await browser.newPage();
  await page.setViewport({ width: 640, height: 480 });
  await page.exposeFunction('relay', (address: string, port: number) => link.relay(address, port));
  await page.evaluateOnNewDocument('globalThis.__name = (f) => f'); // the loader of TypeScript marks functions with it
  await page.evaluateOnNewDocument(preparePage);
  await page.bringToFront();
  return page;
}

interface Place {
  readonly link: Link;
  readonly url: string;
  readonly visitors: Browser;
  readonly inside: Browser;
}

let rooms = 0;

/** One person inside, or a few, and visitors one after the other. The first fills caches and warms the machine, and is not counted. */
async function block(system: System, { link, url, visitors, inside }: Place, runs: number): Promise<number[]> {
  const room = `bench-${process.pid}-${(rooms += 1)}`;
  // Each in a window of their own: a tab behind another one gets no picture.
  const windows = await Promise.all(Array.from({ length: (system.faces ?? 1) - 1 }, () => inside.createBrowserContext()));
  const host = await pageIn(inside, link);
  const times: number[] = [];
  try {
    await system.inside(host, url, room);
    for (const window of windows) await system.inside(await pageIn(window, link), url, room);
    for (let run = 0; run <= runs; run += 1) {
      // What those inside keep ready is there again.
      await sleep(1_500 + 4 * link.rtt);
      const page = await pageIn(visitors, link);
      await page.setCacheEnabled(!system.uncached);
      await system.visit(page, url, room, link.rtt);
      await system.join(page, room);
      const time = await until(
        'the picture',
        () => page.evaluate((count) => window.bench.faces(count) ?? 0, system.faces ?? 1),
        20_000,
      );
      if (run > 0) times.push(time);
      if (values.steps) console.log(system.name, time.toFixed(0), await page.evaluate(() => window.bench.steps()));
      await system.leave(page);
      await until('those inside to be alone', async () => (await system.others(host)) === windows.length);
      await page.close();
    }
    return times;
  } finally {
    await host.close();
    for (const window of windows) await window.close();
  }
}

const server = await ServerProcess.start({ LOG_LEVEL: 'silent' });
const others = await serveOthers();
const link = new Link(0);
const ports = { ours: await link.to(server.port), others: await link.to(others.port) };
const [visitors, inside] = await Promise.all([
  launchChromium({ fakeDevice: 'fps=30' }),
  launchChromium({ fakeDevice: 'fps=30' }),
]);
const measured = new Map(systems.map(({ name }) => [name, RTTS.map((): number[] => [])]));
try {
  for (let round = 0; round < Number(values.rounds); round += 1) {
    for (const [index, rtt] of RTTS.entries()) {
      for (const system of systems) {
        link.rtt = rtt;
        const place = { link, url: `http://localhost:${ports[system.server]}`, visitors, inside };
        const times = await block(system, place, Number(values.runs));
        measured.get(system.name)?.[index]?.push(...times);
        process.stderr.write(`  ${rtt} ms, ${system.name}: ${times.map((time) => time.toFixed(0)).join(' ')}\n`);
      }
    }
  }
} finally {
  await Promise.all([visitors.close(), inside.close()]);
  await server.stop('SIGKILL');
  others.close();
  await link.close();
}

const table = [...measured].map(([name, [near = [], far = []]]) => {
  const [a, then] = [median(near), median(far)];
  return { name, k: (then - a) / RTTS[1], near: a, far: then, times: { near, far } };
});
console.log(
  `\n${'first picture of the one inside'.padEnd(34)}${'k'.padStart(6)}${'0 ms'.padStart(9)}${`${RTTS[1]} ms`.padStart(9)}`,
);
for (const { name, k, near, far } of table)
  console.log(`${name.padEnd(34)}${k.toFixed(1).padStart(6)}${near.toFixed(0).padStart(9)}${far.toFixed(0).padStart(9)}`);
console.log(`\nMedians of ${Number(values.runs) * Number(values.rounds)} in milliseconds; k: round trips.`);
save('join', { rtt: RTTS[1], runs: Number(values.runs), rounds: Number(values.rounds), table });
// The server of PeerJS has timers that nothing ends.
process.exit();
