/** Which codec a call takes: between two of the same browser, and where one of two has hardware for the one it puts first. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { launch, type BrowserName } from '../support/browsers.js';
import { Person } from '../support/person.js';
import { ServerProcess } from '../support/server-process.js';

/** Runs in the page before its own scripts: says of one codec that it costs no power. */
const HARDWARE = `
  for (const name of ['encodingInfo', 'decodingInfo'])
    MediaCapabilities.prototype[name] = async ({ video }) =>
      ({ supported: true, smooth: true, powerEfficient: /h264/i.test(video.contentType) });
`;

let server: ServerProcess;
const browsers = new Map<BrowserName, Browser>();
before(async () => {
  server = await ServerProcess.start();
  for (const name of ['chromium', 'firefox'] as const) browsers.set(name, await launch(name));
});
after(async () => {
  await Promise.all([...browsers.values()].map((browser) => browser.close()));
  await server.stop();
});

const orders: readonly (readonly [BrowserName, BrowserName])[] = [
  ['chromium', 'firefox'],
  ['firefox', 'chromium'],
];
for (const [first, second] of orders) {
  describe(`${second} comes to ${first}, and has hardware for H264`, () => {
    it('and both see each other', async () => {
      const url = `${server.url}/r/codecs-${first}`;
      const people: Person[] = [];
      for (const name of [first, second]) {
        const browser = browsers.get(name);
        assert.ok(browser);
        people.push(await Person.inCall(browser, url, { before: HARDWARE }));
      }
      for (const person of people) await person.untilWith(1);
      for (const person of people) await person.hearsAndSees(1);
      for (const person of people) await person.close();
    });
  });
}

describe('two with Chromium and no hardware', () => {
  it('send each other the cheapest codec it has built in', async () => {
    const browser = browsers.get('chromium');
    assert.ok(browser);
    const people = [];
    for (let index = 0; index < 2; index += 1) people.push(await Person.inCall(browser, `${server.url}/r/codecs-built-in`));
    for (const person of people) await person.untilWith(1);
    for (const person of people) await person.hearsAndSees(1);
    for (const { page } of people) {
      const [sent, known] = await page.evaluate(async () => {
        const { connections } = window as unknown as { connections: RTCPeerConnection[] };
        const open = connections.find(({ connectionState }) => connectionState === 'connected');
        const reports = [...((await open?.getStats())?.values() ?? [])] as Record<string, unknown>[];
        const video = reports.find(({ type, kind }) => type === 'outbound-rtp' && kind === 'video');
        const names = RTCRtpSender.getCapabilities('video')?.codecs.map(({ mimeType }) => mimeType);
        return [reports.find(({ id }) => id === video?.['codecId'])?.['mimeType'], names ?? []] as const;
      });
      // Some builds come without it.
      assert.equal(sent, known.includes('video/H264') ? 'video/H264' : 'video/VP8');
    }
    for (const person of people) await person.close();
  });
});
