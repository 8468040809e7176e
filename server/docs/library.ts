/**
 * The pages in docs/, by the addresses they are served at, and how their links lead from one to the other: the same
 * Markdown is read on a code host and here. Records of decisions are for who changes this project, and stay there.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { posix, join } from 'node:path';
import { renderMarkdown, type Article } from './markdown.js';

const INTERNAL = /^decisions\//;

export interface Library {
  /** Files below docs/ by address: `embedding/` is `embedding/README.md`, `security` is `security.md`. */
  readonly pages: ReadonlyMap<string, string>;
  article(address: string): Article | undefined;
}

export function openLibrary(folder: string, { cached }: { readonly cached: boolean }): Library {
  const files = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
  const pages = new Map(
    files
      .map((file) => file.replaceAll('\\', '/'))
      .filter((file) => file.endsWith('.md') && !INTERNAL.test(file))
      .sort()
      .map((file) => [addressOf(file), file]),
  );
  const read = new Map<string, Article>();
  return {
    pages,
    article(address) {
      const file = pages.get(address);
      if (file === undefined) return undefined;
      const known = read.get(address);
      if (known !== undefined && cached) return known;
      const article = renderMarkdown(readFileSync(join(folder, file), 'utf8'), (href) => resolveLink(file, href));
      read.set(address, article);
      return article;
    },
  };
}

function addressOf(file: string): string {
  return file.replace(/(^|\/)README\.md$/, '$1').replace(/\.md$/, '');
}

/** A link as it stands in a file of docs/, as one that works on this server. */
export function resolveLink(file: string, href: string): string {
  if (/^(?:[a-z]+:|#|\/)/i.test(href)) return href;
  const [path = '', hash] = href.split('#', 2);
  const target = addressOf(posix.join(posix.dirname(file), path));
  return `/docs/${target === '.' || target === './' ? '' : target}${hash === undefined ? '' : `#${hash}`}`;
}
