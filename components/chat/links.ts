/** Finds the addresses in a text, and nothing else: what is not http or https stays text. No DOM, no markup. */
export type TextPart = string | { readonly text: string; readonly href: string };

/** No invisible characters: an address must look like what it is. */
const ADDRESS = /\b(?:https?:\/\/|www\.)[^\s<>"'`\p{Cf}\p{Cc}]+/giu;
/** Mostly of the sentence, not of the address. */
const TRAILING = /[.,;:!?…。，、！？)\]}»”’*_]+$/u;
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

function withoutSentence(found: string): string {
  let address = found;
  for (let tail = TRAILING.exec(address)?.[0]; tail; tail = TRAILING.exec(address)?.[0]) {
    const last = tail.at(-1) ?? '';
    const opens = PAIRS[last];
    // A bracket that was opened inside belongs to it: …/wiki/Rust_(language)
    if (opens && address.split(opens).length >= address.split(last).length) return address;
    address = address.slice(0, -last.length);
  }
  return address;
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
