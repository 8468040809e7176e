/** What stands for a person without a picture: initials, and a colour that is always theirs. No DOM. */

/** Up to two first letters, whole characters even outside the basic plane; empty for an empty name. */
export function initials(name: string): string {
  const words = name
    .split(/[\s_./-]+/u)
    .map((word) => word.match(/[\p{L}\p{N}]/u)?.[0] ?? '')
    .filter(Boolean);
  const picked = words.length > 1 ? [words[0], words.at(-1)] : words;
  return picked.join('').toLocaleUpperCase();
}

/** A hue, 0 to 359, from any text; the same text gives the same hue everywhere. */
export function hueOf(text: string): number {
  let hash = 2_166_136_261;
  for (const character of text) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16_777_619) >>> 0;
  }
  return (hash ^ (hash >>> 13)) % 360;
}
