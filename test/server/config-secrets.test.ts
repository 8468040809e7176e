/** The settings that hold keys: what they mean, and the sentence for each that would be unsafe. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ConfigError, readConfig } from '../../server/config.js';
import { HELP, readArguments } from '../../server/start/arguments.js';

const A = 'q7Xk2_mVn-Rw5ZtB9pLc4Hf1Jy8Ds6Gt3Aoe';
const B = 'e3Aot6Gs8Dy1Jf4Hc9Lp-B5ZtwR_nVm2Xk7q0';
const SAFE = { NODE_ENV: 'production', AUTH_MODE: 'token', ROOM_TOKEN_SECRET: A, ALLOWED_ORIGINS: 'https://calls.example' };
const jwk = (more: object = {}) => ({
  ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' }),
  kid: 'one',
  ...more,
});
const jwks = (...keys: object[]) => JSON.stringify({ keys });

function problems(environment: Readonly<Record<string, string>>): readonly string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

describe('the settings of tokens, keys and webhooks', () => {
  it('are none by default: open, no REST, no webhooks', () => {
    const { authMode, roomTokens, apiKeys, webhook, waitingRoom, banMs } = readConfig({});
    assert.deepEqual(
      [authMode, roomTokens, apiKeys, webhook, waitingRoom, banMs],
      ['open', undefined, [], undefined, false, 3_600_000],
    );
  });

  it('are safe in production when they are', () => assert.deepEqual(problems(SAFE), []));

  it('take one secret, or two by name, the one to sign with first', () => {
    assert.deepEqual(readConfig({ ROOM_TOKEN_SECRET: A }).roomTokens?.secrets, [{ kid: '1', secret: A }]);
    assert.deepEqual(readConfig({ ROOM_TOKEN_SECRET: `summer:${A}, spring:${B}` }).roomTokens?.secrets, [
      { kid: 'summer', secret: A },
      { kid: 'spring', secret: B },
    ]);
  });

  it('take public keys and issuers', () => {
    const { roomTokens } = readConfig({ AUTH_MODE: 'token', ROOM_TOKEN_JWKS: jwks(jwk()), ROOM_TOKEN_ISSUER: 'a,b' });
    assert.equal(roomTokens?.jwks.length, 1);
    assert.deepEqual(roomTokens.issuers, ['a', 'b']);
  });

  it('take secrets from files, API keys and the rest', () => {
    const folder = mkdtempSync(join(tmpdir(), 'webrtc-elements-'));
    const put = (name: string, content: string) => {
      writeFileSync(join(folder, name), `${content}\n`);
      return join(folder, name);
    };
    const config = readConfig({
      ROOM_TOKEN_SECRET_FILE: put('token', A),
      API_KEYS_FILE: put('keys', `shop:${A}\nblog:${B}`),
      ROOM_TOKEN_JWKS_FILE: put('jwks', jwks(jwk())),
      WEBHOOK_SECRET_FILE: put('webhook', B),
      WEBHOOK_URL: 'https://site.example/calls',
    });
    assert.equal(config.roomTokens?.secrets[0]?.secret, A);
    assert.deepEqual(
      config.apiKeys.map(({ kid }) => kid),
      ['shop', 'blog'],
    );
    assert.deepEqual(config.webhook, { url: 'https://site.example/calls', secret: B });
    rmSync(folder, { recursive: true });
  });

  it('have flags where they are no secrets', () =>
    assert.deepEqual(readArguments(['--auth-mode', 'token', '--waiting-room']).values, {
      AUTH_MODE: 'token',
      WAITING_ROOM: 'true',
    }));

  it('are all in the help', () => {
    for (const name of [
      'ROOM_TOKEN_SECRET',
      'ROOM_TOKEN_JWKS',
      'ROOM_TOKEN_ISSUER',
      'BAN_MINUTES',
      'API_KEYS',
      'WEBHOOK_URL',
      'WEBHOOK_SECRET',
    ])
      assert.match(HELP, new RegExp(name));
    assert.match(HELP, /--auth-mode/);
    assert.match(HELP, /--waiting-room/);
  });

  const table: readonly (readonly [Readonly<Record<string, string>>, RegExp])[] = [
    [{ AUTH_MODE: 'token' }, /needs ROOM_TOKEN_SECRET/],
    [{ AUTH_MODE: 'closed' }, /AUTH_MODE must be open or token/],
    [{ ROOM_TOKEN_SECRET: 'short' }, /less than 32 bytes/],
    [{ ROOM_TOKEN_SECRET: `a:${A},a:${B}` }, /two secrets of one name/],
    [{ ROOM_TOKEN_SECRET: `a:${A},b:${B},c:${A}` }, /more than two/],
    [{ ROOM_TOKEN_SECRET: `${A},${B}` }, /holds a comma or a space.*new:…,old:…/],
    [{ ROOM_TOKEN_SECRET: `${A},x` }, /commas and spaces separate secrets/],
    [{ ROOM_TOKEN_SECRET: A, ROOM_TOKEN_JWKS: jwks(jwk({ kid: '1' })) }, /kid "1".*name the secret/],
    [{ ROOM_TOKEN_SECRET: `one:${A}`, ROOM_TOKEN_JWKS: jwks(jwk()) }, /kid "one"/],
    [{ ROOM_TOKEN_JWKS: 'x' }, /not valid JSON/],
    [{ ROOM_TOKEN_JWKS: jwks() }, /JSON Web Key Set/],
    [{ ROOM_TOKEN_JWKS: jwks(jwk({ kid: undefined })) }, /JSON Web Key Set/],
    [{ ROOM_TOKEN_JWKS: jwks({ kty: 'oct', k: 'AAAA', kid: 'x' }) }, /JSON Web Key Set/],
    [{ ROOM_TOKEN_JWKS: jwks({ kty: 'RSA', n: 'AAAA', e: 'AQAB', kid: 'x' }) }, /JSON Web Key Set/],
    [{ ROOM_TOKEN_JWKS: jwks(jwk(), jwk()) }, /two keys with one kid/],
    [{ ROOM_TOKEN_JWKS: jwks(jwk({ d: 'secret' })) }, /private key/],
    [{ ROOM_TOKEN_JWKS: jwks(jwk({ x: 'AAAA' })) }, /a key that is not one/],
    [{ API_KEYS: 'short' }, /less than 32 bytes/],
    [{ WEBHOOK_URL: 'https://site.example' }, /needs WEBHOOK_SECRET/],
    [{ WEBHOOK_URL: 'ftp://site.example', WEBHOOK_SECRET: A }, /http\(s\) address/],
    [{ WEBHOOK_URL: 'https://user:pass@site.example', WEBHOOK_SECRET: A }, /http\(s\) address/],
    [{ BAN_MINUTES: '-1' }, /BAN_MINUTES/],
    [{ ...SAFE, AUTH_MODE: '' }, /AUTH_MODE is not set/],
    [{ ...SAFE, ROOM_TOKEN_SECRET: 'a-string-secret-at-least-256-bits-long' }, /ROOM_TOKEN_SECRET is too easy/],
    [{ ...SAFE, ROOM_TOKEN_SECRET: 'your-256-bit-secret-your-256-bit-secret' }, /ROOM_TOKEN_SECRET is too easy/],
    [{ ...SAFE, ROOM_TOKEN_SECRET: 'changeme-changeme-changeme-changeme' }, /ROOM_TOKEN_SECRET is too easy/],
    [{ ...SAFE, ROOM_TOKEN_SECRET: '0'.repeat(64) }, /ROOM_TOKEN_SECRET is too easy/],
    [{ ...SAFE, API_KEYS: `a:${A},b:${'ab'.repeat(20)}` }, /API_KEYS holds a key that is too easy/],
    [{ ...SAFE, WEBHOOK_URL: 'https://site.example', WEBHOOK_SECRET: 'secret' }, /WEBHOOK_SECRET is too easy/],
  ];
  for (const [environment, sentence] of table) {
    it(`refuse ${JSON.stringify(environment).slice(0, 90)} with a sentence`, () => {
      const found = problems(environment);
      assert.equal(found.length, 1, found.join('\n'));
      assert.match(found[0]!, sentence);
      assert.match(found[0]!, /\.$/);
      for (const secret of [A, B]) assert.ok(!found[0]!.includes(secret));
    });
  }
});
