import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { CallError } from '../../components/core/call-error.js';
import type { TransportFact } from '../../components/core/facts.js';
import { SILENT_LOGGER } from '../../components/core/logger.js';
import { MediaRouter } from '../../components/core/media/media-router.js';
import type { SessionPeer } from '../../components/core/media/switch-readiness.js';
import type { RemoteTracks } from '../../components/core/media/remote-streams.js';
import type { Pipe } from '../../components/core/messaging/reliable-channel.js';
import { FakeTransport } from '../../components/testing/fake-transport.js';

const peer = (id: string, more: Partial<SessionPeer> = {}): SessionPeer => ({
  id,
  presence: 'present',
  media: { microphone: true, camera: true, screen: false, screenAudio: false },
  ...more,
});
const track = (name: string): MediaStreamTrack => ({ id: name }) as MediaStreamTrack;
const pipe = (): Pipe => ({ send: () => undefined, free: true, onMessage: null, onFree: null });
const codeOf = (promise: Promise<void>): Promise<string> =>
  promise.then(
    () => 'ready',
    (error: unknown) => CallError.from(error).code,
  );

function begin(t: TestContext) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const transports: FakeTransport[] = [];
  const facts: TransportFact[] = [];
  const shown = new Map<string, string>();
  const used: RemoteTracks[] = [];
  const pipes = new Set<Pipe>();
  const unseen = new Set<string>();
  const router = new MediaRouter({
    timings: { switchMs: 15_000, lingerMs: 2_000 },
    streams: {
      set: (id, source, what) => void (what ? shown.set(`${id} ${source}`, what.id) : shown.delete(`${id} ${source}`)),
      use: (tracks) => void used.push(new Map(tracks)),
    },
    channels: { attach: (_peer, what) => void pipes.add(what), detach: (_peer, what) => void pipes.delete(what) },
    requestedVideo: {
      isWanted: (id, source) => !unseen.has(`${id} ${source}`),
      replay: (target) => target.requestVideo('ana', 'camera', { width: 320, height: 180 }),
    },
    create: (kind, epoch, events, standby) => {
      const transport = new FakeTransport(
        kind,
        {
          selfId: 'me',
          epoch,
          logger: SILENT_LOGGER,
          signaling: null as never,
          negotiation: null,
          earlyConnections: null,
          standby,
          iceServers: () => null,
          iceTransportPolicy: () => 'all',
          lowData: () => false,
        },
        events,
      );
      transports.push(transport);
      return transport;
    },
    fact: (fact) => facts.push(fact),
    failed: () => assert.fail('the transport that carries media did not fail'),
    warn: (cause) => assert.fail(String(cause)),
  });
  router.publish('microphone', track('my sound'));
  router.setRoster([peer('ana'), peer('ben')], true);
  const [first] = transports;
  assert.ok(first);
  const next = (): FakeTransport => {
    const made = transports.at(-1);
    assert.ok(made && made !== first);
    return made;
  };
  const arrive = (transport: FakeTransport, id: string): void => {
    transport.events.linkChanged(id, 'connected');
    for (const source of ['microphone', 'camera'] as const) {
      transport.events.trackAdded(id, source, track(`${id} ${source} ${transport.epoch}`));
      transport.events.mediaFlowing(id, source);
    }
  };
  for (const id of ['ana', 'ben']) arrive(first, id);
  return { router, first, next, transports, facts, shown, used, pipes, unseen, arrive };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const stateOf = async (promise: Promise<void>): Promise<'waiting' | 'settled'> => {
  const settledNow = promise.then(
    () => 'settled' as const,
    () => 'settled' as const,
  );
  return Promise.race([settledNow, settled().then(() => 'waiting' as const)]);
};

describe('a switch of transports', () => {
  it('tells the new one everything, waits for every pair, and then takes its tracks in one step', async (t) => {
    const { router, first, next, facts, shown, used, arrive } = begin(t);
    router.prioritize('ana');
    const ready = router.prepare('mesh', 1);
    const fresh = next();
    assert.equal(fresh.context.standby(), true);
    assert.deepEqual([...fresh.published.keys()], ['microphone']);
    assert.deepEqual(
      fresh.roster.map(({ id, sending }) => [id, sending]),
      [
        ['ana', false],
        ['ben', false],
      ],
      'nothing is missed on a transport that nobody sends over yet',
    );
    assert.deepEqual([fresh.expecting, first.expecting], [false, false], 'no offer is kept ready during a switch');
    assert.deepEqual([...fresh.requested], [['ana/camera', { width: 320, height: 180 }]]);
    assert.equal(fresh.prioritized, 'ana');
    assert.ok(fresh.uplinkBudget, 'it must not take the line of the one that carries the call');
    router.publish('camera', track('my picture'));
    assert.deepEqual([...fresh.published.keys()], ['microphone', 'camera']);

    arrive(fresh, 'ana');
    assert.equal(await stateOf(ready), 'waiting', 'one of two is there');
    fresh.events.linkChanged('ben', 'connected');
    fresh.events.mediaFlowing('ben', 'microphone');
    assert.equal(await stateOf(ready), 'waiting', 'a sound is no picture');
    const before = facts.length;
    fresh.events.trackAdded('ben', 'camera', track('ben camera 1'));
    fresh.events.mediaFlowing('ben', 'camera');
    await ready;
    assert.equal(facts.length, before, 'nobody notices a transport that is made ready');
    assert.equal(shown.get('ben camera'), 'ben camera 0');

    router.commit(1);
    assert.equal(router.epoch, 1);
    assert.equal(used[0]?.get('ben')?.get('camera')?.id, 'ben camera 1');
    assert.deepEqual([fresh.context.standby(), first.context.standby()], [false, true]);
    assert.deepEqual([fresh.roster[0]?.sending, fresh.expecting, fresh.uplinkBudget], [true, true, null]);
    assert.equal(first.roster[0]?.sending, false, 'silence of the old one is no trouble any more');
    router.publish('microphone', null);
    assert.deepEqual([...first.published.keys()], ['camera'], 'who mutes is muted on both');
    assert.ok(!first.calls.includes('close'), 'the others may switch a moment later');
    t.mock.timers.tick(2_000);
    await settled();
    assert.ok(first.calls.includes('close'));
    await router.close();
  });

  it('waits for nothing that is off, not wanted here, not allowed, or of somebody who is away', async (t) => {
    const { router, next, unseen, arrive } = begin(t);
    const off = { microphone: false, camera: false, screen: false, screenAudio: false };
    router.setRoster(
      [peer('ana'), peer('muted', { media: off }), peer('away', { presence: 'away' }), peer('viewer', { mayPublish: [] })],
      true,
    );
    const ready = router.prepare('mesh', 1);
    const fresh = next();
    for (const id of ['muted', 'viewer']) fresh.events.linkChanged(id, 'connected');
    fresh.events.linkChanged('ana', 'connected');
    fresh.events.mediaFlowing('ana', 'microphone');
    assert.equal(await stateOf(ready), 'waiting');
    unseen.add('ana camera');
    router.requestVideo('ana', 'camera', null);
    await ready;
    arrive(fresh, 'ana');
    await router.close();
  });

  it('is given up when one pair does not come in time, and the call goes on untouched', async (t) => {
    const { router, first, next, facts, shown, arrive } = begin(t);
    const outcome = codeOf(router.prepare('mesh', 1));
    const fresh = next();
    arrive(fresh, 'ana');
    const before = facts.length;
    t.mock.timers.tick(15_000);
    assert.equal(await outcome, 'TIMEOUT');
    assert.ok(fresh.calls.includes('close'));
    assert.deepEqual([router.epoch, first.context.standby(), first.roster[0]?.sending, first.expecting], [0, false, true, true]);
    assert.ok(!first.calls.includes('close'));
    assert.equal(facts.length, before);
    assert.equal(shown.get('ana camera'), 'ana camera 0');
    router.commit(1);
    assert.equal(router.epoch, 0, 'what was given up cannot take over');
    await router.close();
  });

  it('is given up when the new one fails, and when it cannot connect', async (t) => {
    const { router, next } = begin(t);
    const failed = codeOf(router.prepare('sfu', 1));
    next().events.failed(new CallError('SIGNAL_UNREACHABLE'));
    assert.equal(await failed, 'SIGNAL_UNREACHABLE');
    assert.equal(router.kind, 'mesh');
    const again = codeOf(router.prepare('sfu', 2));
    router.rollBack();
    assert.equal(await again, 'ABORTED');
    await router.close();
    assert.equal(await codeOf(router.prepare('sfu', 3)), 'ABORTED');
  });

  it('listens to the messages of both while there are two', async (t) => {
    const { router, first, next, pipes, arrive } = begin(t);
    const [old, fresh] = [pipe(), pipe()];
    first.events.pipeOpened('ana', old);
    const ready = router.prepare('mesh', 1);
    next().events.pipeOpened('ana', fresh);
    assert.deepEqual([...pipes], [old, fresh]);
    for (const id of ['ana', 'ben']) arrive(next(), id);
    await ready;
    router.commit(1);
    assert.deepEqual([...pipes], [old, fresh]);
    t.mock.timers.tick(2_000);
    assert.deepEqual([...pipes], [fresh]);
    await router.close();
    assert.deepEqual([...pipes], []);
  });

  it('is asked for twice and made once; a later one takes its place; an earlier one is over', async (t) => {
    const { router, transports } = begin(t);
    const first = router.prepare('mesh', 1);
    assert.equal(router.prepare('mesh', 1), first);
    const later = router.prepare('mesh', 2);
    assert.equal(await codeOf(first), 'ABORTED');
    assert.equal(transports.length, 3);
    router.commit(2);
    await later;
    assert.equal(router.epoch, 2, 'the server may decide not to wait for us');
    assert.equal(await codeOf(router.prepare('mesh', 1)), 'INTERNAL');
    await router.close();
  });
});
