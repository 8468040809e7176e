/** The doctor on the command line, at a real server with a real relay, healthy and not. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { ServerConfig } from '../../server/config.js';
import { examine, type DoctorOptions } from '../../server/doctor/doctor.js';
import { asText, type Finding } from '../../server/doctor/findings.js';
import { turnCredentials } from '../../server/ice/ice-servers.js';
import { parseIceUrl } from '../../server/doctor/relay-checks.js';
import { doctorCommand } from '../../server/start/doctor-command.js';
import { startRelay, type RunningRelay } from '../support/coturn.js';
import { PathProxy } from '../support/path-proxy.js';
import { startServer } from '../support/server.js';
import { TcpProxy } from '../support/tcp-proxy.js';
import { TOKEN_MODE, tokenFor } from '../support/tokens.js';

const NOTHING_HERE = { url: () => '', iceServers: () => [], mint: () => undefined };

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
    const { text, healthy } = await doctorCommand(['http://127.0.0.1:9'], NOTHING_HERE);
    assert.equal(healthy, false);
    assert.match(text, /does not answer/);
    assert.doesNotMatch(text, /\n\s+at /);
  });

  it('does not take a server for well that it could not look at', async () => {
    const server = await startServer({ ...TOKEN_MODE, production: true });
    const { text, healthy } = await doctorCommand([server.url], NOTHING_HERE);
    await server.close();
    assert.equal(healthy, false);
    assert.match(text, /Joining: .*--token[^]*Not everything was looked at: Joining, STUN and TURN/);
  });

  it('looks at the relay of the settings here where it has no token', async () => {
    const turn = { urls: urls().slice(0, 1), ...turnCredentials('another-secret', 60_000, Date.now()) };
    const findings = await look({ ...TOKEN_MODE }, { iceServers: [turn] });
    assert.equal(verdicts(findings)['TURN over UDP'], 'bad');
  });

  it('enters the room a token is for', async () => {
    const token = await tokenFor('standup');
    const findings = await look({ ...TOKEN_MODE, turn: { urls: urls(), secret: relay.secret } }, { token });
    assert.equal(verdicts(findings)['Joining'], 'good');
    assert.equal(verdicts(findings)['TURN over TLS'], 'good');
  });

  it('makes itself a token where the secret is known, and says when it is not the secret of the server', async () => {
    const mint = (room: string) => tokenFor(room);
    const options = { ...TOKEN_MODE, turn: { urls: urls(), secret: relay.secret } };
    assert.equal(verdicts(await look(options, { mint }))['TURN over TCP'], 'good');
    const other = { secrets: [{ kid: 'other', secret: 'another-secret-of-more-than-32-bytes-0001' }], jwks: [], issuers: [] };
    assert.match(asText(await look({ ...options, roomTokens: other }, { mint })), /ROOM_TOKEN_SECRET of this machine/);
  });

  it('tells a proxy that refuses from a server that does', async () => {
    const server = await startServer({ production: true });
    const proxy = await TcpProxy.before(server.port);
    proxy.blockWebSockets = true;
    const text = asText(await examine(new URL(`http://127.0.0.1:${proxy.port}`)));
    await proxy.close();
    await server.close();
    assert.match(text, /✗ {2}WebSocket: .*403.*not from the server[^]*The proxy must pass WebSocket upgrades on/);
    assert.doesNotMatch(text, /ALLOWED_ORIGINS/);
  });

  it('sees that a proxy is not believed', async () => {
    const server = await startServer({ production: true, allowNoOrigin: true });
    const proxy = await PathProxy.before(server.port, '');
    const text = asText(await examine(new URL(proxy.url)));
    await proxy.close();
    await server.close();
    assert.match(text, /! {2}Proxy: .*share the limits of one[^]*TRUST_PROXY/);
  });

  it('knows a server of ours from whatever else answers', async () => {
    const answers = { '/healthz': 200, '/missing/healthz': 404, '/gone/healthz': 502, '/moved/healthz': 301 };
    const other = createHttpServer(({ url = '' }, response) => {
      response
        .writeHead(answers[url as keyof typeof answers] ?? 500, { location: 'https://elsewhere.example/' })
        .end('{"status":"ok"}');
    });
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const at = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    const text = async (path: string) => asText(await examine(new URL(at + path)));
    assert.match(await text('/'), /no webrtc-elements[^]*address of the server/);
    assert.match(await text('/missing'), /\/missing\/healthz answers with 404[^]*passes everything under/);
    assert.match(await text('/gone'), /502[^]*check that the server runs/);
    assert.match(await text('/moved/'), /leads to https:\/\/elsewhere\.example/);
    other.close();
  });

  it('looks at a server under a path', async () => {
    const server = await startServer({ production: true });
    const proxy = await PathProxy.before(server.port, '/calls');
    const findings = await examine(new URL(`${proxy.url}/calls`));
    await proxy.close();
    await server.close();
    assert.equal(verdicts(findings)['Joining'], 'good');
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
