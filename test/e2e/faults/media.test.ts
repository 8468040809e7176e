/**
 * Rows 13–21 and 23–25: what happens to the network under the media. Everybody talks through a relay with a faulty
 * stretch of network in front of it, so no privileges are needed.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ServerConfig } from '../../../server/config.js';
import type { Timings } from '../../../server/timings.js';
import { startRelay, type RunningRelay } from '../../support/coturn.js';
import type { Person } from '../../support/person.js';
import { Scene, type Joining } from '../../support/scene.js';
import { UdpProxy } from '../../support/udp-proxy.js';
import { until } from '../../support/until.js';

const scene = new Scene();
let relay: RunningRelay;
before(async () => (relay = await startRelay({ peersOnThisMachine: true })));
after(() => relay.stop());

/** From the start: nothing but the relay. */
const RELAYED: Joining = {
  before: `document.addEventListener('DOMContentLoaded', () =>
    document.querySelector('webrtc-room').setAttribute('ice-transport-policy', 'relay'));`,
  expectedInConsole: [/ICE|TURN|STUN/i],
};

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

interface Stage {
  readonly udp: UdpProxy;
  readonly config: Partial<ServerConfig>;
}

/** A faulty way to the relay, and a server that sends everybody there; `more` are other addresses of relays. */
async function stage(more: readonly string[] = []): Promise<Stage> {
  const udp = await UdpProxy.before(relay.port);
  scene.cleanup(() => udp.close());
  const urls = [`turn:127.0.0.1:${udp.port}?transport=udp`, ...more];
  return { udp, config: { turn: { urls, secret: relay.secret } } };
}

async function call(
  config: Partial<ServerConfig>,
  timings: Partial<Timings> = {},
  joining: Joining = RELAYED,
): Promise<[Person, Person]> {
  const server = await scene.server(config, { timings });
  const room = scene.room(server);
  const pair = await scene.pair(room, room, joining);
  for (const person of pair) await person.record();
  return pair;
}

/** Milliseconds until everybody gets new packets again. */
async function healed(people: readonly Person[], timeoutMs: number): Promise<number> {
  const from = performance.now();
  const packets = async (): Promise<number[]> =>
    Promise.all(people.map(async (person) => (await person.received()).reduce((sum, c) => sum + c.packets, 0)));
  const before = await packets();
  await until('packets everywhere', async () => (await packets()).every((n, i) => n > (before[i] ?? 0) + 10), timeoutMs);
  return performance.now() - from;
}

const trouble = (told: readonly string[]): string[] => told.filter((fact) => fact !== 'present');

describe('the network of the media fails', () => {
  it('row 13: for 3 s, and nobody sees anything but a still picture', async () => {
    const scenery = await stage();
    const pair = await call(scenery.config);
    scenery.udp.blackhole = true;
    await sleep(3_000);
    scenery.udp.blackhole = false;
    await healed(pair, 10_000);
    for (const person of pair) {
      await person.hearsAndSees(1);
      assert.deepEqual(trouble(await person.told()), []);
    }
  });

  it('row 14: for 10 s, and the tile says so until it heals; nobody leaves', async () => {
    const scenery = await stage();
    const pair = await call(scenery.config);
    scenery.udp.blackhole = true;
    await sleep(10_000);
    scenery.udp.blackhole = false;
    for (const person of pair) await person.untilWith(1, 20_000);
    await healed(pair, 20_000);
    for (const person of pair) {
      await person.hearsAndSees(1);
      assert.deepEqual(
        trouble(await person.told()).filter((fact) => !fact.startsWith('link ') || fact.startsWith('link failed')),
        [],
      );
      assert.equal(await person.openConnections(), 1);
    }
  });

  it('row 15: for 40 s with the line up, and sound is back within 3 s of its return', async () => {
    const scenery = await stage();
    const pair = await call(scenery.config);
    scenery.udp.blackhole = true;
    for (const person of pair) await person.until('seen', (s) => s.participants[0]?.link === 'reconnecting', 30_000);
    await sleep(30_000);
    scenery.udp.blackhole = false;
    const ms = await healed(pair, 20_000);
    console.log(`    healed ${Math.round(ms)} ms after the return of the network`);
    for (const person of pair) await person.untilWith(1);
    for (const person of pair) await person.hearsAndSees(1);
    assert.ok(ms <= 3_000, `${ms} ms`);
  });

  it('row 16: together with the line, and the seat comes back before the media', async () => {
    const scenery = await stage();
    const server = await scene.server(scenery.config, { timings: { pingIntervalMs: 1_000, pingTimeoutMs: 1_000 } });
    const proxy = await scene.proxy(server);
    const room = scene.room(server);
    const pair = await scene.pair(room.replace(String(server.port), String(proxy.port)), room, RELAYED);
    const { id } = await pair[0].state();
    for (const person of pair) await person.record();
    scenery.udp.blackhole = true;
    proxy.pause();
    await pair[0].until(
      'the loss of both',
      (s) => s.connection === 'reconnecting' && s.participants[0]?.link === 'reconnecting',
      30_000,
    );
    await sleep(10_000);
    scenery.udp.blackhole = false;
    proxy.resume();
    for (const person of pair) await person.untilWith(1, 20_000);
    for (const person of pair) await person.hearsAndSees(1);
    assert.equal((await pair[0].state()).id, id);
    assert.deepEqual(await pair[1].told().then((told) => told.filter((fact) => /left|joined/.test(fact))), []);
    const told = await pair[0].told();
    assert.ok(told.indexOf('line connected') < told.lastIndexOf('link connected'), told.join(', '));
  });

  it('row 17: for longer than the grace, and there is one departure and one return, by the same name', async () => {
    const scenery = await stage();
    const timings = { pingIntervalMs: 500, pingTimeoutMs: 500, awayAfterMs: 300, graceMs: 3_000 };
    const server = await scene.server(scenery.config, { timings });
    const proxy = await scene.proxy(server);
    const room = scene.room(server);
    const url = room.replace(String(server.port), String(proxy.port));
    const [ana, ben] = [await scene.join(url, { ...RELAYED, name: 'Ana' }), await scene.join(room, RELAYED)];
    for (const person of [ana, ben]) await person.untilWith(1);
    for (const person of [ana, ben]) await person.record();
    scenery.udp.blackhole = true;
    proxy.pause();
    await ben.until('Ana gone', (s) => s.participants.length === 0);
    scenery.udp.blackhole = false;
    proxy.resume();
    for (const person of [ana, ben]) await person.untilWith(1, 20_000);
    for (const person of [ana, ben]) await person.hearsAndSees(1);
    const told = (await ben.told()).filter((fact) => /left|joined/.test(fact));
    assert.deepEqual(told, ['left: timeout', 'joined']);
    assert.equal((await ben.state()).participants[0]?.name, 'Ana');
    assert.equal(await ben.openConnections(), 1);
  });
});

describe('the relay', () => {
  it('row 19: is reached over TCP when UDP is blocked', async () => {
    const scenery = await stage([`turn:127.0.0.1:${relay.port}?transport=tcp`]);
    scenery.udp.blackhole = true;
    const from = performance.now();
    const [ana] = await call(scenery.config);
    const protocol = await ana.page.evaluate(async () => {
      const [pc] = (window as unknown as { connections: RTCPeerConnection[] }).connections;
      for (const entry of ((await pc?.getStats()) ?? new Map()).values() as Iterable<Record<string, unknown>>)
        if (entry['type'] === 'local-candidate' && entry['relayProtocol']) return entry['relayProtocol'];
      return null;
    });
    assert.equal(protocol, 'tcp');
    assert.ok(performance.now() - from < 25_000);
  });

  it('row 20: dies in the middle of a call, and the next one carries it', async () => {
    const mortal = await startRelay({ peersOnThisMachine: true });
    scene.cleanup(() => mortal.stop());
    const urls = [mortal, relay].map(({ port }) => `turn:127.0.0.1:${port}?transport=udp`);
    const pair = await call({ turn: { urls, secret: relay.secret } });
    await mortal.stop();
    for (const person of pair) {
      await person.untilWith(1, 40_000);
    }
    await healed(pair, 40_000);
    for (const person of pair) await person.hearsAndSees(1);
  });

  it('row 21: gets fresh credentials before a restart when the old ones are over', async () => {
    const scenery = await stage();
    const joining: Joining = { ...RELAYED, timings: { media: { iceMarginMs: 1_000 } } };
    const server = await scene.server(scenery.config, { timings: { turnTtlMs: 4_000 } });
    const room = scene.room(server);
    // The page makes its own call for the timings: the policy goes with it.
    const pair = await scene.pair(room, room, joining);
    const names = (person: Person): Promise<string[]> =>
      person.page.evaluate(() => {
        const { connections } = window as unknown as { connections: RTCPeerConnection[] };
        return connections
          .filter((pc) => pc.signalingState !== 'closed')
          .map((pc) => String(pc.getConfiguration().iceServers?.[0]?.username));
      });
    const before = await names(pair[0]);
    await sleep(5_000);
    await pair[0].page.evaluate(() => window.dispatchEvent(new Event('online')));
    await until('new credentials', async () => (await names(pair[0]))[0] !== before[0]);
    for (const person of pair) await person.untilWith(1);
    for (const person of pair) await person.hearsAndSees(1);
    assert.equal(await pair[0].openConnections(), 1);
  });
});

describe('the network is poor', () => {
  it('row 23: a fifth of the packets is lost, and the sound goes on without a reconnect', async () => {
    const scenery = await stage();
    const pair = await call(scenery.config);
    scenery.udp.loss = 0.1; // each packet passes twice: up to the relay and down from it
    for (let i = 0; i < 3; i += 1) await healed(pair, 10_000);
    await sleep(5_000);
    for (const person of pair) {
      await person.hears(1);
      assert.deepEqual(trouble(await person.told()), []);
    }
  });

  it('is called poor by everybody while a fifth is lost, in words, sign and event, and well again afterwards', async () => {
    const scenery = await stage();
    const pair = await call(scenery.config);
    for (const { page } of pair)
      await page.evaluate(`window.qualities = [];
        document.querySelector('webrtc-room').addEventListener('network-quality-change', ({ detail }) =>
          window.qualities.push([detail.participantId, detail.quality, detail.reasons]));`);
    type Heard = readonly [id: string, quality: string, reasons: readonly string[]];
    const heard = ({ page }: Person): Promise<readonly Heard[]> => page.evaluate('window.qualities') as Promise<readonly Heard[]>;
    const quality = (person: Person): Promise<string | null> =>
      person.inCall((c) => c.state.get().participants[0]?.networkQuality ?? null);
    for (const person of pair)
      await until('a first word', async () => ['excellent', 'good'].includes((await quality(person)) ?? ''), 30_000);

    scenery.udp.loss = 0.13; // each packet passes twice: up to the relay and down from it
    for (const person of pair) {
      await until('poor', async () => (await quality(person)) === 'poor', 40_000);
      const sign = await person.page.waitForSelector('>>> [part=network-indicator]', { visible: true });
      assert.match(String(await sign?.evaluate((mark) => (mark as HTMLElement).title)), /weak connection/);
      const { participants } = await person.state();
      const told = (await heard(person)).findLast(([id]) => id === participants[0]?.id);
      assert.equal(told?.[1], 'poor');
      assert.ok(
        told?.[2].some((reason) => reason.endsWith('-loss')),
        String(told),
      );
    }
    scenery.udp.loss = 0;
    for (const person of pair) {
      await until('well', async () => ['excellent', 'good'].includes((await quality(person)) ?? ''), 60_000);
      await person.page.waitForSelector('>>> [part=network-indicator]', { hidden: true });
      const { participants } = await person.state();
      const told = (await heard(person)).findLast(([id]) => id === participants[0]?.id);
      assert.notEqual(told?.[1], 'poor');
      assert.deepEqual(trouble(await person.told()), []);
    }
  });

  it('row 24: a line of 150 kbit/s carries the sound, whatever becomes of the picture', async () => {
    const scenery = await stage();
    const pair = await call(scenery.config);
    scenery.udp.rate = 150_000 * 2; // both people share the stretch
    await sleep(8_000);
    for (const person of pair) {
      await person.hears(1);
      assert.deepEqual(
        trouble(await person.told()).filter((fact) => fact.startsWith('line')),
        [],
      );
    }
  });

  it('row 25: half a second there and back, and joining takes no more than 6 s', async () => {
    const scenery = await stage();
    scenery.udp.delayMs = 125; // in relayed media each packet passes twice
    const server = await scene.server(scenery.config);
    const proxy = await scene.proxy(server);
    const url = scene.room(server).replace(String(server.port), String(proxy.port));
    const ana = await scene.join(url, RELAYED);
    const ben = await scene.visit(url, RELAYED);
    proxy.delayMs = 250;
    for (const person of [ana, ben]) await person.record();
    const from = performance.now();
    await ben.press('join');
    await ben.untilWith(1);
    const ms = performance.now() - from;
    assert.ok(ms <= 6_000, `${ms} ms`);
    await ana.untilWith(1);
    await ben.hearsAndSees(1);
    assert.ok(!(await ana.told()).some((fact) => fact.includes('reconnecting')));
  });
});
