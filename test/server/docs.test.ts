/** The documentation as the server shows it: every page, and every link to where it leads. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import Fastify, { type FastifyInstance } from 'fastify';
import { createApp } from '../../server/app.js';
import { DEFAULT_CONFIG } from '../../server/config.js';
import { openLibrary, resolveLink } from '../../server/docs/library.js';
import { renderMarkdown, slug } from '../../server/docs/markdown.js';
import { webrtcElements } from '../../server/index.js';

const FOLDER = fileURLToPath(new URL('../../docs/', import.meta.url));

describe('the documentation on the server', () => {
  const library = openLibrary(FOLDER, { cached: true });
  let app: FastifyInstance;
  before(async () => {
    app = await createApp({ ...DEFAULT_CONFIG, logLevel: 'silent' });
  });
  after(() => app.close());
  const get = (url: string) => app.inject({ url, headers: { accept: 'text/html' } });

  it('has a page for every file, under a policy that allows nothing inline', async () => {
    assert.ok(library.pages.size > 12);
    for (const address of library.pages.keys()) {
      const { statusCode, headers, body } = await get(`/docs/${address}`);
      assert.equal(statusCode, 200, address);
      assert.match(String(headers['content-security-policy']), /default-src 'none'.*script-src 'self'/);
      assert.match(body, /<h1 id="[^"]+">/, address);
      assert.doesNotMatch(body, /<script(?! type="module" src="\/assets\/)| style="| on\w+="/, address);
      assert.equal(body.match(/aria-current="page"/g)?.length ?? 0, listed(address) ? 1 : 0, address);
    }
  });
  const listed = (address: string) => library.article('')?.html.includes(`href="/docs/${address}"`);

  it('leads nowhere that is not there, down to the headings', async () => {
    const routes = new Set(['/', '/playground', '/doctor']);
    for (const [address, file] of library.pages) {
      for (const [, href = ''] of (library.article(address)?.html ?? '').matchAll(/(?:href|src)="([^"]+)"/g)) {
        if (/^https?:/.test(href) || routes.has(href)) continue;
        const [path = '', hash] = href.split('#');
        const target = path === '' ? address : path.replace('/docs/', '');
        if (/^(?:images|systemd)\//.test(target)) {
          assert.equal((await get(path)).statusCode, 200, `${file} shows ${href}`);
          continue;
        }
        const article = library.article(target);
        assert.ok(article, `${file} links to ${href}`);
        if (hash !== undefined)
          assert.ok(
            article.headings.some(({ id }) => id === hash),
            `${file} links to ${href}`,
          );
      }
    }
  });

  it('can be reached from its first page', () => {
    const seen = new Set(['']);
    const open = [''];
    for (let address = open.pop(); address !== undefined; address = open.pop()) {
      for (const [, path = ''] of (library.article(address)?.html ?? '').matchAll(/href="\/docs\/([^"#]*)/g)) {
        if (!seen.has(path)) open.push(path);
        seen.add(path);
      }
    }
    assert.deepEqual(
      [...library.pages.keys()].filter((address) => !seen.has(address)),
      [],
    );
  });

  it('is found by the names of its files, and shows nothing else', async () => {
    for (const [from, to] of [
      ['/docs', '/docs/'],
      ['/docs/security.md', '/docs/security'],
      ['/docs/embedding', '/docs/embedding/'],
      ['/docs/embedding/README.md', '/docs/embedding/'],
      ['/docs/security/', '/docs/security'],
    ] as const)
      assert.equal((await get(from)).headers.location, to, from);
    for (const url of [
      '/docs/nothing',
      '/docs/decisions/README',
      '/docs/../package.json',
      '/docs/systemd/other.service',
      '/docs/images/..%2fREADME.md',
    ])
      assert.equal((await get(url)).statusCode, 404, url);
  });

  it('leaves /docs to an application it is a guest of', async () => {
    const host = Fastify();
    host.get('/docs/*', () => 'theirs');
    await host.register(webrtcElements, { logLevel: 'silent' });
    assert.equal((await host.inject('/docs/x')).body, 'theirs');
    await host.close();
  });
});

describe('Markdown', () => {
  const render = (text: string) => renderMarkdown(text, (href) => href).html;

  it('becomes nothing but the markup of this renderer', () => {
    assert.doesNotMatch(
      render('<script>alert(1)</script>\n\nfine <img src=x onerror=alert(1)> text\n\n<!-- note -->'),
      /<script|<img|<!--/,
    );
    assert.match(render('```html\n<script>\n```'), /&lt;script&gt;/);
    assert.match(render('a `<b>` and "quotes"'), /<code>&lt;b&gt;<\/code>/);
  });

  it('names headings as code hosts do', () => {
    assert.equal(slug('1. Names and firewall'), '1-names-and-firewall');
    assert.equal(slug('Pages that are isolated (COEP), and other headers'), 'pages-that-are-isolated-coep-and-other-headers');
    assert.match(render('## Twice\n\n## Twice'), /id="twice"[^]*id="twice-1"/);
  });

  it('links to pages of the server where files link to files', () => {
    assert.equal(resolveLink('embedding/README.md', 'element.md'), '/docs/embedding/element');
    assert.equal(resolveLink('embedding/element.md', 'README.md'), '/docs/embedding/');
    assert.equal(resolveLink('cms/ghost.md', '../README.md'), '/docs/');
    assert.equal(resolveLink('a.md', 'b.md#part'), '/docs/b#part');
    assert.equal(resolveLink('a.md', '#part'), '#part');
    assert.equal(resolveLink('a.md', 'https://example.org/x.md'), 'https://example.org/x.md');
  });

  it('is read anew where people are writing, and once in production', () => {
    const folder = mkdtempSync(join(tmpdir(), 'webrtc-elements-docs-'));
    mkdirSync(join(folder, 'decisions'));
    writeFileSync(join(folder, 'decisions/0001.md'), '# Internal');
    writeFileSync(join(folder, 'a.md'), '# One');
    const [writing, production] = [false, true].map((cached) => openLibrary(folder, { cached }));
    assert.deepEqual([...(writing?.pages.keys() ?? [])], ['a']);
    for (const library of [writing, production]) assert.equal(library?.article('a')?.title, 'One');
    writeFileSync(join(folder, 'a.md'), '# Two');
    assert.equal(writing?.article('a')?.title, 'Two');
    assert.equal(production?.article('a')?.title, 'One');
    rmSync(folder, { recursive: true });
  });
});
