/** A room in frames of other sites, and what oEmbed says about it: headers, formats, and what is refused. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { createApp } from '../../server/app.js';
import { ConfigError, DEFAULT_CONFIG, readConfig, type ServerConfig } from '../../server/config.js';
import { FRAME_ALLOW } from '../../server/protocol/framing.js';

const apps: FastifyInstance[] = [];
after(() => Promise.all(apps.map((app) => app.close())));

async function start(config: Partial<ServerConfig> = {}) {
  const app = await createApp({ ...DEFAULT_CONFIG, logLevel: 'silent', ...config });
  apps.push(app);
  return (url: string, headers: Readonly<Record<string, string>> = {}) =>
    app.inject({ url, headers: { host: 'calls.example', ...headers } });
}

type Get = Awaited<ReturnType<typeof start>>;

const framing = async (get: Get) => {
  const { headers } = await get('/embed/standup');
  return /frame-ancestors ([^;]*)/.exec(String(headers['content-security-policy']))?.[1];
};

describe('/embed/:room', () => {
  let get: Get;
  before(async () => {
    get = await start();
  });

  it('may be framed, keeps every other rule of our pages', async () => {
    const { statusCode, headers } = await get('/embed/standup');
    assert.equal(statusCode, 200);
    assert.equal(headers['x-frame-options'], undefined);
    assert.match(
      String(headers['content-security-policy']),
      /default-src 'none';.*script-src 'self' 'wasm-unsafe-eval';.*base-uri 'none'/,
    );
    assert.equal(headers['cross-origin-embedder-policy'], 'credentialless');
    assert.equal(headers['cross-origin-resource-policy'], 'cross-origin');
    assert.equal(headers['cross-origin-opener-policy'], 'unsafe-none');
    assert.match(String(headers['permissions-policy']), /camera=\(self\)/);
  });

  it('is the only page that may', async () => {
    for (const url of ['/', '/r/standup', '/doctor', '/embed/-', '/nothing']) {
      const { headers } = await get(url, { accept: 'text/html' });
      assert.equal(headers['x-frame-options'], 'SAMEORIGIN', url);
      assert.match(String(headers['content-security-policy']), /frame-ancestors 'self'/, url);
    }
  });

  it('is for any site while developing, for nobody else in production, or for the sites of the operator', async () => {
    assert.equal(await framing(get), undefined);
    assert.equal(await framing(await start({ production: true })), "'self'");
    const { embedOrigins } = readConfig({ EMBED_ORIGINS: 'https://Blog.example, https://*.shop.example' });
    assert.ok(embedOrigins);
    assert.equal(
      await framing(await start({ production: true, embedOrigins })),
      "'self' https://blog.example https://*.shop.example",
    );
    assert.equal(await framing(await start({ production: true, embedOrigins: ['*'] })), undefined);
  });

  it('refuses a list that is none', () => {
    const tell = (value: string) => () => readConfig({ EMBED_ORIGINS: value });
    assert.throws(
      tell('blog.example'),
      (error) => error instanceof ConfigError && /EMBED_ORIGINS holds "blog/.test(error.message),
    );
    assert.throws(tell("https://a.example/;script-src 'unsafe-inline'"), ConfigError);
  });

  it('loads nothing of the call by itself, and says what a page must allow', async () => {
    const { body } = await get('/embed/standup');
    assert.doesNotMatch(body, /webrtc-elements\.js|<webrtc-room/);
    assert.ok(body.includes(`allow="${FRAME_ALLOW}"`));
    assert.ok(body.includes('src="http://calls.example/embed/standup"'));
    assert.match(body, /<a [^>]*href="\/r\/standup" target="_blank" rel="noopener"/);
    assert.doesNotMatch(body, /<style|\sstyle="|\son[a-z]+="|<script>/);
  });

  it('finds its files also where it has no origin', async () => {
    const { body } = await get('/embed/standup');
    const files = [...body.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map((match) => match[1]!);
    assert.ok(files.length >= 4);
    for (const file of files) {
      const { statusCode, headers } = await get(file);
      assert.deepEqual([statusCode, headers['cross-origin-resource-policy']], [200, 'cross-origin'], file);
    }
  });
});

describe('/oembed', () => {
  let get: Get;
  before(async () => {
    get = await start();
  });
  const ask = (url: string, more = '', from = get) => from(`/oembed?url=${encodeURIComponent(url)}${more}`);

  it('is found from the page of a room', async () => {
    const { body } = await get('/r/standup');
    const links = [...body.matchAll(/<link rel="alternate" type="(?:application\/json|text\/xml)\+oembed" href="([^"]+)"/g)];
    assert.equal(links.length, 2);
    for (const [, href = ''] of links) {
      const { statusCode } = await get(href.replaceAll('&amp;', '&').replace('http://calls.example', ''));
      assert.equal(statusCode, 200);
    }
  });

  it('gives a frame with all it needs, and a link for sites that take the frame away', async () => {
    const { statusCode, headers, body } = await ask('https://calls.example/r/standup');
    assert.equal(statusCode, 200);
    assert.match(String(headers['content-type']), /^application\/json/);
    const { html, ...answer } = JSON.parse(body) as Record<string, unknown>;
    assert.deepEqual(answer, {
      version: '1.0',
      type: 'rich',
      title: 'Join the call “standup”',
      provider_name: 'webrtc-elements',
      provider_url: 'https://calls.example/',
      cache_age: 86_400,
      width: 800,
      height: 500,
    });
    assert.match(String(html), /^<noscript><blockquote><a href="https:\/\/calls\.example\/r\/standup">/);
    assert.match(String(html), /<iframe src="https:\/\/calls\.example\/embed\/standup" width="800" height="500"/);
    assert.ok(String(html).includes(`allow="${FRAME_ALLOW}"`));
    assert.doesNotMatch(String(html), /sandbox|<script/);
  });

  it('says the same in XML', async () => {
    const { headers, body } = await ask('https://calls.example/r/standup', '&format=xml');
    assert.match(String(headers['content-type']), /^text\/xml/);
    assert.match(body, /^<\?xml version="1.0" encoding="utf-8" standalone="yes"\?>\n<oembed>/);
    assert.match(body, /<html>&lt;noscript&gt;&lt;blockquote&gt;&lt;a href=&quot;https:/);
    assert.equal(body.match(/</g)?.length, 1 + 2 + 2 * 9);
  });

  it('fits into the size that is asked for, and ignores what is none', async () => {
    const size = async (more: string) => {
      const { width, height, html } = (await ask('http://calls.example/r/x', more)).json<{
        width: number;
        height: number;
        html: string;
      }>();
      assert.ok(html.includes(`width="${width}" height="${height}"`));
      return [width, height];
    };
    assert.deepEqual(await size('&maxwidth=320&maxheight=200'), [320, 200]);
    assert.deepEqual(await size('&maxwidth=5000'), [800, 500]);
    for (const more of ['&maxwidth=0', '&maxwidth=-5', '&maxwidth=1e3', '&maxwidth="><b>', '&maxwidth=1&maxwidth=2'])
      assert.deepEqual(await size(more), [800, 500], more);
  });

  for (const url of [
    '',
    'standup',
    'https://calls.example/',
    'https://calls.example/r/',
    'https://calls.example/r/a/b',
    'https://calls.example/r/-a',
    'https://calls.example/r/%22%3E%3Cscript%3E',
    'https://evil.example/r/standup',
    'https://calls.example.evil.example/r/standup',
    'https://calls.example@evil.example/r/standup',
    'javascript://calls.example/r/standup',
  ]) {
    it(`knows nothing about ${url || 'nothing'}`, async () => {
      const { statusCode, body } = await ask(url);
      assert.equal(statusCode, 404);
      assert.doesNotMatch(body, /<script>|"html"/);
    });
  }

  it('says which formats it does not speak', async () => {
    assert.equal((await ask('https://calls.example/r/x', '&format=yaml')).statusCode, 501);
    assert.equal((await ask('https://calls.example/r/x', '&format=json&format=xml')).statusCode, 501);
  });

  it('gives a link where no site may frame the call', async () => {
    const answer = (await ask('https://calls.example/r/x', '', await start({ production: true }))).json<
      Record<string, unknown>
    >();
    assert.deepEqual([answer['type'], answer['html']], ['link', undefined]);
  });

  it('may be asked by scripts of any page', async () => {
    assert.equal((await ask('https://calls.example/r/x')).headers['access-control-allow-origin'], '*');
  });
});
