/** The page's join by plain HTTP, against a real server: in before the signaling connection is, and in all the same when that fails. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { SignalingEvent } from '../../components/core/signaling.js';
import type { ServerToClient } from '../../server/protocol/events.js';
import { MAX_HTTP_SIGNALS } from '../../server/protocol/limits.js';
import { DEFAULT_TIMINGS } from '../../components/core/timings.js';
import { SocketSignaling } from '../../components/signaling/socket-signaling.js';
import { joinRequest, ok, SILENT, startServer, type RunningServer } from '../support/server.js';
import { answer, candidates, SDP } from '../support/signals.js';
import { TcpProxy } from '../support/tcp-proxy.js';
import { until } from '../support/until.js';

const never = new AbortController().signal;

describe('a page that joins', () => {
  let server: RunningServer;
  const lines: SocketSignaling[] = [];
  const realFetch = globalThis.fetch;
  const asked: string[] = [];
  let rooms = 0;
  const room = (): string => `page-${(rooms += 1)}`;
  before(async () => {
    server = await startServer();
  });
  after(() => server.close());
  afterEach(async () => {
    globalThis.fetch = realFetch;
    await Promise.all(lines.splice(0).map((signaling) => signaling.leave()));
  });

  /** `instead`: what becomes of a request by plain HTTP. */
  function page(instead?: (path: string) => Promise<Response> | undefined, httpJoinMs = 3_000, url = server.url) {
    asked.length = 0;
    globalThis.fetch = (input, init) => {
      const { pathname } = new URL(String(input));
      asked.push(pathname);
      return instead?.(pathname) ?? realFetch(input, init);
    };
    const signaling = new SocketSignaling(url, { ...DEFAULT_TIMINGS.signaling, httpJoinMs, joinMs: 2_000 });
    lines.push(signaling);
    const events: SignalingEvent[] = [];
    signaling.onEvent((event) => events.push(event));
    return { signaling, events, resumed: () => until('the line', () => events.some(({ type }) => type === 'resumed')) };
  }

  it('sits down by plain HTTP, and its line takes the same seat', async () => {
    const name = room();
    const ada = await server.join(name);
    const { signaling, events, resumed } = page();
    const reply = await signaling.join(joinRequest(name), never);
    assert.deepEqual(asked, ['/signaling/join']);
    assert.equal(reply.resumed, false);
    await resumed();
    const taken = events.find((event) => event.type === 'resumed');
    assert.deepEqual([taken?.reply.self.id, taken?.restarted], [reply.self.id, false]);
    const shown = events.flatMap((event) =>
      event.type === 'fact' && event.fact.type === 'connection-changed' ? [event.fact.connection] : [],
    );
    assert.deepEqual(shown, ['connecting', 'connected']);
    ok(await ada.client.ask('sync', {}));
    assert.equal(ada.client.heard('participant-joined').length, 1);
    assert.deepEqual(ada.client.heard('participant-left'), []);
  });

  it('answers before it has a line, and asks for things that wait for the line', async () => {
    const name = room();
    const ada = await server.join(name);
    ok(await ada.client.ask('prepare-offer', { offer: { connectionId: 'link-ada-1', sdp: SDP, mids: {} } }));
    // So far away that the signaling connection takes longer than the answer.
    const far = await TcpProxy.before(Number(new URL(server.url).port));
    after(() => far.close());
    far.delayMs = 100;
    const { signaling } = page(undefined, 3_000, far.url);
    const reply = await signaling.join(joinRequest(name, { wantsOffers: true }), never);
    const answered = signaling.mesh.send(ada.id, answer('link-ada-1'));
    const updated = signaling.update({ media: { ...SILENT, camera: true } });
    await answered;
    assert.deepEqual(asked, ['/signaling/join', '/signaling/signals']);
    assert.equal((await ada.client.next('signal')).from, reply.self.id);
    assert.equal((await updated).media.camera, true);
    ok(await ada.client.ask('sync', {}));
    assert.deepEqual(ada.client.heard('signal'), []);
  });

  it('does not wait for a line that is being opened for a look at the door', async () => {
    const name = room();
    const ada = await server.join(name);
    const far = await TcpProxy.before(Number(new URL(server.url).port));
    after(() => far.close());
    far.delayMs = 100;
    const { signaling, events, resumed } = page(undefined, 3_000, far.url);
    const order: string[] = [];
    const looked = signaling.prepare({ protocol: 2, room: name }).then(() => order.push('door'));
    const reply = await signaling.join(joinRequest(name), never);
    order.push('joined');
    await looked;
    assert.deepEqual(order, ['joined', 'door']);
    assert.deepEqual(asked, ['/signaling/join']);
    await resumed();
    assert.equal((await signaling.update({ handRaised: true })).id, reply.self.id);
    assert.deepEqual(
      events.flatMap((event) =>
        event.type === 'fact' && event.fact.type === 'connection-changed' ? [event.fact.connection] : [],
      ),
      ['connecting', 'connected'],
    );
    ok(await ada.client.ask('sync', {}));
    assert.equal(ada.client.heard('participant-joined').length, 1);
    assert.deepEqual(ada.client.heard('participant-left'), []);
  });

  const failures: readonly (readonly [string, (path: string) => Promise<Response> | undefined])[] = [
    ['is refused by a proxy', async () => new Response('no', { status: 403 })],
    ['is answered with a page', async () => new Response('<!doctype html>')],
    ['fails', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['is never answered', () => new Promise(() => undefined)],
  ];
  for (const [what, instead] of failures) {
    it(`joins over the line when the request ${what}`, async () => {
      const { signaling, events } = page(instead, 200);
      if (what === 'is never answered')
        globalThis.fetch = (_, init) =>
          new Promise((_resolve, reject) => init?.signal?.addEventListener('abort', () => reject(new Error('aborted'))));
      const reply = await signaling.join(joinRequest(room()), never);
      assert.equal(reply.resumed, false);
      await signaling.update({ handRaised: true });
      assert.deepEqual(
        events.filter(({ type }) => type === 'resumed' || type === 'refused'),
        [],
      );
    });
  }

  it('hears a refusal at once', async () => {
    const { signaling } = page();
    await assert.rejects(signaling.join({ ...joinRequest('no room!') }, never), { code: 'ROOM_NAME_INVALID' });
    assert.deepEqual(asked, ['/signaling/join']);
  });

  it('says all it has to say in order, once, and hears of what is refused', async () => {
    const name = room();
    const ada = await server.join(name);
    const far = await TcpProxy.before(Number(new URL(server.url).port));
    after(() => far.close());
    far.delayMs = 60;
    const { signaling, resumed } = page(undefined, 3_000, far.url);
    await signaling.join(joinRequest(name), never);
    const links = Array.from({ length: MAX_HTTP_SIGNALS + 4 }, (_, at) => `link-${String(at).padStart(4, '0')}`);
    const sent = links.map((link) => signaling.mesh.send(ada.id, candidates(1, link)));
    const refused = signaling.mesh.send('A'.repeat(22), candidates(1));
    await assert.rejects(refused, { code: 'PEER_NOT_FOUND' });
    await Promise.all(sent);
    await resumed();
    ok(await ada.client.ask('sync', {}));
    assert.deepEqual(
      (ada.client.heard('signal') as readonly ServerToClient['signal'][]).map(({ signal }) => signal.connectionId),
      links,
    );
    assert.deepEqual(asked.slice(0, 2), ['/signaling/join', '/signaling/signals']);
  });

  it('says what was not passed on by plain HTTP over the line', async () => {
    const name = room();
    const ada = await server.join(name);
    ok(await ada.client.ask('prepare-offer', { offer: { connectionId: 'link-ada-1', sdp: SDP, mids: {} } }));
    const { signaling } = page((path) => (path.endsWith('signals') ? Promise.reject(new TypeError('no')) : undefined));
    await signaling.join(joinRequest(name, { wantsOffers: true }), never);
    await signaling.mesh.send(ada.id, answer('link-ada-1'));
    assert.equal((await ada.client.next('signal')).signal.remoteConnectionId, 'link-ada-1');
  });

  it('is one participant when the answer was lost', async () => {
    const name = room();
    const ada = await server.join(name);
    const { signaling } = page();
    globalThis.fetch = async (input, init) => {
      await realFetch(input, init);
      throw new TypeError('the answer was lost');
    };
    const reply = await signaling.join(joinRequest(name), never);
    const { participants } = ok(await ada.client.ask('sync', {}));
    assert.deepEqual(
      participants.map(({ id }) => id),
      [reply.self.id],
    );
  });

  it('leaves at once, though its line was still on the way', async () => {
    const name = room();
    const ada = await server.join(name);
    const { signaling } = page();
    const { self } = await signaling.join(joinRequest(name), never);
    await signaling.leave();
    const { participantId, reason } = await ada.client.next('participant-left');
    assert.deepEqual([participantId, reason], [self.id, 'left']);
  });

  it('does not ask that way where it is switched off', async () => {
    const { signaling } = page(undefined, 0);
    await signaling.join(joinRequest(room()), never);
    assert.deepEqual(asked, []);
  });
});
