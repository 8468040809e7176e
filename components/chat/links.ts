/** Finds the addresses in a text, and nothing else: what is not http or https stays text. No DOM, no markup. */
export type TextPart = string | { readonly text: string; readonly href: string };

/** No invisible characters: an address must look like what it is. */
const ADDRESS = /\b(?:https?:\/\/|www\.)[^\s<>"'`\p{Cf}\p{Cc}]+/giu;
/** Mostly of the sentence, not of the address. */
const TRAILING: ReadonlySet<string> = new Set('.,;:!?…。，、！？)]}»”’*_');
const PAIRS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

export function textParts(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const address = withoutSentence(found);
    const href = hrefOf(address);
    if (!href) continue;
    if (index > at) parts.push(text.slice(at, index));
    parts.push({ text: address, href });
    at = index + address.length;
  }
  if (at < text.length) parts.push(text.slice(at));
  return parts;
}

/** One pass from the end: what is typed to annoy has thousands of these. */
function withoutSentence(found: string): string {
  const counts = new Map<string, number>();
  for (const letter of found) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  let end = found.length;
  for (; end > 0; end -= 1) {
    const last = found.charAt(end - 1);
    if (!TRAILING.has(last)) break;
    const opens = PAIRS[last];
    const closed = counts.get(last) ?? 0;
    // A bracket that was opened inside belongs to it: …/wiki/Rust_(language)
    if (opens !== undefined && (counts.get(opens) ?? 0) >= closed) break;
    counts.set(last, closed - 1);
  }
  return found.slice(0, end);
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
