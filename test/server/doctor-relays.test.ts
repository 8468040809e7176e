/** The doctor at relays as they are found: open to everybody, behind a firewall, with a certificate no browser takes. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { generate, type SelfsignedOptions } from 'selfsigned';
import { asText } from '../../server/doctor/findings.js';
import { checkRelays } from '../../server/doctor/relay-checks.js';
import { turnCredentials } from '../../server/ice/ice-servers.js';
import { RELAY_SECRET, startRelay, type RunningRelay } from '../support/coturn.js';
import { Namespace } from '../support/namespace.js';

const CLI = fileURLToPath(new URL('../../server/cli.ts', import.meta.url));

const credentials = () => turnCredentials(RELAY_SECRET, 60_000, Date.now());

/** What the command says, started in a folder of its own, with these settings and no others. */
function doctor(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  { cwd = tmpdir(), hosts }: { readonly cwd?: string; readonly hosts?: string } = {},
): Promise<{ readonly text: string; readonly code: number }> {
  const node = [process.execPath, '--import', import.meta.resolve('tsx'), CLI, 'doctor', ...args];
  const command =
    hosts === undefined ? node : ['unshare', '-m', 'sh', '-c', `mount --bind ${hosts} /etc/hosts; exec "$@"`, 'sh', ...node];
  return new Promise((resolve) => {
    const options = { cwd, env: { PATH: process.env['PATH'] ?? '', ...environment } };
    execFile(command[0]!, command.slice(1), options, (error, out, err) =>
      resolve({ text: out + err, code: error === null ? 0 : Number(error.code) }),
    );
  });
}

describe('a relay that asks for no credentials', () => {
  it('is called open to everybody, and nobody looks for a firewall', async () => {
    const relay = await startRelay({ empty: true });
    const text = asText(await checkRelays([{ urls: [`turn:127.0.0.1:${relay.port}`], ...credentials() }]));
    await relay.stop();
    assert.match(text, /✗ {2}TURN over UDP: .* is open to everybody[^]*Stop it now[^]*coturn-config --output/);
    assert.doesNotMatch(text, /firewall/);
  });
});

describe('a relay on another machine', { skip: Namespace.missing() }, () => {
  let namespace: Namespace;
  let relay: RunningRelay;
  let address: string;
  before(async () => {
    namespace = new Namespace();
    const cable = namespace.add();
    namespace.plug(cable);
    address = cable.address;
    relay = await startRelay({
      machine: { namespace, address },
      settings: { allowedPeers: [cable.host, cable.address] },
    });
  });
  after(async () => {
    await relay.stop();
    namespace.close();
  });

  it('is well when packets from here reach its ports, and not when a firewall keeps them', async () => {
    const server = { urls: [`turn:${address}:${relay.port}`], ...credentials() };
    assert.match(asText(await checkRelays([server])), /✓ {2}TURN over UDP: .*reach its ports/);
    namespace.closeUdp(...relay.relayPorts);
    assert.match(asText(await checkRelays([server])), /✗ {2}TURN over UDP: .*nothing from here reaches[^]*Open the relay ports/);
  });
});

describe('the certificate of a relay', () => {
  const folder = mkdtempSync(join(tmpdir(), 'webrtc-elements-certificates-'));
  after(() => rmSync(folder, { recursive: true }));

  const make = async (more: SelfsignedOptions, name = 'localhost') => {
    const made = await generate([{ name: 'commonName', value: name }], {
      keyType: 'ec',
      algorithm: 'sha256',
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
      ...more,
    });
    return { cert: made.cert, key: made.private };
  };
  const saidOf = async (certificate: { readonly cert: string; readonly key: string }, trusted = ''): Promise<string> => {
    const relay = await startRelay({ certificate, peersOnThisMachine: true });
    const authority = join(folder, 'authority.pem');
    writeFileSync(authority, trusted);
    const { text } = await doctor(['http://127.0.0.1:9'], {
      TURN_URLS: `turns:localhost:${relay.tlsPort}?transport=tcp`,
      TURN_SECRET: relay.secret,
      ...(trusted === '' ? {} : { NODE_EXTRA_CA_CERTS: authority }),
    });
    await relay.stop();
    return text.slice(text.indexOf('TURN over TLS'));
  };
  const past = { notBeforeDate: new Date(Date.now() - 9e8), notAfterDate: new Date(Date.now() - 8e8) };

  it('is to blame when it has expired', async () => {
    const expired = await make({
      ...past,
      extensions: [
        { name: 'basicConstraints', cA: true },
        { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] },
      ],
    });
    const text = await saidOf(expired, expired.cert);
    assert.match(text, /CERT_HAS_EXPIRED[^]*not the firewall.*has expired: renew it/);
  });

  it('is to blame when its chain is missing', async () => {
    const authority = await make({ extensions: [{ name: 'basicConstraints', cA: true }] }, 'an authority');
    const text = await saidOf(await make({ ca: authority }));
    assert.match(text, /VERIFY_LEAF[^]*not the firewall.*full chain/);
  });

  it('is to blame when it was made for another name', async () => {
    const other = await make({
      extensions: [
        { name: 'basicConstraints', cA: true },
        { name: 'subjectAltName', altNames: [{ type: 2, value: 'other.example' }] },
      ],
    });
    assert.match(await saidOf(other, other.cert), /ALTNAME[^]*another name/);
  });
});

describe('the name of a relay', { skip: Namespace.missing() }, () => {
  it('is used when it has an IPv6 address only, and that is said', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'webrtc-elements-hosts-'));
    const hosts = join(folder, 'hosts');
    writeFileSync(hosts, '127.0.0.1 localhost\n::1 turn6.example\n');
    const relay = await startRelay({ peersOnThisMachine: true });
    const { text } = await doctor(
      ['http://127.0.0.1:9'],
      { TURN_URLS: `turn:turn6.example:${relay.port}`, TURN_SECRET: relay.secret },
      { hosts },
    );
    await relay.stop();
    rmSync(folder, { recursive: true });
    assert.match(text, /✓ {2}TURN over UDP/);
    assert.match(text, /! {2}TURN name: turn6\.example has an IPv6 address only[^]*A record/);
  });

  it('is to blame when there is none', async () => {
    const text = asText(await checkRelays([{ urls: ['turn:nowhere.invalid:3478'], ...credentials() }]));
    assert.match(text, /no address for nowhere\.invalid/);
    assert.doesNotMatch(text, /firewall/);
  });
});

describe('the command doctor', () => {
  const folder = mkdtempSync(join(tmpdir(), 'webrtc-elements-doctor-'));
  after(() => rmSync(folder, { recursive: true }));

  it('helps whatever the settings are', async () => {
    const { text, code } = await doctor(['--help'], { PORT: 'x', TURN_URLS: 'turn:h', NODE_ENV: 'prod' });
    assert.equal(code, 0);
    assert.match(text, /Usage: webrtc-elements doctor/);
  });

  it('looks where the settings of .env say that the server is', async () => {
    writeFileSync(join(folder, '.env'), 'HTTPS=true\nPORT=9\nMAX_PARTICIPANTS=a lot\n');
    assert.match((await doctor([], {}, { cwd: folder })).text, /https:\/\/localhost:9\//);
  });
});
