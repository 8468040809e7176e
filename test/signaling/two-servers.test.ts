/**
 * Two servers behind one name, as while one takes over from the other: the request by plain HTTP reaches one and the signaling connection
 * the other. They share no rooms; but nobody is lost between them, nobody is there twice, and what was said arrives once.
 */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { afterEach, describe, it } from 'node:test';
import type { SignalingEvent } from '../../components/core/signaling.js';
import { SocketSignaling } from '../../components/signaling/socket-signaling.js';
import { joinRequest, ok, startServer, type Member, type RunningServer } from '../support/server.js';
import { candidates } from '../support/signals.js';
import { until } from '../support/until.js';

const ROOM = 'standup';
const never = new AbortController().signal;

describe('two servers behind one name', () => {
  const servers: RunningServer[] = [];
  const lines: SocketSignaling[] = [];
  const realFetch = globalThis.fetch;
  afterEach(async () => {
    globalThis.fetch = realFetch;
    for (const signaling of lines.splice(0)) signaling.close();
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  async function serverWith(
    sessionKey: Uint8Array,
    { maxParticipants = 8, joinDeadlineMs = 300 } = {},
  ): Promise<{
    server: RunningServer;
    inside: Member;
  }> {
    const server = await startServer({ maxParticipants }, { sessionKey, timings: { joinDeadlineMs } });
    servers.push(server);
    return { server, inside: await server.join(ROOM) };
  }

  /** `to`: which server a request by plain HTTP reaches. */
  function page(lineTo: RunningServer, to: (path: string) => RunningServer) {
    globalThis.fetch = (input, init) => {
      const { pathname } = new URL(String(input));
      return realFetch(new URL(pathname, to(pathname).url), init);
    };
    const signaling = new SocketSignaling(lineTo.url);
    lines.push(signaling);
    const events: SignalingEvent[] = [];
    signaling.onEvent((event) => events.push(event));
    const next = async <T extends SignalingEvent['type']>(type: T): Promise<Extract<SignalingEvent, { type: T }>> => {
      await until(type, () => events.some((event) => event.type === type));
      return events.find((event) => event.type === type) as Extract<SignalingEvent, { type: T }>;
    };
    return { signaling, events, next };
  }

  async function isInsideOnce({ client }: Member, id: string): Promise<void> {
    const { participants } = ok(await client.ask('sync', {}));
    assert.deepEqual(
      participants.map((participant) => participant.id),
      [id],
    );
    assert.equal(client.heard('participant-joined').length, 1);
    assert.deepEqual(client.heard('participant-left'), []);
  }

  async function wasInside({ client }: Member, id: string): Promise<void> {
    const left = await client.next('participant-left');
    assert.deepEqual([left.participantId, left.reason], [id, 'timeout']);
    assert.deepEqual(ok(await client.ask('sync', {})).participants, []);
  }

  it('of one key: the line takes the same seat at the other, and the first gives it up', async () => {
    const key = randomBytes(32);
    const [first, second] = [await serverWith(key), await serverWith(key)];
    const { signaling, events, next } = page(second.server, () => first.server);
    const { self } = await signaling.join(joinRequest(ROOM), never);
    const { reply, restarted } = await next('resumed');
    assert.deepEqual([reply.self.id, restarted], [self.id, true]);
    await signaling.mesh.send(second.inside.id, candidates());
    assert.equal((await second.inside.client.next('signal')).from, self.id);
    await isInsideOnce(second.inside, self.id);
    await wasInside(first.inside, self.id);
    await signaling.update({ handRaised: true });
    assert.deepEqual(
      events.filter(({ type }) => type === 'refused' || type === 'rejoined' || type === 'goodbye'),
      [],
    );
  });

  it('of different keys: the line takes a new seat at the other, and the first gives its own up', async () => {
    const [first, second] = [await serverWith(randomBytes(32)), await serverWith(randomBytes(32))];
    const { signaling, events, next } = page(second.server, () => first.server);
    const { self } = await signaling.join(joinRequest(ROOM), never);
    const { reply } = await next('rejoined');
    assert.notEqual(reply.self.id, self.id);
    await signaling.mesh.send(second.inside.id, candidates());
    assert.equal((await second.inside.client.next('signal')).from, reply.self.id);
    await isInsideOnce(second.inside, reply.self.id);
    await wasInside(first.inside, self.id);
    assert.deepEqual(
      events.filter(({ type }) => type === 'refused' || type === 'resumed'),
      [],
    );
  });

  it('where the other has no room, the visitor hears it, and the first gives its seat up', async () => {
    const [first, second] = [await serverWith(randomBytes(32)), await serverWith(randomBytes(32), { maxParticipants: 1 })];
    const { signaling, next } = page(second.server, () => first.server);
    const { self } = await signaling.join(joinRequest(ROOM), never);
    assert.equal((await next('refused')).error.code, 'ROOM_FULL');
    await assert.rejects(signaling.mesh.send(first.inside.id, candidates()), { code: 'ABORTED' });
    await wasInside(first.inside, self.id);
    assert.deepEqual(second.inside.client.heard('participant-joined'), []);
  });

  it('signals that reach the wrong one are said over the line, once', async () => {
    const key = randomBytes(32);
    const [first, second] = [await serverWith(key, { joinDeadlineMs: 10_000 }), await serverWith(key)];
    const { signaling, next } = page(first.server, (path) => (path.endsWith('signals') ? second.server : first.server));
    const { self } = await signaling.join(joinRequest(ROOM), never);
    const sent = ['link-0001', 'link-0002', 'link-0003'].map((link) => signaling.mesh.send(first.inside.id, candidates(1, link)));
    await Promise.all(sent);
    assert.equal((await next('resumed')).restarted, false);
    await isInsideOnce(first.inside, self.id);
    const heard = first.inside.client.heard('signal') as readonly { readonly signal: { readonly connectionId: string } }[];
    assert.deepEqual(
      heard.map(({ signal }) => signal.connectionId),
      ['link-0001', 'link-0002', 'link-0003'],
    );
    assert.deepEqual(ok(await second.inside.client.ask('sync', {})).participants, []);
  });
});
