/** What a call survives: each of these ends an ordinary call, and must not be noticed here. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { launch, type BrowserName } from '../support/browsers.js';
import { Person, type PersonOptions } from '../support/person.js';
import { ServerProcess } from '../support/server-process.js';

/** Browsers report every refused connection; while the server is down that is what they must do. */
const NO_SERVER: PersonOptions = {
  expectedInConsole: [/ERR_CONNECTION_REFUSED/, /can’t establish a connection/, /was interrupted while the page was loading/],
};

let server: ServerProcess;
const browsers = new Map<BrowserName, Browser>();
const people: Person[] = [];

before(async () => {
  server = await ServerProcess.start();
  for (const name of ['chromium', 'firefox'] as const) browsers.set(name, await launch(name));
});
after(async () => {
  await Promise.all([...browsers.values()].map((browser) => browser.close()));
  await server.stop();
});
afterEach(async () => {
  const results = await Promise.allSettled(people.splice(0).map((person) => person.close()));
  for (const result of results) if (result.status === 'rejected') throw result.reason;
});

let rooms = 0;
const room = (): string => `${server.url}/r/survival-${(rooms += 1)}`;

async function join(url: string, browser: BrowserName): Promise<Person> {
  const engine = browsers.get(browser);
  assert.ok(engine);
  const person = await Person.inCall(engine, url, NO_SERVER);
  people.push(person);
  return person;
}

describe('a restart of the server', () => {
  for (const [row, signal] of [
    [47, 'SIGKILL'],
    [46, 'SIGTERM'],
  ] as const) {
    it(`row ${row}: by ${signal} leaves everybody in the call, with the same names, connections and pictures`, async () => {
      const url = room();
      const three = [await join(url, 'chromium'), await join(url, 'firefox'), await join(url, 'chromium')];
      for (const person of three) await person.untilWith(2);
      for (const person of three) await person.hearsAndSees(2);
      const ids = async (): Promise<unknown> =>
        Promise.all(three.map(async (p) => (await p.state()).participants.map(({ id }) => id).sort()));
      const before = await ids();
      for (const person of three) await person.watchLeaving();
      for (let i = 0; i < 2; i += 1) {
        await server.stop(signal);
        for (const person of three) await person.until('the loss seen', (s) => s.connection === 'reconnecting');
        for (const person of three) await person.hearsAndSees(2);
        await server.run();
        for (const person of three)
          await person.until('back', (s) => s.connection === 'connected' && s.participants.length === 2);
        assert.deepEqual(await ids(), before);
      }
      for (const person of three) {
        await person.hearsAndSees(2);
        assert.deepEqual(await person.left(), [], 'somebody was shown to leave');
      }
      // And it is a working room: what is said now is heard.
      await three[0]?.press('microphone');
      await three[2]?.until('muted', (s) => s.participants.some(({ media }) => media['microphone'] === false));
    });
  }
});

describe('a reload of the page', () => {
  for (const browser of ['chromium', 'firefox'] as const) {
    it(`in ${browser} takes the same seat back, and nobody sees anybody leave`, async () => {
      const url = room();
      const ana = await join(url, 'chromium');
      const ben = await join(url, browser);
      await ana.untilWith(1);
      await ben.untilWith(1);
      const { id } = await ben.state();
      await ana.watchLeaving();
      await ben.page.reload();
      await ben.page.waitForSelector('webrtc-room:defined');
      await ben.press('join');
      await ben.untilWith(1);
      assert.equal((await ben.state()).id, id);
      await ana.untilWith(1);
      await ana.hearsAndSees(1);
      await ben.hearsAndSees(1);
      assert.deepEqual(await ana.left(), []);
    });
  }
});
