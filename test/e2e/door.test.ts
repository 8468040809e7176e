/** From the door into the room by the shortcuts: what the two browsers have done before Join, and that all of it ends in a call. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { BrowserName } from '../support/browsers.js';
import { startRelay, type RunningRelay } from '../support/coturn.js';
import type { Person } from '../support/person.js';
import { Scene, type Joining } from '../support/scene.js';
import type { RunningServer } from '../support/server.js';
import { until } from '../support/until.js';

const scene = new Scene();

interface Seen {
  readonly signaling: RTCSignalingState;
  readonly state: RTCPeerConnectionState;
  readonly local: boolean;
  readonly tracks: number;
}

/** Every connection a page has made, in order. */
const connections = (person: Person): Promise<Seen[]> =>
  person.page.evaluate(() =>
    (window as unknown as { connections: RTCPeerConnection[] }).connections.map((pc) => ({
      signaling: pc.signalingState,
      state: pc.connectionState,
      local: pc.localDescription !== null,
      tracks: pc.getSenders().filter(({ track }) => track).length,
    })),
  );

const prepared = (person: Person): Promise<unknown> =>
  until('an offer that waits for whoever comes', async () =>
    (await connections(person)).some(({ signaling, state }) => signaling === 'have-local-offer' && state === 'new'),
  );

/** At the door, the visitor has touched it, and seen what is kept for them. */
async function touched(room: string, joining: Joining = {}, offers = 1): Promise<Person> {
  const visitor = await scene.visit(room, { name: 'Ben', ...joining });
  await until('the offers to be seen', async () => {
    const seen = await connections(visitor);
    return seen.filter(({ signaling }) => signaling === 'have-remote-offer').length === offers;
  });
  return visitor;
}

/** As with the keyboard: nothing comes near the button before. */
const submit = (person: Person): Promise<void> =>
  person.page.evaluate(() => {
    const room = document.querySelector('webrtc-room') as HTMLElement & { join(): Promise<void> };
    void room.join();
  });

async function host(server: RunningServer, engine: BrowserName = 'chromium'): Promise<[Person, string]> {
  const room = scene.room(server);
  const ana = await scene.join(room, { engine, name: 'Ana' });
  await prepared(ana);
  await ana.record();
  return [ana, room];
}

async function meet(...people: readonly Person[]): Promise<void> {
  for (const person of people) await person.untilWith(people.length - 1);
  for (const person of people) await person.hearsAndSees(people.length - 1);
}

const PAIRS = [
  ['chromium', 'chromium'],
  ['firefox', 'firefox'],
  ['chromium', 'firefox'],
  ['firefox', 'chromium'],
] as const;

describe('from the door', () => {
  for (const [inside, comes] of PAIRS) {
    it(`what was seen there is answered with the join (${comes} comes to ${inside})`, async () => {
      const [ana, room] = await host(await scene.server(), inside);
      const ben = await touched(room, { engine: comes });
      const [seen] = await connections(ben);
      assert.deepEqual([seen?.local, seen?.state], [false, 'new'], 'nothing was sent');
      assert.deepEqual(await ana.told(), [], 'nobody inside hears of it');
      await submit(ben);
      await meet(ben, ana);
      assert.equal((await connections(ben))[0]?.state, 'connected', 'that very connection carries the call');
    });

    it(`the two are connected when the pointer is on the button, and nobody is told (${comes} comes to ${inside})`, async () => {
      const [ana, room] = await host(await scene.server(), inside);
      const ben = await touched(room, { engine: comes });
      await ben.page.hover('>>> button.join');
      await until('connected', async () => (await connections(ben))[0]?.state === 'connected');
      assert.equal((await connections(ben))[0]?.tracks, 0);
      assert.deepEqual((await ana.state()).participants, []);
      assert.deepEqual(await ana.told(), []);
      await ben.press('join');
      await meet(ben, ana);
      const [warm] = await connections(ben);
      assert.deepEqual([warm?.state, warm?.tracks], ['connected', 2]);
    });
  }

  it('everybody inside is met at once', async () => {
    const server = await scene.server();
    const [ana, room] = await host(server);
    const cleo = await scene.join(room, { name: 'Cleo' });
    await cleo.untilWith(1);
    await prepared(ana);
    await prepared(cleo);
    const ben = await touched(room, {}, 2);
    await ben.page.hover('>>> button.join');
    await until('both connected', async () => (await connections(ben)).filter(({ state }) => state === 'connected').length === 2);
    await ben.press('join');
    await meet(ben, ana, cleo);
    assert.deepEqual(
      (await connections(ben)).slice(0, 2).map(({ state }) => state),
      ['connected', 'connected'],
    );
  });

  it('focus by the keyboard is as good as the pointer', async () => {
    const [ana, room] = await host(await scene.server());
    const ben = await touched(room);
    await ben.page.keyboard.press('Tab');
    await until('connected', async () => (await connections(ben))[0]?.state === 'connected');
    await ben.page.keyboard.press('Enter');
    await meet(ben, ana);
  });

  it('a page with a button of its own says so itself', async () => {
    const [ana, room] = await host(await scene.server());
    const ben = await scene.visit(room);
    await ben.page.evaluate(() =>
      (document.querySelector('webrtc-room') as HTMLElement & { preload(soon: boolean): Promise<void> }).preload(true),
    );
    await until('connected', async () => (await connections(ben))[0]?.state === 'connected');
    await submit(ben);
    await meet(ben, ana);
  });
});

describe('what comes between', () => {
  it('who was met changes networks: another connection takes the place of that one', async () => {
    const [ana, room] = await host(await scene.server());
    const ben = await touched(room);
    await ben.page.hover('>>> button.join');
    await until('connected', async () => (await connections(ben))[0]?.state === 'connected');
    await ana.page.evaluate(() => void dispatchEvent(new Event('online')));
    await ben.press('join');
    await meet(ben, ana);
  });

  it('who was met leaves: the visitor comes into an empty room', async () => {
    const [ana, room] = await host(await scene.server());
    const ben = await touched(room);
    await ben.page.hover('>>> button.join');
    await until('connected', async () => (await connections(ben))[0]?.state === 'connected');
    await ana.press('leave');
    await ana.until('gone', (s) => s.meeting === 'left');
    await ben.press('join');
    await ben.until('alone', (s) => s.meeting === 'joined' && s.participants.length === 0);
  });

  it('the room fills up: the visitor is told so, and those inside go on undisturbed', async () => {
    const [ana, room] = await host(await scene.server({ maxParticipants: 2 }));
    const ben = await touched(room);
    const cleo = await scene.join(room, { name: 'Cleo' });
    await meet(cleo, ana);
    await ben.press('join');
    await ben.until('full', (s) => s.error === 'ROOM_FULL');
    await meet(cleo, ana);
    assert.ok(!(await ana.told()).some((fact) => fact.startsWith('link failed')));
    await cleo.press('leave');
    await ana.until('room again', (s) => s.participants.length === 0);
    await submit(ben);
    await meet(ben, ana);
  });

  it('somebody else joins in the same moment: all are in the call', async () => {
    const [ana, room] = await host(await scene.server());
    const ben = await touched(room);
    const cleo = await scene.join(room, { name: 'Cleo' });
    await submit(ben);
    await meet(ana, ben, cleo);
  });

  it('nobody joins: both browsers let go, and the next visitor finds an offer', async () => {
    const server = await scene.server();
    const room = scene.room(server);
    const ana = await scene.join(room, { name: 'Ana', timings: { link: { pendingPeerMs: 400 } } });
    await prepared(ana);
    const ben = await touched(room, { timings: { link: { earlyConnectionMs: 300 } } });
    await ben.page.hover('>>> button.join');
    await until('our end', async () => (await connections(ben))[0]?.signaling === 'closed');
    await until('their end', async () => (await connections(ana))[0]?.signaling === 'closed');
    await submit(ben);
    await meet(ben, ana);
  });

  it('the line at the door is lost: the join goes the ordinary way', async () => {
    const server = await scene.server();
    const proxy = await scene.proxy(server);
    const [ana, room] = await host(server);
    const ben = await touched(room.replace(String(server.port), String(proxy.port)));
    proxy.reset();
    await ben.until('the loss', (s) => s.connection === 'disconnected');
    await until('what was made there to be given up', async () => (await connections(ben))[0]?.signaling === 'closed');
    await submit(ben);
    await meet(ben, ana);
  });
});

describe('a visitor who hides their address', () => {
  let relay: RunningRelay;
  before(async () => (relay = await startRelay({ peersOnThisMachine: true })));
  after(() => relay.stop());

  it('shows none but the relay’s, before and after the join', async () => {
    const turn = { urls: [`turn:127.0.0.1:${relay.port}?transport=udp`], secret: relay.secret };
    const [ana, room] = await host(await scene.server({ turn }));
    const hidden: Joining = {
      before: `document.addEventListener('DOMContentLoaded', () =>
        document.querySelector('webrtc-room').setAttribute('ice-transport-policy', 'relay'));`,
    };
    const ben = await touched(room, hidden);
    await ben.page.hover('>>> button.join');
    await until('connected', async () => (await connections(ben))[0]?.state === 'connected');
    const kinds = (person: Person, type: string): Promise<string[]> =>
      person.page.evaluate(async (wanted) => {
        const all = (window as unknown as { connections: RTCPeerConnection[] }).connections;
        const found = new Set<string>();
        for (const pc of all.filter(({ connectionState }) => connectionState === 'connected'))
          for (const entry of (await pc.getStats()).values() as Iterable<Record<string, string>>)
            if (entry['type'] === wanted) found.add(`${entry['candidateType']}`);
        return [...found];
      }, type);
    assert.deepEqual(await kinds(ben, 'local-candidate'), ['relay']);
    await ben.press('join');
    await meet(ben, ana);
    assert.deepEqual(await kinds(ben, 'local-candidate'), ['relay']);
    assert.ok(!(await kinds(ana, 'remote-candidate')).includes('host'), 'the other side knows none either');
  });
});
