/** Finds the addresses in a text, and nothing else: what is not http or https stays text. No DOM, no markup. */
import { honestHost } from './hosts.js';

export type TextPart = string | { readonly text: string; readonly href: string };

/** No invisible characters: an address must look like what it is. */
const ADDRESS = /\b(?:https?:\/\/|www\.)[^\s<>"'`\p{Cf}\p{Cc}]+/giu;
/** Mostly of the sentence, not of the address. */
const TRAILING = /[.,;:!?…。，、！？)\]}»”’*_]/u;
const BRACKET = /[()[\]{}]/;
const PAIRS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

export function textParts(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const address = withoutSentence(found);
    const href = hrefOf(address);
    if (!href) continue;
    if (index > at) parts.push(text.slice(at, index));
    parts.push({ text: shownAs(address, href), href });
    at = index + address.length;
  }
  if (at < text.length) parts.push(text.slice(at));
  return parts;
}

function withoutSentence(found: string): string {
  const count = new Map<string, number>();
  for (const sign of found) if (BRACKET.test(sign)) count.set(sign, (count.get(sign) ?? 0) + 1);
  let end = found.length;
  for (; end > 0 && TRAILING.test(found.charAt(end - 1)); end--) {
    const last = found.charAt(end - 1);
    const [opened, closed] = [count.get(PAIRS[last] ?? '') ?? 0, count.get(last) ?? 0];
    // A bracket that was opened inside belongs to it: …/wiki/Rust_(language)
    if (PAIRS[last] && opened >= closed) break;
    count.set(last, closed - 1);
  }
  return found.slice(0, end);
}

/** The address as it was written, but with a server that is what it seems. */
function shownAs(address: string, href: string): string {
  const [, before = '', host = '', rest = ''] = /^((?:https?:\/\/)?)([^/?#\\]*)(.*)$/isu.exec(address) ?? [];
  const port = /:\d*$/.exec(host)?.[0] ?? '';
  const honest = honestHost(host.slice(0, host.length - port.length), new URL(href).hostname);
  return `${before}${honest}${port}${rest}`;
}

/** Null for what no browser would open, and for addresses that hide where they lead behind a name and a password. */
function hrefOf(address: string): string | null {
  try {
    const url = new URL(/^www\./i.test(address) ? `https://${address}` : address);
    const web = url.protocol === 'http:' || url.protocol === 'https:';
    return web && !url.username && !url.password && url.hostname ? url.href : null;
  } catch {
    return null;
  }
}
