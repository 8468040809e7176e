/** What a developer is told about tokens and messages that do not fit, and what a page on the internet is not. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MAX_TOKEN_BYTES } from '../../server/protocol/limits.js';
import { call, REST } from '../support/rest.js';
import { joinRequest, startServer, type RunningServer } from '../support/server.js';
import { claims, sign, TOKEN_MODE } from '../support/tokens.js';

function listening() {
  const lines: Record<string, unknown>[] = [];
  const stream = { write: (text: string) => void lines.push(JSON.parse(text) as Record<string, unknown>) };
  return { logger: { level: 'info', stream }, lines };
}

const messageOf = (answer: { readonly ok: boolean; readonly error?: { readonly message: string } }): string =>
  answer.error?.message ?? 'ok';

async function refusalOf(server: RunningServer, token: string): Promise<string> {
  const client = server.connect({ join: joinRequest('standup', { token }) });
  const message = messageOf(await client.next('join-result'));
  client.socket.disconnect();
  return message;
}

const signedOtherwise = () =>
  sign(claims('standup'), { alg: 'HS256' }, new TextEncoder().encode('another-secret-of-at-least-32-bytes-01'));
const now = () => Math.floor(Date.now() / 1_000);
const SLIPS: readonly (readonly [what: string, reason: string, token: () => Promise<string>, words: RegExp])[] = [
  ['another secret', 'signature', () => signedOtherwise(), /ROOM_TOKEN_SECRET/],
  ['no token at all', 'not-a-token', () => Promise.resolve('hello'), /no JSON Web Token/],
  ['an unknown kid', 'key-unknown', () => sign(claims('standup'), { alg: 'HS256', kid: 'third' }), /kid/],
  ['another audience', 'audience', () => sign(claims('standup', { aud: 'livekit' })), /webrtc-room/],
  ['a missing claim', 'claims', () => sign(claims('standup', { role: undefined })), /role is missing/],
  ['a role that does not exist', 'claims', () => sign(claims('standup', { role: 'admin' })), /role must be one of host, /],
  ['a claim too many', 'claims', () => sign(claims('standup', { email: 'ada@example.org' })), /email is not known here/],
  ['an end that is past', 'expired', () => sign(claims('standup', { exp: now() - 100 })), /expired/],
  ['a beginning to come', 'not-yet-valid', () => sign(claims('standup', { nbf: now() + 900 })), /clocks/],
  ['another room', 'room', () => sign(claims('elsewhere')), /another room/],
  ['too many letters', 'too-long', () => Promise.resolve('x'.repeat(MAX_TOKEN_BYTES + 1)), /longer|shape/],
];

describe('a refused token', () => {
  for (const [what, reason, token, words] of SLIPS) {
    it(`with ${what} is explained to a developer's page, and to the log`, async () => {
      const { logger, lines } = listening();
      const server = await startServer(TOKEN_MODE, { logger });
      assert.match(await refusalOf(server, await token()), words);
      await server.close();
      if (reason === 'too-long') return; // no handler sees it: the shape is refused
      const line = lines.find(({ event }) => event === 'token-refused');
      assert.equal(line?.['reason'], reason);
      assert.doesNotMatch(JSON.stringify(lines), /ada@example|standup|user-/);
    });
  }

  it('is not explained to a page on the internet, and to its log it is', async () => {
    const { logger, lines } = listening();
    const server = await startServer({ ...TOKEN_MODE, production: true, allowNoOrigin: true }, { logger });
    const refusal = await refusalOf(server, await signedOtherwise());
    await server.close();
    assert.equal(refusal, 'A valid token is needed.');
    assert.equal(lines.find(({ event }) => event === 'token-refused')?.['reason'], 'signature');
  });
});

describe('a message that does not fit', () => {
  it('is explained to whoever writes another client, on a developer’s machine only', async () => {
    for (const [production, words] of [
      [false, /The message does not have the agreed shape\. joinId is missing\./],
      [true, /^The message does not have the agreed shape\.$/],
    ] as const) {
      const server = await startServer({ production, allowNoOrigin: true });
      const client = server.connect();
      await client.next('connect');
      assert.match(messageOf((await client.askAnything('join', { protocol: 2, room: 'x', media: {} })) as never), words);
      const posted = await fetch(`${server.url}/signaling/join`, {
        method: 'POST',
        headers: { 'content-type': 'text/plain' },
        body: JSON.stringify({ protocol: 2, room: 'x', media: {} }),
      });
      assert.match(messageOf((await posted.json()) as never), words);
      await server.close();
    }
  });
});

describe('a request of the REST interface that does not fit', () => {
  const good = { room: 'standup', sub: 'ada' };
  for (const [body, field, expected] of [
    [{ sub: 'ada' }, 'room', /is missing/],
    [{ ...good, room: 'Team Müller / Büro' }, 'room', /must match pattern/],
    [{ ...good, role: 'admin' }, 'role', /must be one of host, /],
    [{ ...good, ttlSeconds: '600' }, 'ttlSeconds', /integer/],
    [{ ...good, ttlSeconds: 0 }, 'ttlSeconds', />= 1/],
    [{ ...good, grants: { chat: 'yes' } }, 'grants.chat', /boolean/],
    [{ ...good, grants: { fly: true } }, 'grants.fly', /not known here/],
    [{ ...good, sub: 'ü'.repeat(100) }, 'sub', /128 bytes/],
    [[], '', /object/],
  ] as const) {
    it(`is told that ${field === '' ? 'the body' : field} ${String(expected)}`, async () => {
      const server = await startServer(REST);
      const { status, json } = await call(server.url, '/api/v1/tokens', { method: 'POST', body });
      await server.close();
      const error = json()['error'] as Record<string, string>;
      assert.deepEqual([status, error['code'], error['field']], [400, 'BAD_PAYLOAD', field]);
      assert.match(error['expected'] ?? '', expected);
      assert.ok(error['message']?.includes(error['expected'] ?? '?'));
    });
  }
});
