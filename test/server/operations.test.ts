/** What whoever runs the server looks at: its health, its numbers, its log, its end. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createApp } from '../../server/app.js';
import { DEFAULT_CONFIG } from '../../server/config.js';
import { Health } from '../../server/health/health.js';
import { createMetrics } from '../../server/metrics/metrics.js';
import { createMetricsApp } from '../../server/metrics/metrics-route.js';
import { createRoomLabel, networkOf, privateLog } from '../../server/private-log.js';
import { codeOf, ok, startServer, TestClient, joinRequest } from '../support/server.js';
import { answer, candidates, offer, SDP, to } from '../support/signals.js';
import { until } from '../support/until.js';

const TOKEN = 'metrics-token-of-these-tests-0123456789';

describe('the numbers', () => {
  it('count rooms, people, connections, joins, relayed messages and refusals, and name nobody', async () => {
    const meter = createMetrics();
    const server = await startServer({ maxParticipants: 2 }, { meter });
    try {
      const ada = await server.join('counted-room', { displayName: 'Ada Lovelace' });
      const ben = await server.join('counted-room');
      const extra = server.connect({ join: joinRequest('counted-room') });
      assert.equal(codeOf(await extra.next('join-result')), 'ROOM_FULL');
      ok(await ada.client.ask('signal', to(ben.id, offer())));
      await ada.client.askAnything('nonsense', {});
      const text = await meter.text();
      for (const line of [
        'webrtc_elements_rooms 1',
        'webrtc_elements_participants 2',
        'webrtc_elements_connections 3',
        'webrtc_elements_joins_total{result="ok"} 2',
        'webrtc_elements_joins_total{result="ROOM_FULL"} 1',
        'webrtc_elements_relayed_messages_total 1',
        'webrtc_elements_rejected_total{code="UNKNOWN_EVENT"} 1',
        'webrtc_elements_handler_duration_seconds_count{event="signal"} 1',
        'webrtc_elements_handler_duration_seconds_count{event="unknown"} 1',
      ])
        assert.ok(text.split('\n').includes(line), `${line}\n${text}`);
      assert.match(text, /^nodejs_eventloop_lag_p99_seconds /m);
      assert.match(text, /^process_resident_memory_bytes /m);
      assert.doesNotMatch(text, /counted-room|Ada|127\.0\.0\.1/);
      for (const id of [ada.id, ben.id]) assert.ok(!text.includes(id));
    } finally {
      await server.close();
    }
  });

  it('are not on the public listener without a token', async () => {
    const app = await createApp({ ...DEFAULT_CONFIG, logLevel: 'silent' }, { meter: createMetrics() });
    for (const url of ['/metrics', '/debug']) assert.equal((await app.inject(url)).statusCode, 404);
    await app.close();
  });

  it('are there for the token only', async () => {
    const metrics = { host: '127.0.0.1', token: TOKEN };
    const app = await createApp({ ...DEFAULT_CONFIG, logLevel: 'silent', metrics }, { meter: createMetrics() });
    const status = async (authorization?: string) =>
      (await app.inject({ url: '/metrics', headers: authorization === undefined ? {} : { authorization } })).statusCode;
    assert.equal(await status(`Bearer ${TOKEN}`), 200);
    for (const wrong of [undefined, '', 'Bearer', 'Bearer x', `Basic ${TOKEN}`, TOKEN, `Bearer ${TOKEN}x`])
      assert.equal(await status(wrong), 401, wrong);
    await app.close();
  });

  it('have a listener of their own, with nothing else on it', async () => {
    const app = createMetricsApp(createMetrics(), undefined);
    assert.equal((await app.inject('/metrics')).statusCode, 200);
    assert.equal((await app.inject('/')).statusCode, 404);
    await app.close();
  });
});

describe('readiness', () => {
  it('ends when the server begins to stop; health does not', async () => {
    const health = new Health();
    const app = await createApp({ ...DEFAULT_CONFIG, logLevel: 'silent' }, { health });
    assert.deepEqual((await app.inject('/readyz')).json(), { status: 'ready' });
    health.drain();
    const { statusCode, body } = await app.inject('/readyz');
    assert.equal(statusCode, 503);
    assert.match(body, /SERVER_DRAINING/);
    assert.equal((await app.inject('/healthz')).statusCode, 200);
    await app.close();
  });
});

describe('the log', () => {
  it('of a whole call holds no name, room, description, candidate, token, credential or address', async () => {
    let text = '';
    const stream = new Writable({
      write(chunk: Buffer, _encoding, done) {
        text += chunk.toString();
        done();
      },
    });
    const secret = 'turn-secret-that-must-not-be-logged-0123456789';
    const server = await startServer(
      { turn: { urls: ['turn:relay.example'], secret }, maxParticipants: 2 },
      { logger: { level: 'trace', stream } },
    );
    const ada = await server.join('secret-room-name', { displayName: 'Ada Lovelace', externalId: 'customer-4711' });
    const ben = await server.join('secret-room-name', { displayName: 'Ben' });
    ok(await ada.client.ask('signal', to(ben.id, offer())));
    ok(await ben.client.ask('signal', to(ada.id, answer())).then(() => ({ ok: true, data: {} }) as const));
    ok(await ada.client.ask('signal', to(ben.id, candidates(3))));
    const { iceServers } = ok(await ada.client.ask('ice', {}));
    await ada.client.askAnything('update', { displayName: 'Ada\nforged: line', nonsense: 'poison-4712' });
    const extra = server.connect({ join: joinRequest('secret-room-name', { displayName: 'Eve' }) });
    await extra.next('join-result');
    await fetch(`${server.url}/r/secret-room-name?token=query-4713`, { headers: { authorization: 'Bearer header-4714' } });
    await fetch(`${server.url}/r/%zz`);
    ben.client.cut();
    ok(await ada.client.ask('leave', {}));
    await server.close();
    assert.match(text, /"event":"join"/);
    // Where the server listens is its own business.
    text = text.replace(/.*Server listening.*\n/g, '');
    for (const line of text.trim().split('\n')) assert.equal(typeof JSON.parse(line), 'object');
    for (const word of [
      'secret-room-name',
      'Lovelace',
      'customer-4711',
      'poison-4712',
      'query-4713',
      'header-4714',
      'forged',
      'Eve',
      SDP.split('\r\n')[10]!,
      'ice-pwd',
      '192.168.1.7',
      'typ host',
      '127.0.0.1',
      secret,
      ada.reply.resumeToken,
      ben.reply.resumeToken,
      iceServers[0]!.username!,
      iceServers[0]!.credential!,
    ])
      assert.ok(!text.includes(word), `the log holds ${word}`);
  });

  it('names a room by a label that is the same all day and another tomorrow', () => {
    let now = 0;
    const label = createRoomLabel(() => now);
    const today = label('standup');
    now += 80_000_000;
    assert.equal(label('standup'), today);
    assert.notEqual(label('other'), today);
    now += 80_000_000;
    assert.notEqual(label('standup'), today);
    assert.doesNotMatch(today, /standup/);
  });

  it('keeps the network of an address and drops what belongs to people', () => {
    const lines: object[] = [];
    const write = (data: object) => void lines.push(data);
    const log = privateLog({ debug: write, info: write, warn: write, error: write });
    log.info({ event: 'x', address: '203.0.113.9', displayName: 'Ada', token: 't', sdp: 'v=0', room: 'r' }, '');
    const [line] = lines as [Record<string, string>];
    assert.deepEqual(Object.keys(line), ['event', 'address', 'room']);
    assert.equal(line['address'], '203.0.113.0/24');
    assert.equal(networkOf('2001:db8:1:2::1'), '2001:db8:1::/48');
  });
});

describe('stopping the command', () => {
  const CLI = fileURLToPath(new URL('../../server/cli.ts', import.meta.url));
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'webrtc-elements-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  const start = async (environment: Readonly<Record<string, string>>) => {
    const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), CLI, '--port', '0', '--host', '127.0.0.1'], {
      cwd: folder,
      env: { PATH: process.env['PATH'] ?? '', HOME: folder, ...environment },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const ended = once(child, 'exit') as Promise<[number | null, string | null]>;
    const port = await until('its port', () => /(?:"port":|:\/\/[\w.]+:)(\d+)/.exec(output)?.[1], 30_000);
    return { child, url: `http://127.0.0.1:${port}`, ended, output: () => output };
  };

  it('says no to /readyz first, goodbye then, and ends with code 0 within ten seconds', async () => {
    const { child, url, ended } = await start({ DRAIN_SECONDS: '1' });
    const client = new TestClient(url, { protocol: 2, join: joinRequest('draining') }, {});
    ok(await client.next('join-result'));
    const began = performance.now();
    child.kill('SIGTERM');
    await until('503', async () => (await fetch(`${url}/readyz`)).status === 503, 5_000);
    assert.equal((await fetch(`${url}/healthz`)).status, 200);
    assert.deepEqual(await client.next('goodbye'), { code: 'SERVER_DRAINING', reason: 'server-shutdown' });
    assert.deepEqual(await ended, [0, null]);
    assert.ok(performance.now() - began < 10_000);
    client.socket.disconnect();
  });

  it('ends at once at the second signal', async () => {
    const { child, url, ended } = await start({ DRAIN_SECONDS: '8' });
    child.kill('SIGTERM');
    await until('503', async () => (await fetch(`${url}/readyz`)).status === 503, 5_000);
    const began = performance.now();
    child.kill('SIGTERM');
    assert.notEqual((await ended)[0], 0);
    assert.ok(performance.now() - began < 3_000);
  });

  it('says in production what will not work without a relay, and listens for metrics apart', async () => {
    const { child, url, ended, output } = await start({
      NODE_ENV: 'production',
      AUTH_MODE: 'open',
      ALLOWED_ORIGINS: 'https://a.example',
      METRICS_PORT: '0',
    });
    await until('the sentence', () => /"event":"reach".*No STUN or TURN server/.test(output()));
    assert.equal((await fetch(`${url}/metrics`)).status, 404);
    child.kill('SIGTERM');
    assert.equal((await ended)[0], 0);
  });
});
