/**
 * A recorder writes WebM without a duration (Chromium) or with one of nothing (Firefox), so a player shows none and
 * cannot seek. The head of the file comes first: a place for the duration is put into it, and filled when the
 * recording ends. Knows bytes only.
 */

/** Segment information; see the EBML and Matroska specifications. */
const INFO = [0x15, 0x49, 0xa9, 0x66] as const;
const DURATION = [0x44, 0x89] as const;
/** Id, length, a number of eight bytes. */
const ENTRY = 11;

export interface Prepared {
  readonly head: Uint8Array<ArrayBuffer>;
  /** Where the number is, from the start of the file. */
  readonly at: number;
}

/** The head with a place for a duration, or null where there is none to be put: not WebM, or it has a true one. */
export function prepareHead(head: Uint8Array<ArrayBuffer>): Prepared | null {
  const info = find(head, INFO, 0, head.length);
  if (info < 0) return null;
  const sizeAt = info + INFO.length;
  const sizeLength = Math.clz32(head[sizeAt] ?? 0) - 23; // leading zeros of a byte, and one
  if (sizeLength < 1 || sizeLength > 8) return null;
  const size = number(head, sizeAt, sizeLength);
  const start = sizeAt + sizeLength;
  const end = start + size;
  if (end > head.length) return null;
  const known = find(head, DURATION, start, end);
  if (known >= 0) return isEmpty(head, known, end) ? { head, at: known + 3 } : null;
  // The length is always written with eight bytes: there is room for any, and one way to write it.
  const made = new Uint8Array(head.length - sizeLength + 8 + ENTRY);
  made.set(head.subarray(0, sizeAt));
  const view = new DataView(made.buffer);
  view.setUint8(sizeAt, 0x01);
  view.setUint32(sizeAt + 4, size + ENTRY);
  made.set(head.subarray(start, end), sizeAt + 8);
  const at = sizeAt + 8 + size;
  made.set([...DURATION, 0x88], at);
  made.set(head.subarray(end), at + ENTRY);
  return { head: made, at: at + 3 };
}

/** In the unit of the file, a millisecond unless it says otherwise; recorders do not. */
export function durationBytes(ms: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, ms);
  return bytes;
}

/** Eight bytes, all zero. */
const isEmpty = (bytes: Uint8Array, entry: number, end: number): boolean =>
  entry + ENTRY <= end && bytes[entry + 2] === 0x88 && bytes.subarray(entry + 3, entry + ENTRY).every((value) => value === 0);

function find(bytes: Uint8Array, what: readonly number[], from: number, to: number): number {
  for (let i = from; i + what.length <= to; i++) if (what.every((value, k) => bytes[i + k] === value)) return i;
  return -1;
}

function number(bytes: Uint8Array, at: number, length: number): number {
  let value = (bytes[at] ?? 0) & (0xff >> length);
  for (let i = 1; i < length; i++) value = value * 256 + (bytes[at + i] ?? 0);
  return value;
}
