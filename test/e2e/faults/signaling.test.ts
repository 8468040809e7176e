/** Rows 1–4, 10 and 11: what happens to the line between a page and the server, and what must not happen to the call. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DEFAULT_TIMINGS } from '../../../server/timings.js';
import { Scene, type Joining } from '../../support/scene.js';
import { until } from '../../support/until.js';

const scene = new Scene();
const BOTH = ['chromium', 'firefox'] as const;

/** Keeps the first description of that kind to itself: it left the page and never arrived. */
const losing = (type: 'offer' | 'answer'): string => `
  window.lost = 0;
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (data) {
    if (window.lost === 0 && typeof data === 'string' && data.includes('"type":"${type}"')) window.lost += 1;
    else send.call(this, data);
  };`;

describe('the line is reset', () => {
  for (const engine of BOTH) {
    it(`row 1: media plays on, the seat stays, the others see nothing (${engine})`, async () => {
      const server = await scene.server();
      const proxy = await scene.proxy(server);
      const room = scene.room(server);
      const ana = await scene.join(room.replace(String(server.port), String(proxy.port)), { engine });
      const ben = await scene.join(room);
      await ana.untilWith(1);
      const { id } = await ana.state();
      for (const person of [ana, ben]) await person.record();
      proxy.reset();
      await until('the loss and the return', async () => (await ana.told()).includes('line connected'));
      await ana.hearsAndSees(1);
      await ben.hearsAndSees(1);
      assert.deepEqual(
        (await ana.told()).filter((fact) => fact !== 'present'),
        ['line reconnecting', 'line connected'],
      );
      assert.deepEqual(
        (await ben.told()).filter((fact) => fact !== 'present'),
        [],
      );
      assert.equal((await ana.state()).id, id);
      assert.equal(await ana.openConnections(), 1);
    });
  }
});

describe('the line goes silent', () => {
  it('row 2: both ends find out within 18 s, and the call goes on', async () => {
    const server = await scene.server();
    const proxy = await scene.proxy(server);
    const room = scene.room(server);
    const [ana, ben] = [
      await scene.join(room.replace(String(server.port), String(proxy.port))),
      await scene.join(room.replace(String(server.port), String(proxy.port)), { engine: 'firefox' }),
    ];
    const cleo = await scene.join(room);
    for (const person of [ana, ben, cleo]) await person.untilWith(2);
    const longest = DEFAULT_TIMINGS.pingIntervalMs + DEFAULT_TIMINGS.pingTimeoutMs;
    assert.equal(longest, 18_000);
    for (const person of [ana, ben, cleo]) await person.record();
    proxy.pause();
    await Promise.all([
      ana.until('found in Chromium', (s) => s.connection === 'reconnecting', longest + 1_000),
      ben.until('found in Firefox', (s) => s.connection === 'reconnecting', longest + 1_000),
      cleo.until(
        'found by the server',
        (s) => s.participants.every(({ presence }) => presence === 'away'),
        longest + DEFAULT_TIMINGS.awayAfterMs + 1_000,
      ),
    ]);
    await cleo.hearsAndSees(2);
    proxy.resume();
    for (const person of [ana, ben]) await person.until('back', (s) => s.connection === 'connected');
    await cleo.until('both present', (s) => s.participants.every(({ presence }) => presence === 'present'));
    assert.ok(!(await cleo.told()).some((fact) => fact.startsWith('left') || fact === 'joined'));
    for (const person of [ana, ben, cleo]) await person.hearsAndSees(2);
  });
});

describe('the line is lost while two negotiate', () => {
  for (const type of ['offer', 'answer'] as const) {
    it(`row 3: the ${type} is said again after the return, and nothing hangs`, async () => {
      const server = await scene.server();
      const proxy = await scene.proxy(server);
      const direct = scene.room(server);
      const through = direct.replace(String(server.port), String(proxy.port));
      // Who comes second offers, who was there answers.
      // Without prepared offers: with one nobody inside answers, and the newcomer does not offer.
      const timings = { link: { prepareOfferAfterMs: 0 } };
      const loser: Joining = { before: losing(type), timings };
      const ana = type === 'answer' ? await scene.join(through, loser) : await scene.join(direct, { timings });
      const ben = type === 'offer' ? await scene.join(through, loser) : await scene.join(direct);
      const [forgetful, other] = type === 'offer' ? [ben, ana] : [ana, ben];
      await until('the loss', () => forgetful.page.evaluate(() => (window as unknown as { lost: number }).lost === 1));
      proxy.reset();
      await Promise.all([forgetful.untilWith(1, 10_000), other.untilWith(1, 10_000)]);
      await forgetful.hearsAndSees(1);
      await other.hearsAndSees(1);
    });
  }
});

describe('the line is down while things happen', () => {
  it('row 4: what was said meanwhile is told after the return, both ways', async () => {
    const server = await scene.server();
    const proxy = await scene.proxy(server);
    const room = scene.room(server);
    const ana = await scene.join(room.replace(String(server.port), String(proxy.port)));
    const ben = await scene.join(room);
    await ana.untilWith(1);
    await ben.untilWith(1);
    proxy.refuse();
    await ana.until('the loss', (s) => s.connection === 'reconnecting');
    await ana.inCall((call) => call.setMicrophone(false));
    await ana.inCall((call) => call.configure({ displayName: 'Ana the second' }));
    await ben.press('camera');
    const cleo = await scene.join(room);
    await cleo.untilWith(2, 1_000).catch(() => undefined); // Ana cannot answer yet
    proxy.accept();
    await ben.until('what Ana did', (s) =>
      s.participants.some(({ name, media }) => name === 'Ana the second' && media['microphone'] === false),
    );
    await ana.until('what Ben did', (s) => s.participants.some(({ media }) => media['camera'] === false));
    for (const person of [ana, ben, cleo]) await person.untilWith(2);
  });
});

describe('a proxy lets no WebSocket through', () => {
  for (const engine of BOTH) {
    it(`row 10: the visitor is told so, not left waiting (${engine})`, async () => {
      const server = await scene.server();
      const proxy = await scene.proxy(server);
      proxy.blockWebSockets = true;
      const url = scene.room(server).replace(String(server.port), String(proxy.port));
      const ana = await scene.visit(url, {
        engine,
        timings: { signaling: { joinMs: 1_500 } },
        expectedInConsole: [/403/, /WebSocket/],
      });
      await ana.press('join');
      await ana.until('the reason', (s) => s.error === 'SIGNAL_BLOCKED', 20_000);
      proxy.blockWebSockets = false;
      await ana.inCall((call) => call.join());
      assert.equal((await ana.state()).meeting, 'joined');
    });
  }
});

describe('the answer to a join is late', () => {
  it('row 11: the visitor tries again and sits down once', async () => {
    const server = await scene.server();
    const proxy = await scene.proxy(server);
    const room = scene.room(server);
    const ben = await scene.join(room);
    await ben.record();
    const ana = await scene.visit(room.replace(String(server.port), String(proxy.port)), {
      timings: { signaling: { connectMs: 1_000 } },
    });
    await ana.inCall((call) => call.prepare());
    proxy.delayMs = 600; // there and back is more than the second that she waits
    await ana.press('join');
    await ben.until('Ana inside before she knows it', (s) => s.participants.length === 1);
    proxy.delayMs = 0;
    await ana.untilWith(1);
    await ben.untilWith(1);
    assert.deepEqual(
      (await ben.told()).filter((fact) => fact === 'joined'),
      ['joined'],
    );
  });
});
