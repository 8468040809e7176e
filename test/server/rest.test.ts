/** The REST interface: what a host site may do with its key, and what nobody may without one. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import Fastify from 'fastify';
import { webrtcElements } from '../../server/index.js';
import { call, KEY, NOBODY, OTHER_KEY, REST, type Call } from '../support/rest.js';
import { codeOf, joinRequest, startServer, type Member, type RunningServer } from '../support/server.js';
import { tokenFor } from '../support/tokens.js';

describe('the REST interface', () => {
  let server: RunningServer;
  let witness: Member;
  before(async () => {
    server = await startServer(REST);
    witness = await server.join('witness', { token: await tokenFor('witness', { sub: 'witness' }) });
  });
  after(() => server.close());
  afterEach(() => assert.deepEqual([witness.client.heard('goodbye'), witness.client.heard('mute-request')], [[], []]));

  const rest = (path: string, options?: Call) => call(server.url, `/api/v1${path}`, options);
  const enter = async (room: string, more: Readonly<Record<string, unknown>> = {}) =>
    server.join(room, { token: await tokenFor(room, more) });

  it('mints a token that opens the door', async () => {
    const body = { room: 'minted', sub: 'ada', name: 'Ada', role: 'moderator', grants: { record: false }, ttlSeconds: 60 };
    const { status, json, headers } = await rest('/tokens', { method: 'POST', body });
    assert.equal(status, 201);
    assert.equal(headers['cache-control'], 'no-store');
    const { token, expiresInMs } = json() as { token: string; expiresInMs: number };
    assert.equal(expiresInMs, 60_000);
    const { reply } = await server.join('minted', { token });
    assert.deepEqual([reply.self.displayName, reply.self.externalId, reply.self.role], ['Ada', 'ada', 'moderator']);
    assert.equal(reply.grants?.record, false);
  });

  it('lists rooms, and shows one with its settings and participants', async () => {
    const ada = await enter('shown', { name: 'Ada' });
    const { rooms } = (await rest('/rooms')).json() as { rooms: { room: string; participants: number }[] };
    assert.deepEqual(
      rooms.find(({ room }) => room === 'shown'),
      { room: 'shown', participants: 1 },
    );
    const shown = (await rest('/rooms/shown')).json();
    assert.deepEqual(shown, { room: 'shown', settings: { locked: false, waitingRoom: false }, participants: [ada.reply.self] });
    assert.deepEqual((await rest(`/rooms/shown/participants/${ada.id}`)).json(), ada.reply.self);
  });

  it('mutes by asking the page, as nobody in the room', async () => {
    const ada = await enter('muted');
    const path = `/rooms/muted/participants/${ada.id}/mute`;
    assert.equal((await rest(path, { method: 'POST', body: {} })).status, 202);
    assert.deepEqual(await ada.client.next('mute-request'), { sources: ['microphone'] });
    await rest(path, { method: 'POST', body: { sources: ['camera'] } });
    assert.deepEqual(await ada.client.next('mute-request'), { sources: ['camera'] });
  });

  it('sends somebody out, hosts too, and they do not come back', async () => {
    const host = await enter('sent-out', { role: 'host', sub: 'host' });
    assert.equal((await rest(`/rooms/sent-out/participants/${host.id}`, { method: 'DELETE' })).status, 204);
    assert.deepEqual(await host.client.next('goodbye'), { code: 'FORBIDDEN', reason: 'kicked' });
    const back = server.connect({ join: joinRequest('sent-out', { token: await tokenFor('sent-out', { sub: 'host' }) }) });
    assert.equal(codeOf(await back.next('join-result')), 'FORBIDDEN');
  });

  it('sets a room, and ends it for all', async () => {
    const ada = await enter('ended');
    const settings = await rest('/rooms/ended', { method: 'PATCH', body: { locked: true } });
    assert.deepEqual(settings.json(), { locked: true, waitingRoom: false });
    assert.deepEqual((await ada.client.next('room-updated')).room, { locked: true, waitingRoom: false });
    assert.equal((await rest('/rooms/ended', { method: 'DELETE' })).status, 204);
    assert.deepEqual(await ada.client.next('goodbye'), { code: 'ROOM_ENDED', reason: 'ended' });
    assert.equal((await rest('/rooms/ended', { method: 'DELETE' })).status, 404);
  });

  it('knows every key it was given, and no other', async () => {
    assert.equal((await rest('/rooms', { key: OTHER_KEY })).status, 200);
    const keys = [null, '', 'x', `${KEY}x`, KEY.slice(1), KEY.toLowerCase(), `${KEY} ${OTHER_KEY}`, 'é'];
    for (const key of keys.slice(0, -1)) {
      const { status, code, headers } = await rest('/rooms', { key });
      assert.deepEqual([status, code, headers['www-authenticate']], [401, 'UNAUTHENTICATED', 'Bearer'], String(key));
    }
    for (const authorization of [KEY, `Basic ${KEY}`, `Bearer  ${KEY}`, `Bearer ${KEY},Bearer x`])
      assert.equal((await rest('/rooms', { key: null, headers: { authorization } })).status, 401, authorization);
    assert.equal((await rest(`/rooms?api_key=${KEY}&key=${KEY}`, { key: null })).status, 401);
  });

  it('tells a stranger nothing: the same answer for what is there and what is not', async () => {
    const answers = await Promise.all(
      ['/rooms/witness', '/rooms/nobody', '/nothing', '/rooms/%20', `/rooms/witness/participants/${witness.id}`].map((path) =>
        rest(path, { key: null }),
      ),
    );
    for (const { status, code } of answers) assert.deepEqual([status, code], [401, 'UNAUTHENTICATED']);
  });

  const missing: readonly (readonly [string, string, string])[] = [
    ['GET', '/rooms/nobody', 'NOT_FOUND'],
    ['DELETE', '/rooms/nobody', 'NOT_FOUND'],
    ['GET', `/rooms/nobody/participants/${NOBODY}`, 'NOT_FOUND'],
    ['GET', `/rooms/witness/participants/${NOBODY}`, 'PEER_NOT_FOUND'],
    ['DELETE', `/rooms/witness/participants/${NOBODY}`, 'PEER_NOT_FOUND'],
    ['GET', '/nothing', 'NOT_FOUND'],
    ['OPTIONS', '/tokens', 'NOT_FOUND'],
    ['GET', '/rooms/constructor', 'NOT_FOUND'],
  ];
  for (const [method, path, code] of missing) {
    it(`answers ${code} to ${method} ${path.slice(0, 40)}`, async () => {
      const answer = await rest(path, { method });
      assert.deepEqual([answer.status, answer.code], [404, code]);
    });
  }

  it('does not act upon somebody through another room', async () => {
    await enter('third');
    const path = `/rooms/third/participants/${witness.id}`;
    assert.equal((await rest(path, { method: 'DELETE' })).code, 'PEER_NOT_FOUND');
    assert.equal((await rest(`${path}/mute`, { method: 'POST', body: {} })).code, 'PEER_NOT_FOUND');
  });

  it('is not there without a key to it, nor mints without a secret to sign with', async () => {
    const bare = await startServer();
    const open = await startServer({ apiKeys: REST.apiKeys });
    try {
      assert.equal((await call(bare.url, '/api/v1/rooms')).status, 404);
      assert.equal((await call(open.url, '/api/v1/rooms')).status, 200);
      assert.equal((await call(open.url, '/api/v1/tokens', { method: 'POST', body: { room: 'r', sub: 's' } })).status, 404);
    } finally {
      await Promise.all([bare.close(), open.close()]);
    }
  });

  it('is as strict inside an app that converts and drops', async () => {
    const app = Fastify();
    await app.register((scope) => webrtcElements(scope, REST));
    const good = { room: 'r', sub: 's' };
    const inject = (body: object) =>
      app.inject({ method: 'POST', url: '/api/v1/tokens', headers: { authorization: `Bearer ${KEY}` }, payload: body });
    assert.equal((await inject(good)).statusCode, 201);
    assert.equal((await inject({ ...good, sub: 1 })).statusCode, 400);
    assert.equal((await inject({ ...good, more: 1 })).statusCode, 400);
    await app.close();
  });
});
