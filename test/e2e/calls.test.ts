/** Calls between real people: the built server, the page people share, buttons pressed as visitors press them. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { launch, type BrowserName } from '../support/browsers.js';
import { Person, type PersonOptions } from '../support/person.js';
import { withServer } from '../support/server.js';
import { ServerProcess } from '../support/server-process.js';

let server: ServerProcess;
const browsers = new Map<BrowserName, Browser>();
const people: Person[] = [];
let rooms = 0;

before(async () => {
  server = await ServerProcess.start();
  for (const name of ['chromium', 'firefox'] as const) browsers.set(name, await launch(name));
});
after(async () => {
  await Promise.all([...browsers.values()].map((browser) => browser.close()));
  await server.stop();
});
afterEach(async () => {
  const leaving = people.splice(0);
  const results = await Promise.allSettled(leaving.map((person) => person.close()));
  for (const result of results) if (result.status === 'rejected') throw result.reason;
});

const room = (): string => `${server.url}/r/room-${(rooms += 1)}`;

async function join(url: string, browser: BrowserName, options: PersonOptions = {}): Promise<Person> {
  const engine = browsers.get(browser);
  assert.ok(engine);
  const person = await Person.inCall(engine, url, options);
  people.push(person);
  return person;
}

async function visit(url: string, browser: BrowserName, options: PersonOptions = {}): Promise<Person> {
  const engine = browsers.get(browser);
  assert.ok(engine);
  const person = await Person.visit(engine, url, options);
  people.push(person);
  return person;
}

const PAIRS = [
  ['chromium', 'chromium'],
  ['chromium', 'firefox'],
  ['firefox', 'chromium'],
  ['firefox', 'firefox'],
] as const;

for (const [first, second] of PAIRS) {
  describe(`a call between ${first} and ${second}`, () => {
    it('lets both hear and see each other, by name', async () => {
      const url = room();
      const ana = await join(url, first, { name: 'Ana' });
      const ben = await join(url, second, { name: 'Ben' });
      const seen = [await ana.untilWith(1), await ben.untilWith(1)];
      assert.deepEqual(
        seen.map(({ participants }) => participants[0]?.name),
        ['Ben', 'Ana'],
      );
      await ana.hearsAndSees(1);
      await ben.hearsAndSees(1);
    });

    it('shows the others what is muted, and both leave and come back', async () => {
      const url = room();
      const ana = await join(url, first);
      const ben = await join(url, second);
      await ana.untilWith(1);
      for (const [control, source] of [
        ['microphone', 'microphone'],
        ['camera', 'camera'],
      ] as const) {
        await ana.press(control);
        await ben.until(`${source} off`, (s) => s.participants[0]?.media[source] === false);
        await ana.press(control);
        await ben.until(`${source} on`, (s) => s.participants[0]?.media[source] === true);
      }
      await ben.hearsAndSees(1);
      await ana.press('leave');
      await ana.until('left', (s) => s.meeting === 'left' && s.leftReason === 'voluntary');
      await ben.until('alone', (s) => s.participants.length === 0);
      assert.deepEqual([await ana.openConnections(true), await ben.openConnections()], [0, 0]);
      await ana.press('again');
      await ana.untilWith(1);
      await ben.untilWith(1);
      await ben.hearsAndSees(1);
    });
  });
}

describe('a room', () => {
  it('holds four people, in two kinds of browsers', async () => {
    const url = room();
    const four = [
      await join(url, 'chromium'),
      await join(url, 'firefox'),
      await join(url, 'chromium'),
      await join(url, 'chromium'),
    ];
    for (const person of four) await person.untilWith(3, 60_000);
    for (const person of four) await person.hearsAndSees(3, 60_000);
  });

  it('opens no line, no camera and announces nobody while it is only looked at', async () => {
    const url = room();
    const ana = await join(url, 'chromium');
    const sockets: string[] = [];
    const engine = browsers.get('chromium');
    const page = await engine?.newPage();
    assert.ok(page);
    page.on('request', (request) => request.url().includes('socket.io') && sockets.push(request.url()));
    await page.goto(url, { waitUntil: 'networkidle0' });
    assert.deepEqual(sockets, []);
    assert.equal(
      await page.evaluate(() => (document.querySelector('webrtc-room') as unknown as { meetingState: string }).meetingState),
      'new',
    );
    assert.equal((await ana.state()).participants.length, 0);
    await page.close();
  });

  it('shows a shared screen to everybody, also to one who comes later, until it ends', async () => {
    const url = room();
    const ana = await join(url, 'chromium');
    const ben = await join(url, 'firefox');
    await ana.untilWith(1);
    await ana.press('screenshare');
    await ben.until(
      'the screen',
      (s) => s.participants[0]?.media['screen'] === true && s.participants[0].surfaces.includes('screen'),
    );
    const cleo = await join(url, 'chromium');
    await cleo.until('the screen', (s) =>
      s.participants.some(({ media, surfaces }) => media['screen'] === true && surfaces.includes('screen')),
    );
    await ana.press('screenshare');
    for (const person of [ben, cleo])
      await person.until('no screen', (s) => s.participants.every(({ media }) => media['screen'] === false));
  });

  it('carries two screens at once when both press the button at the same moment', async () => {
    const url = room();
    const ana = await join(url, 'chromium');
    const ben = await join(url, 'chromium');
    await Promise.all([ana.untilWith(1), ben.untilWith(1)]);
    const share = (person: Person): Promise<void> =>
      person.page.evaluate(() =>
        (document.querySelector('webrtc-room') as unknown as { toggleScreenshare(on: boolean): Promise<void> }).toggleScreenshare(
          true,
        ),
      );
    await Promise.all([share(ana), share(ben)]);
    for (const person of [ana, ben]) {
      await person.until('the other screen', (s) => s.participants[0]?.surfaces.includes('screen') === true);
      await person.hearsAndSees(1);
    }
  });
});

describe('a room for two', () => {
  it('tells the third that it is full, kindly, and lets them in when somebody left', async () => {
    const small = await ServerProcess.start({ MAX_PARTICIPANTS: '2' });
    try {
      const url = `${small.url}/r/tutorial`;
      const ana = await join(url, 'chromium');
      await join(url, 'firefox');
      await ana.untilWith(1);
      const cleo = await visit(url, 'chromium');
      await cleo.press('join');
      await cleo.until('refused', (s) => s.meeting === 'left' && s.leftReason === 'full');
      const told = await cleo.page.waitForSelector('>>> form [role=alert]', { visible: true });
      assert.match((await told?.evaluate((alert) => alert.textContent)) ?? '', /full/i);
      assert.equal((await ana.state()).participants.length, 1);
      await ana.press('leave');
      await ana.until('left', (s) => s.meeting === 'left');
      await cleo.press('join');
      await cleo.untilWith(1);
      await Promise.all(people.splice(0).map((person) => person.close()));
    } finally {
      await small.stop();
    }
  });
});

describe('a page', () => {
  for (const engine of ['chromium', 'firefox'] as const) {
    it(`that closes without leaving is away at once, and its seat is free when it is clear that it was no reload (${engine})`, async () => {
      // A line that is merely lost is waited for longer than this test takes.
      const timings = { awayAfterMs: 600_000, graceMs: 600_000 };
      await withServer(
        async (patient) => {
          const url = `http://localhost:${patient.port}/r/closed`;
          const ana = await join(url, 'chromium');
          const ben = await join(url, engine);
          await ana.untilWith(1);
          // Who sits may be without a line yet, and then cannot say that they go. What the others hear was said over it.
          await ben.press('microphone');
          await ana.until('muted', (s) => s.participants[0]?.media['microphone'] === false);
          await ana.record();
          await ben.page.goto('about:blank');
          await ana.until('alone', (s) => s.participants.length === 0);
          const told = (await ana.told()).filter((fact) => /away|left/.test(fact));
          assert.deepEqual(told, ['away', 'left: timeout']);
          await Promise.all(people.splice(0).map((person) => person.close()));
        },
        {},
        { timings },
      );
    });
  }
});
