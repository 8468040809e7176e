/**
 * How the name of a server is shown: as letters where they are what they seem, and as what the network knows it by (`xn--…`)
 * where they could be taken for others. After the rules browsers have for their address bars. No DOM.
 */

/** Scripts whose letters pass for Latin ones; with a top level of their own they may be read. */
const LOOKALIKE =
  /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Coptic}\p{Script=Cherokee}\p{Script=Lisu}\p{Script=Georgian}\p{Script=Thai}\p{Script=Canadian_Aboriginal}]/u;
const LATIN = /\p{Script=Latin}/u;
/** Latin letters of living spelling: with accents, yes; phonetic signs, small capitals, an i without its dot, no. */
const PLAIN_LATIN = /^[a-z0-9\u00df-\u00f6\u00f8-\u0130\u0132-\u0137\u0139-\u017e\u01ce-\u01dc\u0218-\u021b\u1e00-\u1eff-]+$/u;
/** Written together by those who use them: Japanese, Korean, and Chinese with its phonetic signs. */
const TOGETHER: readonly RegExp[] = [
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}a-z0-9\u30fc\u3005-]+$/u,
  /^[\p{Script=Han}\p{Script=Hangul}a-z0-9-]+$/u,
  /^[\p{Script=Han}\p{Script=Bopomofo}a-z0-9-]+$/u,
];
const SCRIPTS = [
  'Arabic',
  'Hebrew',
  'Devanagari',
  'Bengali',
  'Tamil',
  'Telugu',
  'Thai',
  'Lao',
  'Khmer',
  'Myanmar',
  'Sinhala',
].concat([
  'Gujarati',
  'Gurmukhi',
  'Kannada',
  'Malayalam',
  'Oriya',
  'Ethiopic',
  'Cyrillic',
  'Greek',
  'Armenian',
  'Georgian',
  'Mongolian',
]);
const WORD = SCRIPTS.map((script) => new RegExp(`^[\\p{Script=${script}}\\p{M}0-9-]+$`, 'u'));

/** @param written as it stands in the text @param known the same in the language of the network */
export function honestHost(written: string, known: string): string {
  if (!known.includes('xn--')) return written.toLowerCase() === known ? written : known;
  const labels = written
    .normalize('NFKC')
    .toLowerCase()
    .split(/[.\u3002]/u);
  return new Set(labels.map(directionOf).filter(Boolean)).size <= 1 &&
    labels.every((label) => isHonest(label, labels.at(-1) ?? ''))
    ? labels.join('.')
    : known;
}

function isHonest(label: string, top: string): boolean {
  if (/^[a-z0-9-]*$/.test(label)) return !label.startsWith('xn--');
  if (!/^[\p{L}\p{M}\p{Nd}\u30fc-]+$/u.test(label)) return false;
  if (LATIN.test(label)) return PLAIN_LATIN.test(label) || TOGETHER.some((set) => set.test(label));
  // All of one kind; yet `аррӏе.com` is all of one kind.
  if (LOOKALIKE.test(label) && !LOOKALIKE.test(top)) return false;
  return [...WORD, ...TOGETHER].some((set) => set.test(label));
}

const directionOf = (label: string): string =>
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u.test(label)
    ? 'rtl'
    : /\p{L}/u.test(label)
      ? 'ltr'
      : '';
