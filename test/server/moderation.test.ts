/** Hosts, moderators and the others: what each may do to whom, and who hears of it. A room next door hears nothing. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { ClientEvent } from '../../server/protocol/events.js';
import { DEFAULT_LIMITS } from '../../server/limits.js';
import type { JoinRequest } from '../../server/protocol/schemas.js';
import { codeOf, joinRequest, ok, startServer, type Member, type RunningServer, type TestClient } from '../support/server.js';
import { TOKEN_MODE, tokenFor } from '../support/tokens.js';

const NOBODY = 'A'.repeat(22);
const rates = { ...DEFAULT_LIMITS.rates, sync: { burst: 1_000, perSecond: 100 }, moderation: { burst: 200, perSecond: 50 } };
const OPEN = { locked: false, waitingRoom: false };

let rooms = 0;
const freshRoom = (): string => `room-${(rooms += 1)}`;

describe('in a room', () => {
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
  const quiet = async (client: TestClient): Promise<void> => {
    ok(await client.ask('sync', {}));
    for (const event of ['mute-request', 'room-updated', 'participant-left', 'goodbye'] as const)
      assert.deepEqual(client.heard(event), []);
  };

  const acts: readonly (readonly [ClientEvent, (target: string) => object])[] = [
    ['mute-participants', (id) => ({ ids: [id] })],
    ['kick', (participantId) => ({ participantId })],
    ['lower-hand', (participantId) => ({ participantId })],
    ['lock', () => ({ locked: true })],
    ['waiting-room', () => ({ enabled: true })],
    ['admit', (waitingId) => ({ waitingId })],
    ['reject', (waitingId) => ({ waitingId })],
    ['end', () => ({})],
  ];
  for (const [event, request] of acts) {
    for (const role of ['speaker', 'viewer']) {
      it(`a ${role} may not ${event}, and nobody hears that they tried`, async () => {
        const room = freshRoom();
        const [host, other] = [await enter(room, 'host'), await enter(room, role)];
        assert.equal(codeOf(await other.client.askAnything(event, request(host.id))), 'FORBIDDEN');
        await quiet(host.client);
      });
    }
    it(`nobody may ${event} before joining`, async () => {
      const client = server.connect();
      await client.next('connect');
      assert.equal(codeOf(await client.askAnything(event, request(outsider.id))), 'NOT_IN_ROOM');
    });
    it(`${event} is held to its shape`, async () => {
      const host = await enter(freshRoom(), 'host');
      for (const payload of [undefined, null, 7, [], 'x', { ...request(NOBODY), role: 'host' }, { __unknown: 1 }])
        assert.equal(codeOf(await host.client.askAnything(event, payload)), 'BAD_PAYLOAD');
    });
  }

  for (const event of ['kick', 'lower-hand', 'mute-participants', 'admit', 'reject'] as const) {
    it(`${event} finds nobody who is oneself, absent or next door`, async () => {
      const host = await enter(freshRoom(), 'host');
      const name = event === 'kick' || event === 'lower-hand' ? 'participantId' : 'waitingId';
      for (const id of [host.id, NOBODY, outsider.id]) {
        const request = event === 'mute-participants' ? { ids: [id] } : { [name]: id };
        assert.equal(codeOf(await host.client.askAnything(event, request)), 'PEER_NOT_FOUND');
      }
      await quiet(host.client);
    });
  }

  it('a moderator acts upon everybody but a host, and does not end the call', async () => {
    const room = freshRoom();
    const [host, moderator, speaker] = [await enter(room, 'host'), await enter(room, 'moderator'), await enter(room, 'speaker')];
    assert.equal(codeOf(await moderator.client.ask('kick', { participantId: host.id })), 'FORBIDDEN');
    assert.equal(codeOf(await moderator.client.ask('mute-participants', { ids: [speaker.id, host.id] })), 'FORBIDDEN');
    assert.equal(codeOf(await moderator.client.ask('end', {})), 'FORBIDDEN');
    await quiet(speaker.client);
    ok(await moderator.client.ask('mute-participants', { ids: [speaker.id] }));
    await speaker.client.next('mute-request');
  });

  it('the grant decides, not the name of the role', async () => {
    const room = freshRoom();
    const plain = await enter(room, 'moderator', { grants: { moderate: false } });
    assert.equal(codeOf(await plain.client.ask('lock', { locked: true })), 'FORBIDDEN');
    const trusted = await enter(room, 'speaker', { grants: { moderate: true } });
    assert.deepEqual(ok(await trusted.client.ask('lock', { locked: true })), { locked: true, waitingRoom: false });
  });

  it('a request to mute reaches those it names, and says who asks', async () => {
    const room = freshRoom();
    const host = await enter(room, 'host');
    const [ada, ben] = [await enter(room, 'speaker'), await enter(room, 'speaker')];
    ok(await host.client.ask('mute-participants', { ids: [ada.id] }));
    assert.deepEqual(await ada.client.next('mute-request'), { by: host.id, sources: ['microphone'] });
    ok(await host.client.ask('mute-participants', { ids: [ada.id, ben.id], sources: ['camera', 'screen'] }));
    assert.deepEqual(await ada.client.next('mute-request'), { by: host.id, sources: ['camera', 'screen'] });
    assert.deepEqual(await ben.client.next('mute-request'), { by: host.id, sources: ['camera', 'screen'] });
    assert.equal(codeOf(await host.client.ask('mute-participants', { ids: [ada.id, NOBODY] })), 'PEER_NOT_FOUND');
    await quiet(ada.client);
  });

  it('who is sent out is told, leaves at once and does not come back, by seat or by token', async () => {
    const room = freshRoom();
    const [host, witness] = [await enter(room, 'host'), await enter(room, 'speaker')];
    const sub = 'troublemaker';
    const target = await enter(room, 'speaker', { sub });
    ok(await host.client.ask('kick', { participantId: target.id }));
    assert.deepEqual(await target.client.next('goodbye'), { code: 'FORBIDDEN', reason: 'kicked' });
    await target.client.next('disconnect');
    const left = await witness.client.next('participant-left');
    assert.deepEqual([left.participantId, left.reason], [target.id, 'kicked']);
    const resume = { participantId: target.id, token: target.reply.resumeToken };
    const back = server.connect({ join: joinRequest(room, { resume }) });
    assert.deepEqual(await back.next('goodbye'), { code: 'FORBIDDEN', reason: 'kicked' });
    assert.equal((await knock(room, { sub })).code, 'FORBIDDEN');
    assert.equal((await knock(room, { sub: 'somebody-else' })).code, 'ok');
    const elsewhere = freshRoom();
    assert.equal((await knock(elsewhere, { sub })).code, 'ok');
  });

  it('row 88: a guest who is sent out is out, from their network and as any other guest; who has a token comes in', async () => {
    const open = await startServer({
      ...TOKEN_MODE,
      authMode: 'open',
      production: true,
      allowNoOrigin: true,
      trustProxy: ['127.0.0.1'],
    });
    try {
      const from = async (address: string, token?: string) => {
        const more = token === undefined ? {} : { token };
        const client = open.connect({ join: joinRequest('r', more) }, { headers: { 'x-forwarded-for': address } });
        const result = await client.next('join-result');
        return { client, code: codeOf(result), id: result.ok ? result.data.self.id : '' };
      };
      const host = await from('203.0.113.1', await tokenFor('r', { role: 'host' }));
      const guest = await from('203.0.113.2');
      const member = await from('203.0.113.3', await tokenFor('r', { sub: 'x' }));
      for (const { id } of [guest, member]) ok(await host.client.ask('kick', { participantId: id }));
      for (const address of ['203.0.113.2', '203.0.113.3']) assert.equal((await from(address)).code, 'FORBIDDEN', 'as a guest');
      assert.equal((await from('203.0.113.9', await tokenFor('r', { sub: 'x' }))).code, 'FORBIDDEN');
      assert.equal((await from('203.0.113.2', await tokenFor('r', { sub: 'y' }))).code, 'ok');
      assert.equal((await from('203.0.113.4')).code, 'ok');
    } finally {
      await open.close();
    }
  });

  it('a ban ends', async () => {
    const short = await startServer(TOKEN_MODE, { timings: { banMs: 150 } });
    try {
      const host = await short.join('r', { token: await tokenFor('r', { role: 'host' }) });
      const target = await short.join('r', { token: await tokenFor('r', { sub: 'x' }) });
      ok(await host.client.ask('kick', { participantId: target.id }));
      const code = async () =>
        codeOf(await short.connect({ join: joinRequest('r', { token: await tokenFor('r', { sub: 'x' }) }) }).next('join-result'));
      assert.equal(await code(), 'FORBIDDEN');
      await new Promise((resolve) => setTimeout(resolve, 200));
      assert.equal(await code(), 'ok');
    } finally {
      await short.close();
    }
  });

  it('a lock keeps newcomers out, is told to all, and counts as a change of the room', async () => {
    const room = freshRoom();
    const [host, ada] = [await enter(room, 'host'), await enter(room, 'speaker')];
    assert.deepEqual(host.reply.roster.settings, OPEN);
    assert.deepEqual(ok(await host.client.ask('lock', { locked: true })), { locked: true, waitingRoom: false });
    const expected = { version: ada.reply.roster.version + 1, room: { locked: true, waitingRoom: false } };
    assert.deepEqual(await ada.client.next('room-updated'), expected);
    assert.deepEqual(await host.client.next('room-updated'), expected);
    const late = await knock(room);
    assert.equal(late.code, 'ROOM_LOCKED');
    ok(await host.client.ask('lock', { locked: true }));
    await quiet(ada.client);
    assert.deepEqual(ok(await ada.client.ask('sync', {})).settings, { locked: true, waitingRoom: false });
    assert.equal((await knock(room, { role: 'moderator' })).code, 'ok');
    // Who is in may come back, and the same person on another device too.
    ada.client.cut();
    const resume = { participantId: ada.id, token: ada.reply.resumeToken };
    ok(await server.connect({ join: joinRequest(room, { resume }) }).next('join-result'));
    assert.equal((await knock(room, { sub: ada.reply.self.externalId })).code, 'ok');
    ok(await host.client.ask('lock', { locked: false }));
    assert.equal(codeOf(await late.client.ask('join', joinRequest(room, { token: late.token }))), 'ok');
  });

  it('the end is the end for all, those who wait included, and the room can be used again', async () => {
    const room = freshRoom();
    const [host, ada] = [await enter(room, 'host'), await enter(room, 'speaker')];
    ok(await host.client.ask('waiting-room', { enabled: true }));
    const waits = await knock(room);
    ok(await host.client.ask('end', {}));
    for (const { client } of [host, ada]) {
      assert.deepEqual(await client.next('goodbye'), { code: 'ROOM_ENDED', reason: 'ended' });
      await client.next('disconnect');
    }
    assert.equal(codeOf(await waits.client.next('join-result')), 'ROOM_ENDED');
    const resume = { participantId: ada.id, token: ada.reply.resumeToken };
    const back = server.connect({ join: joinRequest(room, { resume }) });
    assert.deepEqual(await back.next('goodbye'), { code: 'ROOM_ENDED', reason: 'ended' });
    assert.equal((await enter(room, 'moderator')).reply.roster.participants.length, 0);
  });

  it('all this has a price: a flood of it is held back', async () => {
    const strict = await startServer(TOKEN_MODE);
    try {
      const host = await strict.join('r', { token: await tokenFor('r', { role: 'host' }) });
      const codes = [];
      for (let count = 0; count < 25; count += 1) codes.push(codeOf(await host.client.ask('lock', { locked: count % 2 === 0 })));
      assert.ok(codes.includes('RATE_LIMITED'));
    } finally {
      await strict.close();
    }
  });
});
