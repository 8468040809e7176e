/** Two browsers, and the one has hardware for a codec that it puts first: a call all the same, in both orders of coming in. */
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
