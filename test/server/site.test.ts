/** What is served over plain HTTP, and the headers it comes with. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import Fastify, { type FastifyInstance } from 'fastify';
import { createApp } from '../../server/app.js';
import { DEFAULT_CONFIG } from '../../server/config.js';
import { createServer, webrtcElements } from '../../server/index.js';
import { codeOf, joinRequest, TestClient } from '../support/server.js';

const SCRIPT = `export const widget = ${JSON.stringify('x'.repeat(5_000))};\n`;

describe('the site', () => {
  let app: FastifyInstance;
  let production: FastifyInstance;
  let bundleDir: string;

  before(async () => {
    bundleDir = mkdtempSync(join(tmpdir(), 'webrtc-elements-'));
    mkdirSync(join(bundleDir, 'chunks'));
    writeFileSync(join(bundleDir, 'webrtc-elements.js'), SCRIPT);
    writeFileSync(join(bundleDir, 'chunks', 'de-a1B2c3D4.js'), SCRIPT);
    writeFileSync(join(bundleDir, 'secret.txt'), 'secret');
    app = await createApp({ ...DEFAULT_CONFIG, logLevel: 'silent' }, { bundleDir });
    production = await createApp({ ...DEFAULT_CONFIG, production: true, logLevel: 'silent' }, { bundleDir });
  });
  after(async () => {
    await Promise.all([app.close(), production.close()]);
    rmSync(bundleDir, { recursive: true });
  });

  const get = (url: string, headers: Readonly<Record<string, string>> = {}, from = app) =>
    from.inject({ url, headers: { ...headers } });

  it('gives the bundle to every site', async () => {
    const { statusCode, headers, body } = await get('/webrtc-elements.js', { origin: 'https://blog.example' });
    assert.equal(statusCode, 200);
    assert.equal(body, SCRIPT);
    assert.equal(headers['access-control-allow-origin'], '*');
    assert.equal(headers['cross-origin-resource-policy'], 'cross-origin');
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.match(String(headers['content-type']), /^(?:application|text)\/javascript/);
    assert.ok(headers.etag);
  });

  it('keeps the bundle fresh, and its chunks for ever', async () => {
    assert.equal((await get('/webrtc-elements.js')).headers['cache-control'], 'no-cache');
    assert.match(String((await get('/webrtc-elements.js', {}, production)).headers['cache-control']), /^public, max-age=300/);
    const chunk = await get('/chunks/de-a1B2c3D4.js');
    assert.equal(chunk.statusCode, 200);
    assert.equal(chunk.headers['cache-control'], 'public, max-age=31536000, immutable');
    assert.equal(chunk.headers['access-control-allow-origin'], '*');
    assert.equal(chunk.headers['cross-origin-resource-policy'], 'cross-origin');
  });

  it('sends nothing again that has not changed', async () => {
    const { headers } = await get('/webrtc-elements.js');
    const again = await get('/webrtc-elements.js', { 'if-none-match': String(headers.etag) });
    assert.equal(again.statusCode, 304);
    assert.equal(again.body, '');
  });

  it('compresses for those who can read it', async () => {
    const brotli = await get('/webrtc-elements.js', { 'accept-encoding': 'gzip, deflate, br, zstd' });
    assert.equal(brotli.headers['content-encoding'], 'br');
    assert.equal(brotliDecompressSync(brotli.rawPayload).toString(), SCRIPT);
    const gzip = await get('/webrtc-elements.js', { 'accept-encoding': 'gzip' });
    assert.equal(gzip.headers['content-encoding'], 'gzip');
    assert.equal(gunzipSync(gzip.rawPayload).toString(), SCRIPT);
    assert.match(String(gzip.headers.vary), /accept-encoding/i);
  });

  it('says what to do when the bundle is not built', async () => {
    const bare = await createApp({ ...DEFAULT_CONFIG, logLevel: 'silent' }, { bundleDir: join(bundleDir, 'nowhere') });
    const { statusCode, body, headers } = await get('/webrtc-elements.js', {}, bare);
    assert.equal(statusCode, 503);
    assert.match(body, /npm run build/);
    assert.equal(headers['cache-control'], 'no-store');
    await bare.close();
  });

  for (const url of ['/', '/r/team-standup', '/r/%20', '/nothing-here']) {
    it(`sends ${url} with a policy that lets no foreign script in`, async () => {
      const { headers } = await get(url, { accept: 'text/html' });
      const policy = String(headers['content-security-policy']);
      assert.match(policy, /default-src 'none'/);
      assert.match(policy, /script-src 'self' 'wasm-unsafe-eval'(?:;|$)/);
      assert.match(policy, /style-src 'self'(?:;|$)/);
      assert.match(policy, /base-uri 'none'/);
      assert.match(policy, /frame-ancestors 'self'/);
      assert.doesNotMatch(policy, /'unsafe|upgrade-insecure/);
      assert.match(String(headers['permissions-policy']), /camera=\(self\), microphone=\(self\)/);
      assert.equal(headers['referrer-policy'], 'no-referrer');
      assert.equal(headers['strict-transport-security'], undefined);
    });
  }

  for (const url of ['/', '/r/team-standup', '/r/%20']) {
    it(`has neither inline script nor inline style on ${url}`, async () => {
      const { body } = await get(url);
      assert.doesNotMatch(body, /<style|\sstyle="|\son[a-z]+="|javascript:/);
      for (const [script] of body.matchAll(/<script[^]*?<\/script>/g))
        assert.match(script, /^<script (?:type="module" )?src="\/[^"]+"><\/script>$/);
    });
  }

  it('sends all that its pages refer to', async () => {
    const pages = await Promise.all(['/', '/r/x', '/r/%20'].map((url) => get(url)));
    const urls = new Set(pages.flatMap(({ body }) => [...body.matchAll(/(?:src|href)="(\/[^"]*)"/g)].map((match) => match[1]!)));
    assert.ok(urls.size > 5);
    for (const url of urls) assert.equal((await get(url)).statusCode, 200, url);
  });

  it('opens a room as a page with a title and a preview for those who get the link', async () => {
    const { body, statusCode } = await get('/r/team-standup', { host: 'calls.example' });
    assert.equal(statusCode, 200);
    assert.match(body, /<title>team-standup/);
    assert.match(body, /<webrtc-room room="team-standup">/);
    assert.match(body, /<meta property="og:url" content="http:\/\/calls\.example\/r\/team-standup"/);
    assert.match(body, /<noscript>/);
  });

  it('tells with a room of the files its script will ask for, and of none while it is not built', async () => {
    const entry = join(bundleDir, 'webrtc-elements.js');
    writeFileSync(entry, 'export{a as b}from"./chunks/de-a1B2c3D4.js";import"./chunks/en-a1B2c3D4.js";');
    assert.equal(
      (await get('/r/standup')).headers.link,
      '</chunks/de-a1B2c3D4.js>; rel=modulepreload, </chunks/en-a1B2c3D4.js>; rel=modulepreload',
    );
    rmSync(entry);
    assert.equal((await get('/r/standup')).headers.link, undefined);
    writeFileSync(entry, SCRIPT);
    assert.equal((await get('/r/standup')).headers.link, undefined);
  });

  it('escapes whatever a request can put into a page', async () => {
    const { body } = await get('/', { host: 'x"><script>alert(1)</script>' });
    assert.doesNotMatch(body, /<script>alert/);
  });

  it('hands out room names nobody can guess where anybody may come in', async () => {
    assert.match((await get('/', {}, production)).body, /data-secret="on"/);
    assert.match((await get('/')).body, /data-secret="off"/);
  });

  it('leads from the form to the room, scripts or not', async () => {
    const { statusCode, headers } = await get('/r?room=standup');
    assert.equal(statusCode, 303);
    assert.equal(headers.location, '/r/standup');
    for (const url of ['/r', '/r?room=', '/r?room=//evil.example', '/r?room=a&room=b'])
      assert.equal((await get(url)).statusCode, 400, url);
  });

  for (const room of ['%20', '%00', 'a%2fb', '..%2f..%2fetc', '-a', '%F0%9F%98%80', '__proto__', 'x'.repeat(65)]) {
    it(`says in words that ${room.slice(0, 20)} is not a room`, async () => {
      const { statusCode, body } = await get(`/r/${room}`);
      assert.equal(statusCode, 400);
      assert.match(body, /not the name of a room/);
    });
  }

  it('answers an address that cannot be read', async () => {
    const { statusCode, body } = await get('/r/%zz');
    assert.equal(statusCode, 400);
    assert.equal((JSON.parse(body) as { error: { code: string } }).error.code, 'BAD_PAYLOAD');
  });

  it('answers what is not there: people with a page, programs with JSON', async () => {
    const page = await get('/nothing', { accept: 'text/html,application/xhtml+xml' });
    assert.equal(page.statusCode, 404);
    assert.match(page.body, /There is nothing here/);
    const json = await get('/nothing', { accept: '*/*' });
    assert.equal(json.statusCode, 404);
    const { error } = json.json<{ error: { code: string; requestId: string } }>();
    assert.equal(error.code, 'NOT_FOUND');
    assert.ok(error.requestId);
  });

  for (const url of [
    '/chunks/nothing.js',
    '/chunks/..%2fsecret.txt',
    '/chunks/%2e%2e/secret.txt',
    '/chunks/',
    '/assets/..%2flanding.html',
    '/assets/',
    '/secret.txt',
    '/.env',
    '/assets/.env',
  ]) {
    it(`gives nothing away at ${url}`, async () => {
      const { statusCode, body } = await get(url);
      assert.ok(statusCode === 404 || statusCode === 403, String(statusCode));
      assert.doesNotMatch(body, /^secret|<html/);
    });
  }

  it('shows the demos of a checkout, and nothing else of it', async () => {
    assert.equal((await get('/demo')).headers.location, '/demo/');
    for (const [url, type] of [
      ['/demo/', 'text/html'],
      ['/demo/one-tag.html', 'text/html'],
      ['/demo/demo.css', 'text/css'],
    ] as const) {
      const response = await get(url);
      assert.deepEqual([response.statusCode, String(response.headers['content-type']).split(';')[0]], [200, type]);
    }
    for (const url of ['/demo/../package.json', '/demo/%2e%2e/package.json', '/demo/gallery/scenes.ts', '/demo/nothing.html'])
      assert.equal((await get(url)).statusCode, 404, url);
  });

  it('is healthy', async () => assert.deepEqual((await get('/healthz')).json(), { status: 'ok' }));

  it('is known by its /healthz to the pages of every site, and tells them the time', async () => {
    const { headers } = await get('/healthz', { origin: 'https://any.example' });
    assert.equal(headers['access-control-allow-origin'], '*');
    assert.equal(headers['access-control-expose-headers'], 'date, webrtc-elements');
    assert.equal(headers['webrtc-elements'], '1');
  });

  it('gives a stranger no access to anything but that and the bundle', async () => {
    for (const url of ['/', '/readyz', '/assets/page.css']) {
      assert.equal((await get(url, { origin: 'https://evil.example' })).headers['access-control-allow-origin'], undefined);
    }
  });
});

describe('the package entry', () => {
  it('makes a server from options', async () => {
    const server = await createServer({ port: 0, host: '127.0.0.1', maxParticipants: 2, logLevel: 'silent' });
    const url = await server.listen();
    const client = new TestClient(url, { protocol: 2, join: joinRequest('entry') }, {});
    assert.equal(codeOf(await client.next('join-result')), 'ok');
    await server.close();
  });

  it('is a plugin for an app that exists, and leaves its routes alone', async () => {
    const app = Fastify();
    app.get('/mine', () => 'mine');
    app.setNotFoundHandler((_request, reply) => reply.code(404).send('not mine'));
    await app.register(webrtcElements, { maxParticipants: 4 });
    const url = await app.listen({ port: 0, host: '127.0.0.1' });
    const client = new TestClient(url, { protocol: 2, join: joinRequest('plugin') }, {});
    assert.equal(codeOf(await client.next('join-result')), 'ok');
    const mine = await app.inject('/mine');
    assert.equal(mine.body, 'mine');
    assert.equal(mine.headers['content-security-policy'], undefined);
    assert.equal((await app.inject('/nothing')).body, 'not mine');
    assert.equal((await app.inject('/r/x')).statusCode, 200);
    await app.close();
  });
});
