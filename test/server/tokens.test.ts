/** Token mode: who comes in with what, and every token that must not open a door. A witness sits in each room. */
import assert from 'node:assert/strict';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { after, afterEach, before, describe, it } from 'node:test';
import { exportJWK, type JWK } from 'jose';
import { mintToken } from '../../server/auth/mint.js';
import { DEFAULT_LIMITS } from '../../server/limits.js';
import type { JoinRequest } from '../../server/protocol/schemas.js';
import { codeOf, joinRequest, ok, startServer, type Member, type RunningServer } from '../support/server.js';
import { claims, OLDER_SECRET, SECRET, sign, TOKEN_MODE, tokenFor } from '../support/tokens.js';

const seconds = () => Math.floor(Date.now() / 1_000);
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a room token', () => {
  let server: RunningServer;
  let witness: Member;
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ed = generateKeyPairSync('ed25519');
  const stranger = generateKeyPairSync('ed25519');

  before(async () => {
    const jwks = [
      { ...(await exportJWK(ec.publicKey)), kid: 'ec' },
      { ...(await exportJWK(ed.publicKey)), kid: 'ed' },
    ] as JWK[];
    const { roomTokens } = TOKEN_MODE;
    const config = { ...TOKEN_MODE, maxParticipants: 50, roomTokens: { ...roomTokens!, jwks } };
    // The witness is asked after each test.
    const rates = { ...DEFAULT_LIMITS.rates, sync: { burst: 1_000, perSecond: 100 } };
    server = await startServer(config, { limits: { rates } });
    witness = await server.join('room', { token: await tokenFor('room') });
  });
  after(() => server.close());
  afterEach(async () => ok(await witness.client.ask('sync', {})));

  const attempt = async (token: unknown, room = 'room', more: Partial<JoinRequest> = {}): Promise<string> => {
    const client = server.connect({
      join: joinRequest(room, { ...more, ...(token === undefined ? {} : { token: token as string }) }),
    });
    const code = codeOf(await client.next('join-result'));
    client.socket.disconnect();
    return code;
  };

  it('says who somebody is, above what the page says', async () => {
    const token = await tokenFor('named', { sub: 'ada@site', name: ' Ada  Lovelace ', role: 'host' });
    const ada = await server.join('named', { token, displayName: 'Mallory', externalId: 'somebody-else' });
    assert.equal(ada.reply.self.displayName, 'Ada Lovelace');
    assert.equal(ada.reply.self.externalId, 'ada@site');
    assert.equal(ada.reply.self.role, 'host');
    assert.deepEqual(ada.reply.grants, {
      publish: ['microphone', 'camera', 'screen'],
      subscribe: true,
      chat: true,
      moderate: true,
      record: true,
    });
    assert.equal(ok(await ada.client.ask('update', { displayName: 'Eve' })).displayName, 'Ada Lovelace');
  });

  it('can be sent by an event after connecting', async () => {
    const client = server.connect();
    await client.next('connect');
    assert.equal(codeOf(await client.ask('join', joinRequest('event', { token: await tokenFor('event') }))), 'ok');
  });

  const good: readonly (readonly [string, () => Promise<string>])[] = [
    ['named by the newer key', () => sign(claims('room'), { alg: 'HS256', kid: 'new', typ: 'JWT' })],
    ['named by the older key', () => sign(claims('room'), { alg: 'HS256', kid: 'old' }, new TextEncoder().encode(OLDER_SECRET))],
    ['signed with ES256', () => sign(claims('room'), { alg: 'ES256', kid: 'ec' }, ec.privateKey)],
    ['signed with EdDSA', () => sign(claims('room'), { alg: 'EdDSA', kid: 'ed' }, ed.privateKey)],
    ['made by mintToken', () => mintToken({ secret: SECRET, room: 'room', sub: 'minted' })],
    ['of a clock 20 s ahead', () => tokenFor('room', { iat: seconds() + 20, nbf: seconds() + 20 })],
    ['of a clock 20 s behind, just expired', () => tokenFor('room', { iat: seconds() - 600, exp: seconds() - 20 })],
    ['without nbf', () => tokenFor('room', { nbf: undefined })],
  ];
  for (const [what, make] of good) it(`${what} opens the door`, async () => assert.equal(await attempt(await make()), 'ok'));

  const HS = new TextEncoder().encode(SECRET);
  const bad: readonly (readonly [string, () => unknown, string])[] = [
    ['none at all', () => undefined, 'UNAUTHENTICATED'],
    ['an empty one', () => '', 'UNAUTHENTICATED'],
    ['a number', () => 7, 'UNAUTHENTICATED'],
    ['an object', () => ({ token: 'x' }), 'UNAUTHENTICATED'],
    ['a list', () => ['x'], 'UNAUTHENTICATED'],
    ['null', () => null, 'UNAUTHENTICATED'],
    ['one of more than 4 KiB', () => tokenFor('room', { iss: 'x'.repeat(4_096) }), 'UNAUTHENTICATED'],
    ['words', () => 'not.a.token', 'UNAUTHENTICATED'],
    ['alg none', () => `${part({ alg: 'none' })}.${part(claims('room'))}.`, 'UNAUTHENTICATED'],
    ['alg None with a signature', () => `${part({ alg: 'None' })}.${part(claims('room'))}.AAAA`, 'UNAUTHENTICATED'],
    ['HS512', () => sign(claims('room'), { alg: 'HS512' }, randomBytes(64)), 'UNAUTHENTICATED'],
    ['HS512 of our secret', () => sign(claims('room'), { alg: 'HS512' }, Buffer.concat([HS, HS])), 'UNAUTHENTICATED'],
    ['HS256 with a public key as the secret', () => confused(), 'UNAUTHENTICATED'],
    ['another secret', () => sign(claims('room'), { alg: 'HS256' }, randomBytes(32)), 'UNAUTHENTICATED'],
    [
      'the older secret without its name',
      () => sign(claims('room'), { alg: 'HS256' }, Buffer.from(OLDER_SECRET)),
      'UNAUTHENTICATED',
    ],
    ['a key of a stranger', () => sign(claims('room'), { alg: 'EdDSA', kid: 'ed' }, stranger.privateKey), 'UNAUTHENTICATED'],
    [
      'ES256 under the name of a secret',
      () => sign(claims('room'), { alg: 'ES256', kid: 'new' }, ec.privateKey),
      'UNAUTHENTICATED',
    ],
    ['an unknown kid', () => sign(claims('room'), { alg: 'HS256', kid: 'other' }), 'UNAUTHENTICATED'],
    ['kid ../../', () => sign(claims('room'), { alg: 'HS256', kid: '../../dev/null' }), 'UNAUTHENTICATED'],
    ['kid __proto__', () => sign(claims('room'), { alg: 'HS256', kid: '__proto__' }), 'UNAUTHENTICATED'],
    ['an embedded jwk', () => embedded('jwk', { kty: 'oct', k: 'AAAA' }), 'UNAUTHENTICATED'],
    ['a jku', () => embedded('jku', 'https://evil.example/keys'), 'UNAUTHENTICATED'],
    ['an x5u', () => embedded('x5u', 'https://evil.example/cert'), 'UNAUTHENTICATED'],
    ['a crit', () => `${part({ alg: 'HS256', crit: ['exp'], exp: 1 })}.${part(claims('room'))}.AAAA`, 'UNAUTHENTICATED'],
    ['b64 false', () => `${part({ alg: 'HS256', b64: false, crit: ['b64'] })}.${part(claims('room'))}.AAAA`, 'UNAUTHENTICATED'],
    ['a changed payload', async () => tampered(await tokenFor('room')), 'UNAUTHENTICATED'],
    ['no aud', () => tokenFor('room', { aud: undefined }), 'UNAUTHENTICATED'],
    ['another aud', () => tokenFor('room', { aud: 'somewhere' }), 'UNAUTHENTICATED'],
    ['a list of auds', () => tokenFor('room', { aud: ['webrtc-room', 'x'] }), 'UNAUTHENTICATED'],
    ['jti null', () => tokenFor('room', { jti: null }), 'UNAUTHENTICATED'],
    ['jti as a list', () => tokenFor('room', { jti: ['abcdefghijklmnop'] }), 'UNAUTHENTICATED'],
    ['a short jti', () => tokenFor('room', { jti: '1' }), 'UNAUTHENTICATED'],
    ['no jti', () => tokenFor('room', { jti: undefined }), 'UNAUTHENTICATED'],
    ['no sub', () => tokenFor('room', { sub: undefined }), 'UNAUTHENTICATED'],
    ['a sub of 129 bytes', () => tokenFor('room', { sub: `${'é'.repeat(64)}x` }), 'UNAUTHENTICATED'],
    ['no iss', () => tokenFor('room', { iss: undefined }), 'UNAUTHENTICATED'],
    ['no exp', () => tokenFor('room', { exp: undefined }), 'UNAUTHENTICATED'],
    ['exp as a string', () => tokenFor('room', { exp: `${seconds() + 600}` }), 'UNAUTHENTICATED'],
    ['no iat', () => tokenFor('room', { iat: undefined }), 'UNAUTHENTICATED'],
    ['an unknown role', () => tokenFor('room', { role: 'admin' }), 'UNAUTHENTICATED'],
    ['a misspelt claim', () => tokenFor('room', { grant: { publish: [] } }), 'UNAUTHENTICATED'],
    ['a misspelt grant', () => tokenFor('room', { grants: { publsh: [] } }), 'UNAUTHENTICATED'],
    ['grants as words', () => tokenFor('room', { grants: 'all' }), 'UNAUTHENTICATED'],
    ['no room', () => tokenFor('room', { room: undefined }), 'UNAUTHENTICATED'],
    ['a pattern for a room', () => tokenFor('room', { room: '*' }), 'UNAUTHENTICATED'],
    ['a token of another room', () => tokenFor('other'), 'FORBIDDEN'],
    ['a token of the room in capitals', () => tokenFor('ROOM'), 'FORBIDDEN'],
    ['one expired 60 s ago', () => tokenFor('room', { iat: seconds() - 600, exp: seconds() - 60 }), 'TOKEN_EXPIRED'],
    ['one older than an hour', () => tokenFor('room', { iat: seconds() - 3_700, exp: seconds() + 600 }), 'TOKEN_EXPIRED'],
    ['one for in two minutes', () => tokenFor('room', { nbf: seconds() + 120 }), 'TOKEN_NOT_YET_VALID'],
    ['one made in a minute', () => tokenFor('room', { iat: seconds() + 60, nbf: undefined }), 'TOKEN_NOT_YET_VALID'],
  ];
  for (const [what, make, code] of bad) {
    it(`is answered with ${code} when it is ${what}, and nobody hears of it`, async () => {
      assert.equal(await attempt(await make()), code);
      assert.equal(
        witness.client.heard('participant-joined').filter((event) => JSON.stringify(event).includes('Intruder')).length,
        0,
      );
    });
  }

  const embedded = (name: string, value: unknown) => sign(claims('room'), { alg: 'HS256', [name]: value });
  const confused = () =>
    sign(
      claims('room'),
      { alg: 'HS256', kid: 'ec' },
      Buffer.from(ec.publicKey.export({ type: 'spki', format: 'pem' }) as string),
    );
  const tampered = (token: string): string => {
    const [header, payload = '', signature] = token.split('.');
    const changed = { ...(JSON.parse(Buffer.from(payload, 'base64url').toString()) as object), role: 'host' };
    return [header, part(changed), signature].join('.');
  };

  it('in the address is not looked at', async () => {
    const token = await tokenFor('room');
    const client = server.connect({ join: joinRequest('room') }, { query: { token, auth: token } });
    assert.equal(codeOf(await client.next('join-result')), 'UNAUTHENTICATED');
  });
});

describe('tokens of issuers', () => {
  it('that are not on the list are not believed', async () => {
    const roomTokens = { ...TOKEN_MODE.roomTokens!, issuers: ['https://site.example'] };
    const server = await startServer({ ...TOKEN_MODE, roomTokens });
    try {
      const code = async (token: string) =>
        codeOf(await server.connect({ join: joinRequest('r', { token }) }).next('join-result'));
      assert.equal(await code(await tokenFor('r')), 'ok');
      assert.equal(await code(await tokenFor('r', { iss: 'https://evil.example' })), 'UNAUTHENTICATED');
    } finally {
      await server.close();
    }
  });
});

describe('an address that presents forged tokens', () => {
  it('row 87: is told to wait, while good tokens of it are good; old and malformed ones and none are no forgery', async () => {
    const server = await startServer(
      { ...TOKEN_MODE, production: true, allowNoOrigin: true },
      { limits: { failedAuthPerMinute: 3 }, timings: { authBlockMs: 60_000 } },
    );
    try {
      const code = async (token?: string) =>
        codeOf(await server.connect({ join: joinRequest('r', token === undefined ? {} : { token }) }).next('join-result'));
      for (let count = 0; count < 4; count += 1) assert.equal(await code(), 'UNAUTHENTICATED');
      for (let count = 0; count < 4; count += 1)
        assert.equal(await code(await tokenFor('r', { iat: 1, exp: 2 })), 'TOKEN_EXPIRED');
      for (const malformed of ['a', 'a.b.c', 'a.b.c.d', ' ', '{}', `${'x'.repeat(5_000)}`])
        assert.equal(await code(malformed), 'UNAUTHENTICATED');
      const forged = (): Promise<string> =>
        sign(claims('r'), { alg: 'HS256', kid: 'new' }, new TextEncoder().encode('x'.repeat(32)));
      for (let count = 0; count < 4; count += 1) assert.equal(await code(await forged()), 'UNAUTHENTICATED');
      assert.equal(await code(await forged()), 'RATE_LIMITED');
      assert.equal(await code(await tokenFor('r')), 'ok');
    } finally {
      await server.close();
    }
  });
});

describe('mintToken', () => {
  const base = { secret: SECRET, room: 'r', sub: 's' };
  const table: readonly (readonly [string, object, RegExp])[] = [
    ['a short secret', { secret: 'short' }, /32 bytes/],
    ['more than an hour', { ttlSeconds: 3_601 }, /3600/],
    ['no time', { ttlSeconds: 0 }, /3600/],
    ['a bad room', { room: 'a b' }, /does not fit/],
    ['a long sub', { sub: 'x'.repeat(129) }, /does not fit/],
    ['an unknown role', { role: 'admin' }, /does not fit/],
    ['an unknown grant', { grants: { everything: true } }, /does not fit/],
  ];
  for (const [what, more, words] of table)
    it(`refuses ${what} with a sentence`, () => assert.rejects(mintToken({ ...base, ...more }), words));
});
