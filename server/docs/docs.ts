/**
 * `GET /docs/…`: the documentation of exactly this version, for who has the server and no code host at hand. Pages
 * without scripts of their own but one that copies code; the list at the side is docs/README.md.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { createTemplate, escapeHtml } from '../templates.js';
import { openLibrary, type Library } from './library.js';
import type { Article } from './markdown.js';

export interface DocsOptions {
  readonly docsDir: string;
  readonly pagesDir: string;
  readonly production: boolean;
}

/** What pages show and link to besides pages. */
const FILE = /^(?:images\/[\w-]+\.(?:png|svg)|systemd\/[\w-]+\.service)$/;
/** Where a page gets what is rendered: comments, because places of a template are texts. */
const PLACES = /<!--(list|contents|article)-->/g;

export function serveDocs(app: FastifyInstance, { docsDir, pagesDir, production }: DocsOptions): void {
  const library = openLibrary(docsDir, { cached: production });
  if (!library.pages.has('')) return;
  const template = createTemplate(readFileSync(join(pagesDir, 'docs.html'), 'utf8'));

  app.get('/docs', (_request, reply) => reply.redirect('/docs/'));
  app.get<{ Params: { '*': string } }>('/docs/*', (request, reply) => {
    const address = request.params['*'];
    if (FILE.test(address) && existsSync(join(docsDir, address))) {
      void reply.header('cache-control', 'public, max-age=3600');
      if (address.endsWith('.service')) return reply.type('text/plain; charset=utf-8').send(readFileSync(join(docsDir, address)));
      return reply.sendFile(address, docsDir, { cacheControl: false });
    }
    const elsewhere = redirection(library, address);
    if (elsewhere !== undefined) return reply.redirect(`/docs/${elsewhere}`, 301);
    const article = library.article(address);
    if (article === undefined) return reply.callNotFound();
    const html = template({ title: article.title, summary: article.summary }).replace(PLACES, (_all, place: string) =>
      place === 'article' ? article.html : place === 'list' ? list(library, address) : contents(article),
    );
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(html);
  });
}

/** Addresses people make up from the ones they know: of the file, without or with a slash too many. */
function redirection({ pages }: Library, address: string): string | undefined {
  const bare = address.replace(/(?:README)?\.md$/, '').replace(/\/$/, '');
  if (pages.has(address)) return undefined;
  return [bare, `${bare}/`].find((other) => pages.has(other));
}

/** docs/README.md without its title and its words between the lists. */
function list(library: Library, address: string): string {
  const html = library.article('')?.html ?? '';
  return [...html.matchAll(/<h2 id="[^"]*"><a[^>]*>([^]*?)<\/a><\/h2>|<ul>[^]*?<\/ul>/g)]
    .map(([part, title]) => (title === undefined ? part : `<p class="part">${title}</p>`))
    .join('\n')
    .replace(/(<a href="[^"]*">[^]*?<\/a>)[^<]*(?=<\/li>)/g, '$1')
    .replace(`<a href="/docs/${address}">`, `<a href="/docs/${address}" aria-current="page">`);
}

/** What a long page holds. */
function contents({ headings }: Article): string {
  const parts = headings.filter(({ level }) => level === 2);
  if (parts.length < 3) return '';
  const links = parts.map(({ id, text }) => `<li><a href="#${id}">${escapeHtml(text)}</a></li>`).join('\n');
  return `<nav class="contents" aria-label="On this page"><p class="part">On this page</p><ul>${links}</ul></nav>`;
}
