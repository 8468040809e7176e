/** Rows 37, 38, 40, 41, 43, 44 and 58: what happens to the page a call lives in. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Person } from '../../support/person.js';
import { Scene } from '../../support/scene.js';
import { tokenFor, TOKEN_MODE } from '../../support/tokens.js';
import { until } from '../../support/until.js';

const scene = new Scene();
const BOTH = ['chromium', 'firefox'] as const;
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('a tab', () => {
  it('row 37: that is frozen and thawed has its seat and its call back', async () => {
    const server = await scene.server({}, { timings: { pingIntervalMs: 500, pingTimeoutMs: 500 } });
    const room = scene.room(server);
    const [ana, ben] = await scene.pair(room);
    const { id } = await ana.state();
    await ben.record();
    const browser = await ana.page.createCDPSession();
    const other = await ana.page.browserContext().newPage();
    await other.bringToFront();
    await browser.send('Page.setWebLifecycleState', { state: 'frozen' });
    await ben.until('away', (s) => s.participants[0]?.presence === 'away');
    await browser.send('Page.setWebLifecycleState', { state: 'active' });
    await ana.page.bringToFront(); // a tab is thawed by being looked at, and only then it gets pictures again
    await other.close();
    await ben.until('present', (s) => s.participants[0]?.presence === 'present');
    await ana.until('connected', (s) => s.connection === 'connected' && s.id === id);
    for (const person of [ana, ben]) {
      await person.untilWith(1);
      await person.hearsAndSees(1);
    }
    assert.ok(!(await ben.told()).some((fact) => /left|joined/.test(fact)));
  });

  for (const engine of BOTH) {
    it(`row 38: that goes elsewhere is gone for the others, and comes back with the back button as one person (${engine})`, async () => {
      const server = await scene.server({}, { timings: { reloadMs: 1_000 } });
      const room = scene.room(server);
      const ben = await scene.join(room);
      const ana = await scene.join(room, { engine });
      await ben.untilWith(1);
      await ana.page.goto(`${server.url.replace('127.0.0.1', 'localhost')}/`);
      await ben.until('gone', (s) => s.participants.length === 0);
      // Out of the cache a page is not loaded again, and the driver waits for that in vain.
      ana.page.goBack().catch(() => undefined);
      await until('the page of the room', () => ana.page.url() === room);
      await ana.page.waitForSelector('webrtc-room:defined');
      if ((await ana.state()).meeting !== 'joined') await ana.press('join');
      await ana.untilWith(1);
      await ben.untilWith(1);
      await ben.hearsAndSees(1);
    });
  }

  it('row 40: that crashes frees its seat after the grace, and a new one is a person like any other', async () => {
    const server = await scene.server({ maxParticipants: 2 }, { timings: { awayAfterMs: 200, graceMs: 2_000 } });
    const room = scene.room(server);
    const [ana, ben] = await scene.pair(room);
    await ben.record();
    const browser = await ana.page.createCDPSession();
    browser.send('Page.crash').catch(() => undefined); // nobody is there to answer
    await ben.until('gone', (s) => s.participants.length === 0);
    assert.ok((await ben.told()).includes('left: timeout'));
    const again = await scene.join(room);
    await again.untilWith(1);
    await ben.untilWith(1);
    await ben.hearsAndSees(1);
  });

  it('row 41: with the same identity takes the place of the other, which says why and does not fight back', async () => {
    const server = await scene.server(TOKEN_MODE);
    const room = scene.room(server);
    const name = room.split('/').at(-1) ?? '';
    const enter = async (): Promise<Person> => {
      const person = await scene.visit(room);
      const token = await tokenFor(name, { sub: 'ana' });
      await person.page.evaluate((ticket) => document.querySelector('webrtc-room')?.setAttribute('token', ticket), token);
      await person.press('join');
      await person.until('in the call', (s) => s.meeting === 'joined');
      return person;
    };
    const first = await enter();
    const second = await enter();
    await first.until('replaced', (s) => s.meeting === 'left' && s.leftReason === 'duplicate');
    assert.equal((await first.state()).error, 'DUPLICATE_IDENTITY');
    await sleep(2_000);
    assert.equal((await first.state()).meeting, 'left');
    assert.equal((await second.state()).meeting, 'joined');
    assert.equal((await second.state()).participants.length, 0);
  });

  it('row 44: in the background answers the server, however rarely its timers run', async () => {
    const server = await scene.server({}, { timings: { pingIntervalMs: 500, pingTimeoutMs: 1_500, awayAfterMs: 100 } });
    const room = scene.room(server);
    const browser = { throttled: true, args: ['--enable-features=IntensiveWakeUpThrottling:grace_period_seconds/1'] };
    const ana = await scene.join(room, { browser });
    const ben = await scene.join(room);
    await ben.untilWith(1);
    for (const person of [ana, ben]) await person.record();
    const other = await ana.page.browserContext().newPage();
    await other.bringToFront();
    const beats = await ana.page.evaluate(
      () =>
        new Promise<{ hidden: boolean; ticks: number }>((resolve) => {
          let ticks = 0;
          const timer = setInterval(() => (ticks += 1), 100);
          const channel = new MessageChannel();
          const began = performance.now();
          // Messages between ports are not throttled: a clock for the test, not for the page.
          channel.port1.onmessage = () => {
            if (performance.now() - began < 10_000) {
              setTimeout(() => channel.port2.postMessage(0), 0);
              return;
            }
            clearInterval(timer);
            resolve({ hidden: document.hidden, ticks });
          };
          channel.port2.postMessage(0);
        }),
    );
    console.log(`    hidden: ${beats.hidden}, ${beats.ticks} ticks of a timer in 10 s`);
    for (const person of [ana, ben])
      assert.deepEqual(
        (await person.told()).filter((fact) => fact !== 'present'),
        [],
      );
    await ben.hearsAndSees(1);
  });

  it('that nobody has looked at yet is sent no picture, until somebody does', async () => {
    const server = await scene.server();
    const room = scene.room(server);
    const ben = await scene.join(room);
    const ana = await scene.visit(room);
    const other = await ana.page.browserContext().newPage();
    await other.bringToFront();
    await ana.inCall((call) => call.join());
    await ana.untilWith(1);
    await until('the camera to be kept back', () =>
      ben.page.evaluate(() => {
        const { connections } = window as unknown as { connections: RTCPeerConnection[] };
        const open = connections.filter((pc) => pc.signalingState !== 'closed');
        const senders = open.flatMap((pc) => pc.getSenders()).filter(({ track }) => track?.kind === 'video');
        return senders.length > 0 && senders.every((sender) => sender.getParameters().encodings[0]?.active === false);
      }),
    );
    await ana.hears(1);
    await ana.hearsAndSees(1);
  });

  for (const days of [-1, 1]) {
    it(`row 58: whose clock is ${days} day off has calls like any other`, async () => {
      const server = await scene.server(
        { turn: { urls: ['turn:127.0.0.1:9'], secret: 'x'.repeat(40) } },
        { timings: { turnTtlMs: 60_000 } },
      );
      const room = scene.room(server);
      const before = `{
        const Real = Date;
        const off = ${days * 86_400_000};
        window.Date = class extends Real { constructor(...args) { if (args.length) super(...args); else super(Real.now() + off); }
          static now() { return Real.now() + off; } };
      }`;
      const ana = await scene.join(room, { before, expectedInConsole: [/ICE|TURN|STUN/i] });
      const ben = await scene.join(room, { expectedInConsole: [/ICE|TURN|STUN/i] });
      for (const person of [ana, ben]) await person.untilWith(1);
      await ana.page.evaluate(() => window.dispatchEvent(new Event('online')));
      await ana.hearsAndSees(1);
      assert.equal((await ana.state()).connection, 'connected');
    });
  }
});

describe('an element', () => {
  for (const engine of BOTH) {
    it(`row 43: that is moved keeps its call; one that is removed leaves within a second and holds no device (${engine})`, async () => {
      const server = await scene.server();
      const room = scene.room(server);
      const [ana, ben] = await scene.pair(room, room, { engine }, {});
      const { id } = await ana.state();
      await ben.record();
      await ana.page.evaluate(() => {
        const element = document.querySelector('webrtc-room');
        const elsewhere = document.body.appendChild(document.createElement('section'));
        if (element) elsewhere.append(element);
        element?.scrollIntoView(); // what nobody sees gets no picture
      });
      await ana.hearsAndSees(1);
      await ben.hearsAndSees(1);
      assert.equal((await ana.state()).id, id);
      assert.deepEqual(await ben.told(), []);
      const live = await ana.page.evaluateHandle(() => {
        const { streams } = (
          document.querySelector('webrtc-room') as unknown as { localParticipant: { streams: { camera: MediaStream } } }
        ).localParticipant;
        return streams.camera.getTracks();
      });
      await ana.page.evaluate(() => document.querySelector('webrtc-room')?.remove());
      await ben.until('gone', (s) => s.participants.length === 0, 1_000);
      await until('everything let go', async () => {
        const states = await ana.page.evaluate((tracks) => tracks.map(({ readyState }) => readyState), live);
        return (await ana.openConnections(true)) === 0 && states.every((state) => state === 'ended');
      });
    });
  }
});
