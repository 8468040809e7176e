/** A call in token mode goes on through everything that one in open mode does, and ends where it should. */
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import type { CallFact } from '../../components/core/facts.js';
import type { ReturnMemory } from '../../components/core/page.js';
import type { ServerConfig } from '../../server/config.js';
import type { Timings } from '../../server/timings.js';
import { closeCalls } from '../support/fake-session.js';
import { nodeCall, QUICK } from '../support/node-call.js';
import { ok, startServer, type RunningServer } from '../support/server.js';
import { TOKEN_MODE, tokenFor } from '../support/tokens.js';
import { until } from '../support/until.js';

const ROOM = 'standup';
const servers: RunningServer[] = [];
afterEach(async () => {
  closeCalls();
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function serve(timings: Partial<Timings> = {}, config: Partial<ServerConfig> = TOKEN_MODE): Promise<RunningServer> {
  const server = await startServer(config, { timings: { awayAfterMs: 50, graceMs: 300, ...timings } });
  servers.push(server);
  return server;
}

const needs = (facts: readonly CallFact[]): readonly string[] =>
  facts.flatMap((fact) => (fact.type === 'token-needed' ? [fact.reason] : []));

for (const authMode of ['token', 'open'] as const) {
  describe(`a signaling that is lost, in ${authMode} mode`, () => {
    const token = async () => (authMode === 'token' ? tokenFor(ROOM) : null);
    for (const [length, ms] of [
      ['shorter than the grace', 100],
      ['longer than the grace', 900],
      ['longer than every retry', 3_000],
    ] as const) {
      it(`for ${length}, is back by itself, with everybody`, async () => {
        const server = await serve({}, { ...TOKEN_MODE, authMode });
        const witness = await server.join(ROOM, authMode === 'token' ? { token: await tokenFor(ROOM) } : {});
        const ana = nodeCall(server.url, { token: await token() });
        await ana.call.join();
        const before = ana.id();
        await ana.loseLine(ms);
        if (ms > 300) await witness.client.next('participant-left', ({ participantId }) => participantId === before);
        await until(
          'the signaling to be back',
          () => ana.call.state.get().connection === 'connected' && ana.meeting() === 'joined',
        );
        await until('everybody to be there', async () => {
          const { participants } = ok(await witness.client.ask('sync', {}));
          return participants.length === 1 && participants[0]?.id === ana.id() && participants[0].presence === 'present';
        });
        assert.deepEqual(ana.others(), [witness.id]);
        assert.equal(ana.id() === before, ms < 300, 'the same seat only within the grace');
        assert.deepEqual(needs(ana.facts), []);
      });
    }
  });
}

describe('coming back with a token that is spent', () => {
  it('works after leaving, as often as one likes', async () => {
    const server = await serve();
    const { call, meeting } = nodeCall(server.url, { token: await tokenFor(ROOM, { role: 'host' }) });
    for (let round = 0; round < 3; round += 1) {
      await call.join();
      assert.deepEqual([meeting(), call.state.get().local.role], ['joined', 'host']);
      await call.leave();
    }
  });

  it('works after a reload, in the call and after it, when the page remembers', async () => {
    const server = await serve({ reloadMs: 50 });
    const witness = await server.join(ROOM, { token: await tokenFor(ROOM) });
    const token = await tokenFor(ROOM);
    const tab = new Map<string, Parameters<ReturnMemory['save']>[0]>();
    const returns: ReturnMemory = {
      save: (pass) => void tab.set(pass.room, pass),
      take: ({ room }) => {
        const pass = tab.get(room) ?? null;
        tab.delete(room);
        return pass;
      },
    };
    const first = nodeCall(server.url, { token }, { returns });
    await first.call.join();
    await first.signalings[0]?.mesh.ice(); // the signaling connection is there
    first.page().hidden();
    await witness.client.next('participant-left');
    const second = nodeCall(server.url, { token }, { returns });
    await second.call.join();
    assert.equal(tab.size, 0, 'a copy of this tab must not find it');
    second.page().unseen();
    assert.equal(tab.size, 1, 'a phone may end the page in the background');
    second.page().seen();
    assert.equal(tab.size, 0);
    await second.call.leave();
    second.page().hidden();
    const third = nodeCall(server.url, { token }, { returns });
    await third.call.join();
    assert.equal(third.meeting(), 'joined');
  });

  it('does not work after a kick, neither by itself nor by hand', async () => {
    const server = await serve();
    const host = await server.join(ROOM, { token: await tokenFor(ROOM, { role: 'host' }) });
    const ben = nodeCall(server.url, { token: await tokenFor(ROOM) });
    await ben.call.join();
    await ben.loseLine(900);
    ok(await host.client.ask('kick', { participantId: ben.id() }));
    await until('Ben to hear of it', () => ben.meeting() === 'left');
    await assert.rejects(ben.call.join(), { code: 'FORBIDDEN' });
  });

  it('does not push out the same person on another device', async () => {
    const server = await serve();
    const phone = nodeCall(server.url, { token: await tokenFor(ROOM, { sub: 'ada' }) });
    await phone.call.join();
    await phone.loseLine(900);
    const laptop = nodeCall(server.url, { token: await tokenFor(ROOM, { sub: 'ada' }) });
    await laptop.call.join();
    await until('the phone to give up', () => phone.meeting() === 'left');
    assert.deepEqual([phone.call.state.get().leftReason, laptop.meeting()], ['duplicate', 'joined']);
  });
});

describe('a token from a function of the page', () => {
  it('is fetched when one is needed, and not while the call can go on without', async () => {
    const server = await serve();
    let fetched = 0;
    const token = () => {
      fetched += 1;
      return tokenFor(ROOM, { sub: 'ada' });
    };
    const { call, loseLine, meeting, id } = nodeCall(server.url, { token });
    await call.prepare();
    await call.join();
    assert.equal(fetched, 1, 'the look and the join take the same');
    const before = id();
    await loseLine(900);
    await until('to be back', () => id() !== before && meeting() === 'joined');
    await call.leave();
    await call.join();
    assert.equal(fetched, 1);
  });

  it('is fetched again when the one before has expired', async () => {
    const server = await serve();
    const seconds = Math.floor(Date.now() / 1_000);
    const tokens = [await tokenFor(ROOM, { iat: seconds - 999, nbf: seconds - 999, exp: seconds - 100 }), await tokenFor(ROOM)];
    const { call, meeting, facts } = nodeCall(server.url, { token: () => Promise.resolve(tokens.shift() ?? '') });
    await call.join();
    assert.deepEqual([meeting(), tokens.length, needs(facts)], ['joined', 0, []]);
  });

  it('that fails is a refusal, not a hang', async () => {
    const server = await serve();
    const { call, facts } = nodeCall(server.url, { token: () => Promise.reject(new Error('offline')) });
    await assert.rejects(call.join(), { code: 'UNAUTHENTICATED' });
    assert.deepEqual(needs(facts), ['missing']);
  });

  it('is used during the call to be able to come back for longer', async () => {
    const server = await serve({ returnMs: 400, graceMs: 30_000 });
    let fetched = 0;
    const token = () => {
      fetched += 1;
      return tokenFor(ROOM, { sub: 'ada' });
    };
    const { call, meeting } = nodeCall(server.url, { token });
    await call.join();
    const began = performance.now();
    await until('a renewal, and the end of the first', () => fetched > 3 && performance.now() - began > 1_000);
    await call.leave();
    const before = fetched;
    await call.join();
    assert.deepEqual([meeting(), fetched], ['joined', before]);
  });
});

describe('a page that hears that a token is needed', () => {
  it('may set one, and the join goes on with it', async () => {
    const server = await serve();
    const { call, meeting, facts } = nodeCall(server.url);
    const fresh = await tokenFor(ROOM);
    call.onFact((fact) => {
      if (fact.type !== 'token-needed') return;
      fact.promise();
      setTimeout(() => call.configure({ token: fresh }), 100);
    });
    await call.join();
    assert.deepEqual([meeting(), needs(facts)], ['joined', ['missing']]);
  });

  it('is asked again when the way back is over, and the call goes on', async () => {
    const server = await serve({ returnMs: 1 });
    const { call, meeting, facts, id, loseLine } = nodeCall(server.url, { token: await tokenFor(ROOM) });
    const fresh = await tokenFor(ROOM);
    call.onFact((fact) => {
      if (fact.type !== 'token-needed' || fact.reason === 'renewal') return;
      fact.promise();
      call.configure({ token: fresh });
    });
    await call.join();
    const before = id();
    await loseLine(900);
    await until('to be back', () => id() !== before && meeting() === 'joined');
    const asked = needs(facts).filter((reason) => reason !== 'renewal');
    assert.match(asked.join(' '), /^(?:expired|used)$/, 'once');
  });

  it('that promises one and brings none is waited for no longer than it takes', async () => {
    const server = await serve();
    const { call } = nodeCall(server.url, {}, {}, { ...QUICK, tokenMs: 100 });
    call.onFact((fact) => fact.type === 'token-needed' && fact.promise());
    await assert.rejects(call.join(), { code: 'UNAUTHENTICATED' });
  });

  it('can leave meanwhile', async () => {
    const server = await serve();
    const { call } = nodeCall(server.url, {}, {}, { ...QUICK, tokenMs: 60_000 });
    const asked = new Promise<void>((resolve) =>
      call.onFact((fact) => {
        if (fact.type !== 'token-needed') return;
        fact.promise();
        resolve();
      }),
    );
    const joining = call.join();
    joining.catch(() => undefined);
    await asked;
    await call.leave();
    await assert.rejects(joining, { code: 'ABORTED' });
  });
});
