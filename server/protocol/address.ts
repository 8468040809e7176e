/**
 * How an address is written, the same on both sides. A random one is 140 bits in seven groups of four letters
 * without look-alikes; it is read however somebody typed it: in capitals, with spaces, with O for 0. Pure.
 */
import { NAMED_ADDRESS_PATTERN } from './limits.js';

/** Crockford's: no I, L, O and U. */
export const ADDRESS_LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';
export const ADDRESS_LENGTH = 28;
const GROUP = /.{4}(?=.)/g;
const RANDOM = new RegExp(`^[${ADDRESS_LETTERS}]{${ADDRESS_LENGTH}}$`);
const NAMED = new RegExp(NAMED_ADDRESS_PATTERN);

/** In groups, as it is shown. */
export function groupAddress(letters: string): string {
  return letters.replace(GROUP, '$&-');
}

/** The one way an address is written, whatever was typed; null: this is no address. */
export function readAddress(typed: string): string | null {
  const text = typed.trim().toLowerCase();
  const letters = text.replace(/[\s-]/g, '').replaceAll('o', '0').replace(/[il]/g, '1');
  if (RANDOM.test(letters)) return groupAddress(letters);
  return NAMED.test(text) ? text : null;
}

/** Random, and so nobody's to give: it belongs to who has its secret. */
export function isRandomAddress(address: string): boolean {
  return RANDOM.test(address.replaceAll('-', ''));
}
