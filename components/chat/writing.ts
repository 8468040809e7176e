/** What somebody writes or pastes: how long it is, without counting for ever. No DOM. */

export const MOST = 2_000;
/** Nobody can send more than a part of this; a field with a million characters holds the page up with every key. */
export const MOST_KEPT = 8 * MOST;

/** Characters as people count them, not as the machine stores them. */
export const lengthOf = (text: string): number => [...text.slice(0, MOST_KEPT)].length;

export function rowsOf(text: string, most: number): number {
  let rows = 1;
  for (let at = text.indexOf('\n'); at >= 0 && rows < most; at = text.indexOf('\n', at + 1)) rows += 1;
  return rows;
}

/** Not through the middle of a character. */
export function kept(text: string, most = MOST_KEPT): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, Math.max(0, most));
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
}
