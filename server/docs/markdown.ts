/**
 * Markdown of our own pages to HTML. Raw HTML in it is left out, so that nothing but what stands here becomes markup.
 * Knows no files: where a link leads is asked.
 */
import { Marked, type Tokens } from 'marked';
import { escapeHtml } from '../templates.js';

export interface Heading {
  readonly level: number;
  readonly id: string;
  readonly text: string;
}

export interface Article {
  readonly title: string;
  /** The first paragraph, as a page's description. */
  readonly summary: string;
  readonly html: string;
  readonly headings: readonly Heading[];
}

export function renderMarkdown(source: string, hrefOf: (href: string) => string): Article {
  const headings: Heading[] = [];
  const taken = new Map<string, number>();
  let summary = '';

  const marked = new Marked({
    gfm: true,
    renderer: {
      html: () => '',
      heading({ tokens, depth }) {
        const text = plain(this.parser.parseInline(tokens, this.parser.textRenderer));
        const id = unique(slug(text), taken);
        headings.push({ level: depth, id, text });
        const inner = this.parser.parseInline(tokens);
        if (depth === 1) return `<h1 id="${id}">${inner}</h1>\n`;
        return `<h${depth} id="${id}"><a class="anchor" href="#${id}">${inner}</a></h${depth}>\n`;
      },
      paragraph({ tokens }) {
        summary ||= plain(this.parser.parseInline(tokens, this.parser.textRenderer)).replace(/\s+/g, ' ');
        return `<p>${this.parser.parseInline(tokens)}</p>\n`;
      },
      link({ href, tokens }) {
        return `<a href="${escapeHtml(hrefOf(href))}">${this.parser.parseInline(tokens)}</a>`;
      },
      image: ({ href, text }) => `<img src="${escapeHtml(hrefOf(href))}" alt="${escapeHtml(text)}" />`,
      code: codeBlock,
      table(token) {
        const cell = ({ text, tokens }: Tokens.TableCell, tag: 'th' | 'td') => {
          const inner = this.parser.parseInline(tokens);
          return tag === 'th' && text !== '' ? `<th scope="col">${inner}</th>` : `<td>${inner}</td>`;
        };
        const row = (cells: readonly Tokens.TableCell[], tag: 'th' | 'td') =>
          `<tr>${cells.map((each) => cell(each, tag)).join('')}</tr>`;
        const named = token.header.some(({ text }) => text !== '');
        const head = named ? `<thead>${row(token.header, 'th')}</thead>` : '';
        const body = token.rows.map((cells) => row(cells, 'td')).join('\n');
        // Wide tables scroll in a box of their own, by keyboard, too.
        return `<div class="wide" role="group" aria-label="Table" tabindex="0"><table>${head}<tbody>${body}</tbody></table></div>\n`;
      },
    },
  });
  const html = marked.parse(source, { async: false });
  return { title: headings.find(({ level }) => level === 1)?.text ?? '', summary, html, headings };
}

/** `jsx src/App.jsx` after the fence: the language, and the file it stands in. */
function codeBlock({ text, lang = '' }: Tokens.Code): string {
  const [language = '', file = ''] = lang.split(/\s+/);
  const caption = file === '' ? '' : `<figcaption>${escapeHtml(file)}</figcaption>`;
  const label = file === '' ? `Code${language === '' ? '' : `, ${language}`}` : file;
  return `<figure class="code">${caption}<pre tabindex="0" role="group" aria-label="${escapeHtml(label)}"><code>${escapeHtml(text)}</code></pre></figure>\n`;
}

/** Text of a heading or paragraph without markup; the library escapes it. */
function plain(text: string): string {
  return text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&');
}

/** As GitHub names headings, so that links to them work in both places. */
export function slug(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');
}

function unique(id: string, taken: Map<string, number>): string {
  const times = taken.get(id) ?? 0;
  taken.set(id, times + 1);
  return times === 0 ? id : `${id}-${times}`;
}
