/**
 * The logger the parts of the server write to: whatever they hand over, a room becomes a label that
 * changes every day, an address loses its end, and what belongs to people does not get through.
 */
import { createHmac, randomBytes } from 'node:crypto';
import type { Log } from './log.js';

/** Never in a line, wherever it comes from. */
const FORBIDDEN = new Set([
  'auth',
  'authorization',
  'avatarUrl',
  'candidate',
  'candidates',
  'credential',
  'description',
  'displayName',
  'externalId',
  'password',
  'payload',
  'query',
  'request',
  'resume',
  'resumeToken',
  'sdp',
  'secret',
  'signal',
  'token',
  'url',
  'username',
]);
const DAY_MS = 86_400_000;

export function privateLog(log: Log, now: () => number = Date.now): Log {
  const label = createRoomLabel(now);
  const clean = (data: object): object => {
    const result: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(data)) {
      if (FORBIDDEN.has(key)) continue;
      if (key === 'room' && typeof value === 'string') result[key] = label(value);
      else if (key === 'address' && typeof value === 'string') result[key] = networkOf(value);
      else result[key] = value;
    }
    return result;
  };
  return {
    debug: (data, message) => {
      if (writes(log, 'debug')) log.debug(clean(data), message);
    },
    info: (data, message) => {
      if (writes(log, 'info')) log.info(clean(data), message);
    },
    warn: (data, message) => log.warn(clean(data), message),
    error: (data, message) => log.error(clean(data), message),
  };
}

/** Cleaning what nobody will read would cost every join. */
function writes(log: Log & { isLevelEnabled?(level: string): boolean }, level: string): boolean {
  return log.isLevelEnabled?.(level) ?? true;
}

/** The same label for a room all day, and another one tomorrow. The key is never kept, so no label leads back. */
export function createRoomLabel(now: () => number): (room: string) => string {
  let day = -1;
  let key = Buffer.alloc(0);
  return (room) => {
    const today = Math.floor(now() / DAY_MS);
    if (today !== day) {
      day = today;
      key = randomBytes(32);
    }
    return createHmac('sha256', key).update(room).digest('base64url').slice(0, 12);
  };
}

/** The network somebody comes from: /24, or /48 for IPv6. */
export function networkOf(address: string): string {
  const v4 = /(?<!\d)(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/.exec(address);
  if (v4 !== null) return `${v4[1]}.0/24`;
  return `${address.split(':').slice(0, 3).join(':')}::/48`;
}
