/**
 * The address of a device, which follows from its secret: nothing is kept, nothing is lost in a restart, and nobody can
 * take an address without the secret it was made of.
 */
import { createHash } from 'node:crypto';
import { ADDRESS_LENGTH, ADDRESS_LETTERS, groupAddress } from '../protocol/address.js';

const digest = (domain: string, text: string): Buffer =>
  createHash('sha256').update(`webrtc-elements ${domain} ${text}`).digest();

export function addressOf(secret: string): string {
  const bits = [...digest('address', secret)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const letters = Array.from(
    { length: ADDRESS_LENGTH },
    (_, index) => ADDRESS_LETTERS[Number.parseInt(bits.slice(index * 5, index * 5 + 5), 2)],
  );
  return groupAddress(letters.join(''));
}

/** Names who has the secret without telling it. */
export function personOf(secret: string): string {
  return digest('person', secret).toString('base64url');
}

/** What the callee calls a ring: it follows from the caller's id, so it is the same after a restart, and does not tell it. */
export function publicRingId(id: string): string {
  return digest('ring', id).subarray(0, 16).toString('base64url');
}
