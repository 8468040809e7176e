/** Two hundred joins and leaves in one tab: nothing may stay open, alive or referenced. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { CDPSession, Page } from 'puppeteer-core';
import type { Call } from '../../components/core/call.js';
import { Scene } from '../support/scene.js';
import { until } from '../support/until.js';

const WARM_UP = 20;
const ROUNDS = 200;
const MOST_HEAP = 2 * 1024 * 1024;

const scene = new Scene();

/** Counts what is open without holding it. */
function count(): void {
  const page = window as unknown as { open: number; tracks: WeakRef<MediaStreamTrack>[] };
  page.open = 0;
  page.tracks = [];
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(config?: RTCConfiguration) {
      super(config);
      page.open += 1;
    }
    override close(): void {
      if (this.signalingState !== 'closed') page.open -= 1;
      super.close();
    }
  };
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    const stream = await ask(wanted);
    page.tracks = [...page.tracks.filter((ref) => ref.deref()), ...stream.getTracks().map((track) => new WeakRef(track))];
    return stream;
  };
}

/** In the page: joins, waits until connected to the one who is there, and leaves. */
async function joinAndLeave(times: number): Promise<void> {
  const { call } = document.querySelector('webrtc-room') as unknown as { call: Call };
  for (let i = 0; i < times; i += 1) {
    await call.setCamera(false);
    await call.join();
    await new Promise<void>((resolve) => {
      const stop = call.state.subscribe(({ participants }) => {
        if (!participants.some(({ link }) => link === 'connected')) return;
        stop();
        resolve();
      });
    });
    await call.leave();
  }
}

async function measure(page: Page, browser: CDPSession): Promise<{ heap: number; listeners: number; nodes: number }> {
  for (let i = 0; i < 3; i += 1) await browser.send('HeapProfiler.collectGarbage');
  const { metrics } = await browser.send('Performance.getMetrics');
  const value = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? NaN;
  return { heap: value('JSHeapUsedSize'), listeners: value('JSEventListeners'), nodes: value('Nodes') };
}

it('200 joins and leaves in one tab leave no connection, no track, no listener and less than 2 MB of heap', async () => {
  const server = await scene.process({ LOG_LEVEL: 'silent' });
  const url = scene.room(server);
  await scene.join(url);
  const context = await (await scene.browser()).createBrowserContext();
  scene.cleanup(() => context.close());
  const page = await context.newPage();
  await page.evaluateOnNewDocument(count);
  await page.goto(url);
  await page.waitForSelector('webrtc-room:defined');
  const browser = await page.createCDPSession();
  await browser.send('Performance.enable');
  await browser.send('HeapProfiler.enable');
  await page.evaluate(joinAndLeave, WARM_UP);
  const before = await measure(page, browser);
  await page.evaluate(joinAndLeave, ROUNDS);
  // What the browser has not swept up yet is no leak.
  const after = await until(
    'the listeners to be let go',
    async () => {
      const now = await measure(page, browser);
      return now.listeners <= before.listeners + 5 ? now : null;
    },
    20_000,
  );
  const growth = after.heap - before.heap;
  console.log(
    `    heap ${(growth / 1024).toFixed(0)} KiB more, listeners ${before.listeners} → ${after.listeners}, nodes ${before.nodes} → ${after.nodes}`,
  );
  const left = await page.evaluate(() => {
    const { open, tracks } = window as unknown as { open: number; tracks: WeakRef<MediaStreamTrack>[] };
    return { open, live: tracks.filter((ref) => ref.deref()?.readyState === 'live').length };
  });
  assert.deepEqual(left, { open: 0, live: 0 });
  assert.ok(after.nodes <= before.nodes + 50, `${after.nodes - before.nodes} nodes more`);
  assert.ok(growth < MOST_HEAP, `${growth} bytes more`);
});
