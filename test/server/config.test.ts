/** What an operator may set, and the sentences for what may not be. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ConfigError, DEFAULT_CONFIG, readConfig } from '../../server/config.js';
import { createIceSource, turnCredentials } from '../../server/ice/ice-servers.js';

const SAFE = { NODE_ENV: 'production', AUTH_MODE: 'open', ALLOWED_ORIGINS: 'https://calls.example' };
const SECRET = 'f'.repeat(64);

function problems(environment: Readonly<Record<string, string>>): readonly string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

describe('the configuration', () => {
  it('is good without any setting', () => assert.deepEqual(readConfig({}), DEFAULT_CONFIG));
  it('takes an empty variable for none', () =>
    assert.deepEqual(readConfig({ PORT: '', HOST: '', CERT: '', TURN_SECRET: '' }), DEFAULT_CONFIG));
  it('keeps to this machine unless asked', () => assert.equal(readConfig({}).host, 'localhost'));
  it('opens to the network for HTTPS, and in production', () => {
    assert.equal(readConfig({ HTTPS: 'true' }).host, '0.0.0.0');
    assert.equal(readConfig(SAFE).host, '0.0.0.0');
    assert.equal(readConfig({ HTTPS: 'true', HOST: '127.0.0.1' }).host, '127.0.0.1');
  });
  it('lets clients without an origin in outside production only, unless told', () => {
    assert.equal(readConfig({}).allowNoOrigin, true);
    assert.equal(readConfig(SAFE).allowNoOrigin, false);
    assert.equal(readConfig({ ...SAFE, ALLOW_NO_ORIGIN: 'true' }).allowNoOrigin, true);
  });
  it('reads lists', () => {
    const config = readConfig({
      ALLOWED_ORIGINS: 'https://a.example, https://B.example/',
      TRUST_PROXY: '10.0.0.0/8 ::1',
      TURN_URLS: 'turn:t.example:3478,turns:t.example:5349?transport=tcp',
      TURN_SECRET: SECRET,
    });
    assert.deepEqual(config.allowedOrigins, ['https://a.example', 'https://b.example']);
    assert.deepEqual(config.trustProxy, ['10.0.0.0/8', '::1']);
    assert.deepEqual(config.turn, { urls: ['turn:t.example:3478', 'turns:t.example:5349?transport=tcp'], secret: SECRET });
  });
  it('reads ICE servers as pages write them', () => {
    const { iceServers } = readConfig({
      ICE_SERVERS: '[{"urls":"stun:s.example"},{"urls":["turn:t.example"],"username":"u","credential":"c"}]',
    });
    assert.deepEqual(iceServers, [{ urls: ['stun:s.example'] }, { urls: ['turn:t.example'], username: 'u', credential: 'c' }]);
  });
  it('reads secrets from files', () => {
    const folder = mkdtempSync(join(tmpdir(), 'webrtc-elements-'));
    writeFileSync(join(folder, 'turn'), `${SECRET}\n`);
    assert.equal(readConfig({ TURN_URLS: 'turn:t.example', TURN_SECRET_FILE: join(folder, 'turn') }).turn?.secret, SECRET);
    assert.match(problems({ TURN_SECRET_FILE: join(folder, 'none') })[0]!, /cannot be read/);
    rmSync(folder, { recursive: true });
  });

  const table: readonly (readonly [Readonly<Record<string, string>>, RegExp])[] = [
    [{ PORT: 'x' }, /PORT/],
    [{ PORT: '70000' }, /PORT/],
    [{ MAX_PARTICIPANTS: '1' }, /MAX_PARTICIPANTS/],
    [{ MAX_PARTICIPANTS: '2.5' }, /MAX_PARTICIPANTS/],
    [{ LOG_LEVEL: 'loud' }, /LOG_LEVEL/],
    [{ AUTH_MODE: 'none' }, /AUTH_MODE/],
    [{ ALLOWED_ORIGINS: 'example.org' }, /not an origin/],
    [{ ALLOWED_ORIGINS: 'https://example.org/path' }, /not an origin/],
    [{ TRUST_PROXY: 'true' }, /CIDR/],
    [{ TRUST_PROXY: '1' }, /CIDR/],
    [{ TRUST_PROXY: '10.0.0.0/33' }, /CIDR/],
    [{ ICE_SERVERS: 'stun:x' }, /not valid JSON/],
    [{ ICE_SERVERS: '{}' }, /list of objects/],
    [{ ICE_SERVERS: '[{"urls":"http://x"}]' }, /starts with stun/],
    [{ ICE_SERVERS: '[{"urls":"turn:t.example"}]' }, /without username and credential.*TURN_URLS/],
    [{ ICE_SERVERS: '[{"urls":["stun:s.example","turns:t.example"],"username":"u"}]' }, /without username and credential/],
    [{ ICE_SERVERS: '[{"urls":"stun:s.example?transport=udp"}]' }, /leave it out/],
    [{ TURN_URLS: 'turn:t.example' }, /needs TURN_SECRET/],
    [{ TURN_URLS: 'turn:h:3478:udp', TURN_SECRET: SECRET }, /names a host/],
    [{ TURN_URLS: 'turn:h:99999', TURN_SECRET: SECRET }, /no port 99999/],
    [{ TURN_URLS: 'turn:h:0', TURN_SECRET: SECRET }, /no port 0/],
    [{ TURN_URLS: 'turn://h', TURN_SECRET: SECRET }, /names a host/],
    [{ TURN_URLS: 'turn:h?transport=tls', TURN_SECRET: SECRET }, /names a host/],
    [{ TURN_URLS: 'turn:user@h', TURN_SECRET: SECRET }, /names a host/],
    [{ TURN_URLS: 'turn:[::1', TURN_SECRET: SECRET }, /names a host/],
    [{ TURN_URLS: 'stun:h', TURN_SECRET: SECRET }, /ICE_SERVERS/],
    [{ TURN_URLS: 'turn:h', TURN_SECRET: `${SECRET}#1` }, /coturn cannot read/],
    [{ TURN_URLS: 'turn:h', TURN_SECRET: `${SECRET}\r` }, /TURN_SECRET ends with a carriage return/],
    [{ WAITING_ROOM: 'true' }, /everybody waits for ever/],
    [{ NODE_ENV: 'prod' }, /NODE_ENV must be production/],
    [{ NODE_ENV: 'Production' }, /NODE_ENV must be production/],
    [{ ...SAFE, NODE_ENV: 'production\r' }, /NODE_ENV ends with a carriage return/],
    [{ ...SAFE, ALLOWED_ORIGINS: 'https://a.example\r' }, /ALLOWED_ORIGINS ends with a carriage return/],
    [{ PORT: '9464', METRICS_PORT: '9464' }, /METRICS_PORT and PORT are the same/],
    [{ CERT: 'a.pem' }, /belong together/],
    [{ NODE_ENV: 'production', ALLOWED_ORIGINS: 'https://a.example' }, /AUTH_MODE is not set/],
    [{ NODE_ENV: 'production', AUTH_MODE: 'open' }, /ALLOWED_ORIGINS is empty/],
    [{ ...SAFE, ALLOWED_ORIGINS: '*' }, /ALLOWED_ORIGINS=\*/],
    [{ ...SAFE, TRUST_PROXY: 'true' }, /TRUST_PROXY/],
    [{ ...SAFE, TURN_URLS: 'turn:t.example', TURN_SECRET: 'north' }, /too easy to guess/],
  ];
  for (const [environment, sentence] of table) {
    it(`refuses ${JSON.stringify(environment)} with a sentence`, () => {
      const found = problems(environment);
      assert.equal(found.length, 1, found.join('\n'));
      assert.match(found[0]!, sentence);
      assert.match(found[0]!, /\.$/);
    });
  }

  it('names everything that is unsafe at once', () =>
    assert.equal(problems({ NODE_ENV: 'production', TURN_URLS: 'turn:t', TURN_SECRET: 'secret' }).length, 3));
  it('never repeats a secret', () =>
    assert.doesNotMatch(problems({ ...SAFE, TURN_URLS: 'turn:t', TURN_SECRET: 'hunter2' }).join(), /hunter2/));
});

describe('ICE servers', () => {
  it('are those of the operator and no others', () =>
    assert.deepEqual(createIceSource({ servers: [], ttlMs: 1_000 })(), { iceServers: [] }));

  it('come with credentials that expire, fresh each time, naming nobody', () => {
    const ice = createIceSource(
      { servers: [{ urls: ['stun:s'] }], turn: { urls: ['turn:t'], secret: 'secret' }, ttlMs: 600_000 },
      () => 1_000_000_000,
    );
    const [first, second] = [ice(), ice()];
    assert.equal(first.expiresInMs, 600_000);
    assert.deepEqual(first.iceServers[0], { urls: ['stun:s'] });
    assert.match(first.iceServers[1]!.username!, /^1000600:[0-9a-f]{32}$/);
    assert.notEqual(first.iceServers[1]!.username, second.iceServers[1]!.username);
  });

  it('are signed as coturn checks them', () => {
    const { username, credential } = turnCredentials('north', 600_000, 0);
    assert.match(username, /^600:/);
    assert.match(credential, /^[A-Za-z0-9+/]{27}=$/);
  });
});
