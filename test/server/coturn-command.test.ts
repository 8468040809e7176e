/** The relay's configuration and its certificate, the way an operator gets them onto the machine: whole, or not at all. */
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, describe, it } from 'node:test';
import { connect } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { generate } from 'selfsigned';
import { startRelay } from '../support/coturn.js';
import { until } from '../support/until.js';

const CLI = fileURLToPath(new URL('../../server/cli.ts', import.meta.url));
const RENEWAL = fileURLToPath(new URL('../../docs/systemd/coturn-certificate', import.meta.url));
const TURN = { TURN_URLS: 'turn:turn.example:3478', TURN_SECRET: 'f'.repeat(64) };

describe('coturn-config', () => {
  const folder = mkdtempSync(join(tmpdir(), 'webrtc-elements-coturn-'));
  const file = join(folder, 'turnserver.conf');
  beforeEach(() => writeFileSync(file, 'the configuration of before\n', { mode: 0o644 }));
  after(() => rmSync(folder, { recursive: true }));

  const run = (args: readonly string[], environment: Readonly<Record<string, string>>) =>
    new Promise<{ readonly code: number; readonly out: string; readonly err: string }>((resolve) => {
      const command = ['--import', import.meta.resolve('tsx'), CLI, 'coturn-config', ...args];
      const options = { cwd: folder, env: { PATH: process.env['PATH'] ?? '', ...environment } };
      execFile(process.execPath, command, options, (error, out, err) =>
        resolve({ code: error === null ? 0 : Number(error.code), out, err }),
      );
    });

  it('reads the settings of the relay and no others', async () => {
    const { code, out } = await run([], {
      ...TURN,
      PORT: 'x',
      NODE_ENV: 'prod',
      ROOM_TOKEN_SECRET: 'short',
      ALLOWED_ORIGINS: 'y',
    });
    assert.equal(code, 0);
    assert.match(out, /^use-auth-secret$/m);
  });

  it('writes the whole file, readable by its owner and a group only, and leaves nothing beside it', async () => {
    const { code, out } = await run(['--output', file], TURN);
    assert.equal(code, 0);
    assert.match(out, /turnserver\.conf is written/);
    assert.match(readFileSync(file, 'utf8'), /^use-auth-secret$[^]*^simple-log$/m);
    assert.equal(statSync(file).mode & 0o777, 0o640);
    assert.deepEqual(readdirSync(folder), ['turnserver.conf']);
  });

  it('follows a link, and leaves it one', async () => {
    const link = join(folder, 'link.conf');
    symlinkSync(file, link);
    assert.equal((await run(['--output', link], TURN)).code, 0);
    rmSync(link);
    assert.match(readFileSync(file, 'utf8'), /^use-auth-secret$/m);
  });

  for (const [what, environment, words] of [
    ['a missing secret', { TURN_URLS: TURN.TURN_URLS }, /needs TURN_SECRET/],
    ['an address that cannot be', { ...TURN, TURN_URLS: 'turn:h:3478:udp' }, /names a host/],
    ['a secret that cannot be read', { TURN_URLS: TURN.TURN_URLS, TURN_SECRET_FILE: '/nowhere' }, /cannot be read/],
    ['no settings at all', {}, /TURN_URLS and TURN_SECRET are not set/],
  ] as const) {
    it(`leaves the file of before alone with ${what}, and says so`, async () => {
      const { code, out, err } = await run(['--output', file], environment);
      assert.notEqual(code, 0);
      assert.match(err, words);
      assert.equal(out, '');
      assert.equal(readFileSync(file, 'utf8'), 'the configuration of before\n');
      assert.deepEqual(readdirSync(folder), ['turnserver.conf']);
    });
  }

  it('says that there is no such folder', async () => {
    const { code, err } = await run(['--output', join(folder, 'missing', 'turnserver.conf')], TURN);
    assert.equal(code, 1);
    assert.match(err, /no folder.*nothing was written/);
  });
});

describe('the weekly job for the certificate of the relay', () => {
  const folder = mkdtempSync(join(tmpdir(), 'webrtc-elements-renewal-'));
  after(() => rmSync(folder, { recursive: true }));
  const user = execFileSync('id', ['-un'], { encoding: 'utf8' }).trim();
  const certificate = async (name: string) => {
    const made = await generate([{ name: 'commonName', value: name }], { keyType: 'ec', algorithm: 'sha256' });
    return { cert: made.cert, key: made.private };
  };
  const served = (port: number) =>
    new Promise<string>((resolve, reject) => {
      const tls = connect({ port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
        resolve(String(tls.getPeerCertificate().subject.CN));
        tls.destroy();
      });
      tls.on('error', reject);
    });

  it('is one that cron runs: a script with a first line, no dot in its name', () => {
    assert.match(readFileSync(RENEWAL, 'utf8'), /^#!\/bin\/sh\n/);
    assert.ok(statSync(RENEWAL).mode & 0o100, 'it must be executable');
    const weekly = join(folder, 'cron.weekly');
    mkdirSync(weekly);
    execFileSync('install', ['-m', '755', RENEWAL, weekly]);
    assert.match(execFileSync('run-parts', ['--test', weekly], { encoding: 'utf8' }), /coturn-certificate/);
  });

  it('hands a new certificate to a running coturn, and does nothing when there is none', async () => {
    const relay = await startRelay({ certificate: await certificate('the old one') });
    assert.equal(await served(relay.tlsPort), 'the old one');
    const kept = join(folder, 'caddy', 'certificates', 'an-authority', 'relay.test');
    mkdirSync(kept, { recursive: true });
    const fresh = await certificate('the new one');
    writeFileSync(join(kept, 'relay.test.crt'), fresh.cert);
    writeFileSync(join(kept, 'relay.test.key'), fresh.key);
    const reload = join(folder, 'reload');
    writeFileSync(reload, `#!/bin/sh\necho reloaded\nkill -USR2 ${relay.pid}\n`);
    chmodSync(reload, 0o755);
    const env = {
      PATH: process.env['PATH'],
      TURNSERVER_CONF: relay.config,
      CADDY_DATA: join(folder, 'caddy'),
      COTURN_USER: user,
      RELOAD_COTURN: reload,
    };
    const run = () => execFileSync('sh', [RENEWAL], { env, encoding: 'utf8' });
    assert.equal(run(), 'reloaded\n');
    await until('the new certificate', async () => (await served(relay.tlsPort)) === 'the new one');
    assert.equal(run(), '');
    await relay.stop();
  });

  it('says what is missing', () => {
    const config = join(folder, 'plain.conf');
    writeFileSync(config, 'server-name=turn.example\n');
    const run = () =>
      execFileSync('sh', [RENEWAL], { env: { PATH: process.env['PATH'], TURNSERVER_CONF: config }, stdio: 'pipe' });
    assert.throws(run, /is there a turns: address/);
  });
});
