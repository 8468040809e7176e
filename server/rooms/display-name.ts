/**
 * Makes what people type safe to show to others: nothing invisible, nothing that turns the line
 * around, no tower of accents. Knows text only.
 */
import { MAX_DISPLAY_NAME } from '../protocol/limits.js';

const LONE_SURROGATE = /\p{Surrogate}/gu;
/** Joiners that change how a word is spelt (Persian, Indic) or which emoji is meant stay; all other invisible letters go. */
const KEPT_JOINER =
  /(?<=[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}]\p{M}?)[\u200c\u200d](?=\p{L})|(?<=[\p{Extended_Pictographic}\u{1F3FB}-\u{1F3FF}]\uFE0F?)\u200d(?=\p{Extended_Pictographic})/gu;
const INVISIBLE = /[\p{Cf}\p{Cc}\p{Co}\p{Cn}\u034f\u115f\u1160\u17b4\u17b5]/gu;
/** Letters without ink. A name of them alone would be an empty tile that looks like a fault. */
const BLANK = /[\u2800\u3164\uffa0\p{Z}\t\n\v\f\r]+/gu;
const ACCENT_TOWER = /(\p{M}{4})\p{M}+/gu;

/** Words of ASCII with single spaces between: nothing below would change them. */
const PLAIN = /^(?:[\x21-\x7e]+(?: [\x21-\x7e]+)*)?$/;

/** The name as others will see it; empty if nothing visible is left, which the page shows as its word for a guest. */
export function cleanDisplayName(raw: string): string {
  if (raw.length <= MAX_DISPLAY_NAME && PLAIN.test(raw)) return raw;
  const wellFormed = raw.replace(LONE_SURROGATE, '').normalize('NFC').replace(BLANK, ' ');
  const joiners = new Set([...wellFormed.matchAll(KEPT_JOINER)].map((match) => match.index));
  const visible = wellFormed
    .replace(INVISIBLE, (letter, index: number) => (joiners.has(index) ? letter : ''))
    .replace(ACCENT_TOWER, '$1')
    .replace(/ +/g, ' ')
    .trim();
  return [...visible].slice(0, MAX_DISPLAY_NAME).join('').trim();
}

/** The host site's own id of a person: kept as it is but for what breaks logs and markup. */
export function cleanExternalId(raw: string): string {
  return raw.replace(LONE_SURROGATE, '').replace(/\p{Cc}/gu, '');
}

/** An avatar others will load: an absolute http(s) address, or none at all. */
export function cleanAvatarUrl(raw: string): string | undefined {
  if (!URL.canParse(raw)) return undefined;
  const url = new URL(raw);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined;
}
