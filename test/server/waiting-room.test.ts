/** Waiting to be let in: who waits, who hears of it, who decides, and what becomes of those who give up. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { DEFAULT_LIMITS } from '../../server/limits.js';
import type { JoinRequest } from '../../server/protocol/schemas.js';
import { codeOf, joinRequest, ok, startServer, type Member, type RunningServer } from '../support/server.js';
import { TOKEN_MODE, tokenFor } from '../support/tokens.js';
import { until } from '../support/until.js';

const rates = { ...DEFAULT_LIMITS.rates, sync: { burst: 1_000, perSecond: 100 }, moderation: { burst: 200, perSecond: 50 } };

let rooms = 0;
const freshRoom = (): string => `room-${(rooms += 1)}`;

describe('in a waiting room', () => {
  let server: RunningServer;
  let outsider: Member;
  before(async () => {
    server = await startServer({ ...TOKEN_MODE, maxParticipants: 6 }, { limits: { rates }, timings: { banMs: 60_000 } });
    outsider = await server.join('next-door', { token: await tokenFor('next-door', { role: 'host' }) });
  });
  after(() => server.close());
  afterEach(async () => {
    ok(await outsider.client.ask('sync', {}));
    for (const event of ['mute-request', 'room-updated', 'participant-left', 'goodbye', 'waiting-participant-added'] as const)
      assert.deepEqual(outsider.client.heard(event), []);
  });

  const enter = async (room: string, role: string, more: Readonly<Record<string, unknown>> = {}): Promise<Member> =>
    server.join(room, { token: await tokenFor(room, { role, ...more }) });
  const knock = async (room: string, more: Readonly<Record<string, unknown>> = {}, request: Partial<JoinRequest> = {}) => {
    const token = await tokenFor(room, more);
    const client = server.connect({ join: joinRequest(room, { token, ...request }) });
    return { client, token, code: codeOf(await client.next('join-result')) };
  };
  it('newcomers wait, moderators hear who they are, and one of them decides', async () => {
    const room = freshRoom();
    const [host, speaker] = [await enter(room, 'host'), await enter(room, 'speaker')];
    assert.deepEqual(host.reply.waiting, []);
    assert.equal(speaker.reply.waiting, undefined);
    ok(await host.client.ask('waiting-room', { enabled: true }));
    const [ada, ben] = [await knock(room, { name: 'Ada', sub: 'ada' }), await knock(room, { name: 'Ben', sub: 'ben' })];
    assert.deepEqual([ada.code, ben.code], ['LOBBY_WAITING', 'LOBBY_WAITING']);
    const first = await host.client.next('waiting-participant-added');
    const second = await host.client.next('waiting-participant-added');
    assert.deepEqual([first.displayName, first.externalId, second.displayName], ['Ada', 'ada', 'Ben']);
    assert.equal((await enter(room, 'moderator')).reply.waiting?.length, 2);
    assert.equal(codeOf(await ada.client.ask('sync', {})), 'NOT_IN_ROOM');

    ok(await host.client.ask('admit', { waitingId: first.waitingId }));
    assert.equal(ok(await ada.client.next('join-result')).self.displayName, 'Ada');
    assert.equal((await host.client.next('waiting-participant-removed')).waitingId, first.waitingId);
    assert.equal(
      (await host.client.next('participant-joined', ({ participant }) => participant.displayName === 'Ada')).participant
        .externalId,
      'ada',
    );
    ok(await ada.client.ask('sync', {}));

    ok(await host.client.ask('reject', { waitingId: second.waitingId }));
    assert.equal(codeOf(await ben.client.next('join-result')), 'FORBIDDEN');
    assert.equal((await host.client.next('waiting-participant-removed')).waitingId, second.waitingId);
    assert.equal(codeOf(await ben.client.ask('join', joinRequest(room, { token: ben.token }))), 'TOKEN_REPLAYED');
    assert.deepEqual(speaker.client.heard('waiting-participant-added'), []);
    assert.equal(codeOf(await host.client.ask('admit', { waitingId: first.waitingId })), 'PEER_NOT_FOUND');
  });

  it('whoever waits hears whether anybody is there who may let them in', async () => {
    const room = freshRoom();
    const ada = await knock(room, { waitingRoom: true });
    assert.equal(ada.code, 'LOBBY_WAITING');
    assert.equal(ok(await ada.client.next('room-preview')).hosted, false);
    const host = await enter(room, 'host');
    await ada.client.next('room-preview', (door) => door.ok && door.data.hosted === true);
    assert.equal(host.reply.waiting?.length, 1);
    ok(await host.client.ask('leave', {}));
    await ada.client.next('room-preview', (door) => door.ok && door.data.hosted === false);
  });

  it('who stops waiting, by word or by going away, is not waited for, and may come again with the same token', async () => {
    const room = freshRoom();
    const host = await enter(room, 'host');
    ok(await host.client.ask('waiting-room', { enabled: true }));
    const [ada, ben] = [await knock(room), await knock(room)];
    ok(await ada.client.ask('leave', {}));
    await host.client.next('waiting-participant-removed');
    ben.client.cut();
    await host.client.next('waiting-participant-removed');
    assert.equal(codeOf(await ada.client.ask('join', joinRequest(room, { token: ada.token }))), 'LOBBY_WAITING');
    const again = server.connect({ join: joinRequest(room, { token: ben.token }) });
    assert.equal(codeOf(await again.next('join-result')), 'LOBBY_WAITING');
    await until('the host to hear of both again', () => host.client.heard('waiting-participant-added').length === 4);
  });

  it('a token can make one person wait where the others do not', async () => {
    const room = freshRoom();
    await enter(room, 'host');
    assert.equal((await knock(room, { waitingRoom: true })).code, 'LOBBY_WAITING');
    assert.equal((await knock(room)).code, 'ok');
  });

  it('without a waiting room any more, those who waited come in, as far as there is room', async () => {
    const room = freshRoom();
    const host = await enter(room, 'host');
    ok(await host.client.ask('waiting-room', { enabled: true }));
    const waiting = [];
    for (let count = 0; count < 6; count += 1) waiting.push(await knock(room));
    ok(await host.client.ask('waiting-room', { enabled: false }));
    for (const { client } of waiting.slice(0, 5)) ok(await client.next('join-result'));
    const [, , , , , last] = waiting;
    assert.deepEqual(last!.client.heard('join-result'), []);
    const info = (await host.client.next('waiting-participant-added', ({ externalId }) => externalId !== undefined)).waitingId;
    assert.ok(info);
  });

  it('a full room says so to the one who admits, and the visitor waits on', async () => {
    const room = freshRoom();
    const host = await enter(room, 'host');
    const { client, code } = await knock(room, { waitingRoom: true });
    assert.equal(code, 'LOBBY_WAITING');
    const { waitingId } = await host.client.next('waiting-participant-added');
    const others = [];
    for (let count = 0; count < 5; count += 1) others.push(await enter(room, 'speaker'));
    assert.equal(codeOf(await host.client.ask('admit', { waitingId })), 'ROOM_FULL');
    ok(await others[0]!.client.ask('leave', {}));
    ok(await host.client.ask('admit', { waitingId }));
    ok(await client.next('join-result'));
  });

  it('a full room needs no waiting room: it says so at once', async () => {
    const room = freshRoom();
    for (const role of ['host', 'speaker', 'speaker', 'speaker', 'speaker', 'speaker']) await enter(room, role);
    assert.equal((await knock(room, { waitingRoom: true })).code, 'ROOM_FULL');
  });

  it('rooms can come to life with a waiting room', async () => {
    const waiting = await startServer({ ...TOKEN_MODE, waitingRoom: true });
    try {
      const early = waiting.connect({ join: joinRequest('r', { token: await tokenFor('r') }) });
      assert.equal(codeOf(await early.next('join-result')), 'LOBBY_WAITING');
      const host = await waiting.join('r', { token: await tokenFor('r', { role: 'host' }) });
      assert.equal(host.reply.waiting?.length, 1);
      ok(await host.client.ask('admit', { waitingId: host.reply.waiting[0]!.waitingId }));
      ok(await early.next('join-result'));
    } finally {
      await waiting.close();
    }
  });
});
