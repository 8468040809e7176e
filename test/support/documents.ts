/** The Markdown of docs/ and the code in it, for tests that run it. */
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const DOCS = fileURLToPath(new URL('../../docs/', import.meta.url));

export interface Snippet {
  /** For the title of a test: `cms/ghost.md, html 1`. */
  readonly name: string;
  readonly document: string;
  readonly language: string;
  /** The file it stands in, when the text names one. */
  readonly file: string;
  readonly code: string;
}

/** What is for who changes this project is read, not run. */
export const documents: readonly string[] = readdirSync(DOCS, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.md') && !file.startsWith('decisions/'))
  .sort();

export const textOf = (document: string): string => readFileSync(DOCS + document, 'utf8');

export const snippets: readonly Snippet[] = documents.flatMap((document) => {
  const counts = new Map<string, number>();
  return [...textOf(document).matchAll(/^```(\w+)(?: (\S+))?\n([^]*?)^```$/gm)].map(([, language = '', file = '', code = '']) => {
    counts.set(language, (counts.get(language) ?? 0) + 1);
    return { name: `${document}, ${language} ${counts.get(language) ?? 0}`, document, language, file, code };
  });
});
