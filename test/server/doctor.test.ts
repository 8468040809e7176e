/** The doctor on the command line, at a real server with a real relay, healthy and not. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ServerConfig } from '../../server/config.js';
import { examine, type DoctorOptions } from '../../server/doctor/doctor.js';
import { asText, type Finding } from '../../server/doctor/findings.js';
import { parseIceUrl } from '../../server/doctor/relay-checks.js';
import { doctorCommand } from '../../server/start/doctor-command.js';
import { startRelay, type RunningRelay } from '../support/coturn.js';
import { startServer } from '../support/server.js';

describe('the doctor', () => {
  let relay: RunningRelay;
  before(async () => {
    relay = await startRelay({ peersOnThisMachine: true });
  });
  after(() => relay.stop());

  const urls = () => [
    `turn:127.0.0.1:${relay.port}`,
    `turn:127.0.0.1:${relay.port}?transport=tcp`,
    `turns:127.0.0.1:${relay.tlsPort}?transport=tcp`,
  ];
  const look = async (config: Partial<ServerConfig>, options: DoctorOptions = {}): Promise<readonly Finding[]> => {
    const server = await startServer({ production: true, ...config });
    try {
      return await examine(new URL(server.url), { insecure: true, ...options });
    } finally {
      await server.close();
    }
  };
  const verdicts = (findings: readonly Finding[]) => Object.fromEntries(findings.map(({ check, verdict }) => [check, verdict]));

  it('finds nothing at a healthy server, by real relay over UDP, TCP and TLS', async () => {
    const findings = await look({
      turn: { urls: urls(), secret: relay.secret },
      iceServers: [{ urls: [`stun:127.0.0.1:${relay.port}`] }],
    });
    assert.deepEqual(verdicts(findings), {
      Server: 'good',
      HTTPS: 'good',
      Clock: 'good',
      WebSocket: 'good',
      Joining: 'good',
      Strangers: 'good',
      STUN: 'good',
      'TURN over UDP': 'good',
      'TURN over TCP': 'good',
      'TURN over TLS': 'good',
    });
    assert.match(asText(findings), /Nothing stands in the way/);
  });

  it('says that the secrets differ', async () => {
    const findings = await look({ turn: { urls: urls().slice(0, 1), secret: 'another-secret' } });
    const finding = findings.find(({ check }) => check === 'TURN over UDP');
    assert.equal(finding?.verdict, 'bad');
    assert.match(finding?.advice ?? '', /TURN_SECRET/);
  });

  it('says that a relay does not answer, and that TLS is missing', async () => {
    const findings = await look({ turn: { urls: ['turn:127.0.0.1:9?transport=tcp'], secret: relay.secret } });
    assert.match(asText(findings), /✗ {2}TURN over TCP[^]*Open 9\/tcp[^]*! {2}TURN over TLS/);
  });

  it('says that there is no relay at all', async () => {
    assert.match(asText(await look({})), /✗ {2}STUN and TURN: there is none[^]*coturn-config/);
  });

  it('says that everybody may use the server', async () => {
    const findings = await look({ allowedOrigins: ['*'] });
    assert.equal(verdicts(findings)['Strangers'], 'bad');
  });

  it('says which origin is missing from the list', async () => {
    const findings = await look({}, { origin: 'https://blog.example' });
    assert.match(asText(findings), /Add https:\/\/blog\.example to ALLOWED_ORIGINS/);
  });

  it('says that nobody answers, in one line', async () => {
    const { text, healthy } = await doctorCommand(['http://127.0.0.1:9'], { url: '', iceServers: [] });
    assert.equal(healthy, false);
    assert.match(text, /does not answer/);
    assert.doesNotMatch(text, /\n\s+at /);
  });

  it('reads the addresses of ICE servers', () => {
    assert.deepEqual(parseIceUrl('turns:t.example', false), { host: 't.example', port: 5349, transport: 'tls', insecure: false });
    assert.deepEqual(parseIceUrl('turn:[::1]:3479?transport=tcp', false), {
      host: '::1',
      port: 3479,
      transport: 'tcp',
      insecure: false,
    });
    assert.equal(parseIceUrl('http://x', false), undefined);
  });
});
