/** The REST interface: what a host site may do with its key, and everything that is refused without disturbing a call. */
import assert from 'node:assert/strict';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { after, afterEach, before, describe, it } from 'node:test';
import Fastify from 'fastify';
import { webrtcElements } from '../../server/index.js';
import { codeOf, joinRequest, ok, startServer, type Member, type RunningServer } from '../support/server.js';
import { TOKEN_MODE, tokenFor } from '../support/tokens.js';

const KEY = 'p9XvTq2-LmZ4_wRk8HsY6bNc1JdF0gAe5Uo';
const OTHER_KEY = 'B3yQ7n_ZxW0kLr-T6vHc9MfJ2sGd8Pa4EuI';
const REST = {
  ...TOKEN_MODE,
  apiKeys: [
    { kid: 'site', secret: KEY },
    { kid: 'shop', secret: OTHER_KEY },
  ],
};
const NOBODY = 'A'.repeat(22);

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly json: () => Record<string, unknown>;
  readonly code: string | undefined;
}

interface Call {
  readonly method?: string;
  readonly body?: unknown;
  /** Sent as it is. */
  readonly raw?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  readonly key?: string | null;
}

/** Not `fetch`, which tidies paths and headers before it sends them. */
function call(base: string, path: string, { method = 'GET', body, raw, headers = {}, key = KEY }: Call = {}): Promise<Answer> {
  const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(base);
    const request = httpRequest(
      {
        hostname,
        port,
        path,
        method,
        agent: false,
        headers: {
          ...(key === null ? {} : { authorization: `Bearer ${key}` }),
          ...(payload === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) }),
          ...headers,
        },
      },
      (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () => {
          const json = () => JSON.parse(text) as Record<string, unknown>;
          const code = text.startsWith('{"error"') ? (json()['error'] as { code: string }).code : undefined;
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json, code });
        });
      },
    );
    request.on('error', reject);
    request.end(payload);
  });
}

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

  const good = { room: 'r', sub: 's' };
  const bodies: readonly (readonly [string, Call, number, string])[] = [
    ['malformed JSON', { raw: '{"room":' }, 400, 'BAD_JSON'],
    ['an empty body', { raw: '' }, 400, 'BAD_JSON'],
    ['__proto__', { raw: '{"room":"r","sub":"s","__proto__":{"x":1}}' }, 400, 'BAD_JSON'],
    ['constructor.prototype', { raw: '{"room":"r","sub":"s","constructor":{"prototype":{"x":1}}}' }, 400, 'BAD_JSON'],
    ['null', { body: null }, 400, 'BAD_PAYLOAD'],
    ['a list', { body: [good] }, 400, 'BAD_PAYLOAD'],
    ['a number for a string', { body: { ...good, sub: 123 } }, 400, 'BAD_PAYLOAD'],
    ['null for a string', { body: { ...good, sub: null } }, 400, 'BAD_PAYLOAD'],
    ['a list for a string', { body: { ...good, sub: ['a'] } }, 400, 'BAD_PAYLOAD'],
    ['a string for a number', { body: { ...good, ttlSeconds: '60' } }, 400, 'BAD_PAYLOAD'],
    ['a string for a boolean', { body: { ...good, waitingRoom: 'true' } }, 400, 'BAD_PAYLOAD'],
    ['an unknown property', { body: { ...good, admin: true } }, 400, 'BAD_PAYLOAD'],
    ['an unknown role', { body: { ...good, role: 'admin' } }, 400, 'BAD_PAYLOAD'],
    ['a bad room', { body: { ...good, room: 'a/b' } }, 400, 'BAD_PAYLOAD'],
    ['more than an hour', { body: { ...good, ttlSeconds: 3_601 } }, 400, 'BAD_PAYLOAD'],
    ['more than 128 bytes of sub', { body: { ...good, sub: 'é'.repeat(100) } }, 400, 'BAD_PAYLOAD'],
    ['text/plain', { raw: JSON.stringify(good), headers: { 'content-type': 'text/plain' } }, 415, 'BAD_PAYLOAD'],
    ['a form', { raw: 'room=r&sub=s', headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 415, 'BAD_PAYLOAD'],
    ['another charset of JSON in disguise', { raw: '{}', headers: { 'content-type': 'text/json' } }, 415, 'BAD_PAYLOAD'],
    ['no type', { raw: JSON.stringify(good), headers: { 'content-type': '' } }, 415, 'BAD_PAYLOAD'],
    ['a tab in the type', { raw: JSON.stringify(good), headers: { 'content-type': 'application/json\ta' } }, 415, 'BAD_PAYLOAD'],
    ['more than 16 KiB', { body: { ...good, name: 'x'.repeat(16_384) } }, 413, 'BAD_PAYLOAD'],
  ];
  for (const [what, options, status, code] of bodies) {
    it(`refuses ${what} with ${status}`, async () => {
      const answer = await rest('/tokens', { method: 'POST', ...options });
      assert.deepEqual([answer.status, answer.code], [status, code], answer.text);
      assert.ok((answer.json()['error'] as { requestId: string }).requestId);
      assert.equal(({} as Record<string, unknown>)['x'], undefined);
    });
  }

  const addresses: readonly (readonly [string, number])[] = [
    ['/rooms/%zz', 400],
    ['/rooms/%00', 400],
    ['/rooms/a%2fb', 400],
    ['/rooms/%c0%ae%c0%ae', 400],
    ['/rooms/..%2f..%2fetc', 400],
    ['/rooms/__proto__', 400],
    ['/rooms/witness?x=1', 400],
    [`/rooms/${'x'.repeat(101)}`, 414],
    [`/rooms/witness/participants/${'x'.repeat(21)}`, 400],
    ['/rooms/witness/participants/__proto__', 400],
  ];
  for (const [path, status] of addresses)
    it(`refuses ${path.slice(0, 40)} with ${status}`, async () => assert.equal((await rest(path)).status, status));

  it('refuses headers of more than 16 KiB with 431', async () =>
    assert.equal((await rest('/rooms', { headers: { 'x-long': 'x'.repeat(17_000) } })).status, 431));

  it('has no word for pages of strangers', async () => {
    for (const method of ['OPTIONS', 'GET']) {
      const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST' };
      const answer = await rest('/rooms', { method, headers });
      assert.equal(answer.headers['access-control-allow-origin'], undefined);
      assert.match(String(answer.headers['vary']), /origin/);
    }
  });

  const raw: readonly (readonly [string, string])[] = [
    [
      'length and chunks at once',
      'POST /api/v1/tokens HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['two lengths', 'POST /api/v1/tokens HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\n{}'],
    ['no host', 'GET /api/v1/rooms HTTP/1.1\r\n\r\n'],
    ['TLS on a plain port', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
  ];
  for (const [what, bytes] of raw) {
    it(`answers ${what} with 400 and goes on`, async () => {
      const text = await new Promise<string>((resolve, reject) => {
        const socket = connect(server.port, '127.0.0.1', () => socket.write(Buffer.from(bytes, 'latin1')));
        let heard = '';
        socket.on('data', (chunk: Buffer) => (heard += chunk.toString()));
        socket.on('close', () => resolve(heard));
        socket.on('error', reject);
      });
      assert.match(text, /^HTTP\/1\.1 400 /);
      assert.equal((await rest('/rooms')).status, 200);
    });
  }

  it('is not there without a key to it, nor mints without a secret to sign with', async () => {
    const bare = await startServer();
    const open = await startServer({ apiKeys: REST.apiKeys });
    try {
      assert.equal((await call(bare.url, '/api/v1/rooms')).status, 404);
      assert.equal((await call(open.url, '/api/v1/rooms')).status, 200);
      assert.equal((await call(open.url, '/api/v1/tokens', { method: 'POST', body: good })).status, 404);
    } finally {
      await Promise.all([bare.close(), open.close()]);
    }
  });

  it('is as strict inside an app that converts and drops', async () => {
    const app = Fastify();
    await app.register(webrtcElements, REST);
    const inject = (body: object) =>
      app.inject({ method: 'POST', url: '/api/v1/tokens', headers: { authorization: `Bearer ${KEY}` }, payload: body });
    assert.equal((await inject(good)).statusCode, 201);
    assert.equal((await inject({ ...good, sub: 1 })).statusCode, 400);
    assert.equal((await inject({ ...good, more: 1 })).statusCode, 400);
    await app.close();
  });
});

describe('requests of one address', () => {
  const strict = { ...REST, production: true, allowNoOrigin: true };

  it('are held back when there are too many, also for what is not there; files and others are not', async () => {
    const server = await startServer({ ...strict, trustProxy: ['127.0.0.1'] }, { limits: { requestsPerMinute: 5 } });
    try {
      const get = (path: string, from: string) => call(server.url, path, { key: null, headers: { 'x-forwarded-for': from } });
      for (let count = 0; count < 5; count += 1) assert.equal((await get(`/nothing-${count}`, '203.0.113.1')).status, 404);
      const held = await get('/nothing', '203.0.113.1');
      assert.deepEqual([held.status, held.code], [429, 'RATE_LIMITED']);
      assert.ok(Number(held.headers['retry-after']) > 0);
      assert.equal((await get('/', '203.0.113.1')).status, 429);
      assert.equal((await get('/assets/page.css', '203.0.113.1')).status, 200);
      assert.equal((await get('/', '203.0.113.2')).status, 200);
      for (let count = 0; count < 20; count += 1) assert.equal((await get('/healthz', '203.0.113.1')).status, 200);
      // One household, one /64.
      for (let count = 0; count < 5; count += 1) await get('/', `2001:db8:1:1::${count + 1}`);
      assert.equal((await get('/', '2001:db8:1:1::ffff')).status, 429);
    } finally {
      await server.close();
    }
  });

  it('are counted to who sent them, not to whom they name, when no proxy is trusted', async () => {
    const server = await startServer(strict, { limits: { requestsPerMinute: 5 } });
    try {
      const statuses = [];
      for (let count = 0; count < 8; count += 1)
        statuses.push((await call(server.url, '/', { key: null, headers: { 'x-forwarded-for': `203.0.113.${count}` } })).status);
      assert.deepEqual(statuses, [200, 200, 200, 200, 200, 429, 429, 429]);
    } finally {
      await server.close();
    }
  });

  it('with wrong keys are not listened to for a while, the right key included', async () => {
    const server = await startServer(strict, { limits: { failedAuthPerMinute: 3 } });
    try {
      for (let count = 0; count < 4; count += 1)
        assert.equal((await call(server.url, '/api/v1/rooms', { key: 'wrong' })).status, 401);
      const held = await call(server.url, '/api/v1/rooms');
      assert.deepEqual([held.status, held.code], [429, 'RATE_LIMITED']);
      assert.ok(Number(held.headers['retry-after']) > 60);
      // Those who sit in a call from the same office are not concerned.
      ok(
        await server
          .connect({ join: joinRequest('open') })
          .next('join-result')
          .then((ack) => (codeOf(ack) === 'UNAUTHENTICATED' ? { ok: true, data: {} } : ack)),
      );
    } finally {
      await server.close();
    }
  });
});
