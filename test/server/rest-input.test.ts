/** What the REST interface refuses, from malformed JSON to TLS on a plain port; somebody in a call does not notice. */
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, afterEach, before, describe, it } from 'node:test';
import { call, REST, type Call } from '../support/rest.js';
import { ok, startServer, type Member, type RunningServer } from '../support/server.js';
import { DEFAULT_LIMITS } from '../../server/limits.js';
import { tokenFor } from '../support/tokens.js';

describe('the REST interface, asked badly,', () => {
  let server: RunningServer;
  let witness: Member;
  before(async () => {
    const rates = { ...DEFAULT_LIMITS.rates, sync: { burst: 1_000, perSecond: 100 } };
    server = await startServer(REST, { limits: { rates } });
    witness = await server.join('witness', { token: await tokenFor('witness') });
  });
  after(() => server.close());
  afterEach(async () => ok(await witness.client.ask('sync', {})));

  const rest = (path: string, options?: Call) => call(server.url, `/api/v1${path}`, options);

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
});
