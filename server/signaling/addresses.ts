/**
 * Whose request it is, seen through the proxies the operator named and no others, and the key its
 * counters are kept under. Whole addresses stay in here and in the counters; they are not logged.
 */
import { isIPv6 } from 'node:net';
import type { IncomingMessage } from 'node:http';
import proxyAddr from '@fastify/proxy-addr';

export type AddressKey = string | undefined;

export interface AddressSettings {
  /** Addresses or CIDR ranges of proxies whose X-Forwarded-For is believed. */
  readonly trustProxy: readonly string[];
  /** On a developer's machine everybody is 127.0.0.1: counting them as one visitor would only get in the way. */
  readonly exemptLoopback: boolean;
}

/** Makes the function that finds the counter key of a request; `undefined` means "not counted". */
export function createAddressReader({ trustProxy, exemptLoopback }: AddressSettings): (request: IncomingMessage) => AddressKey {
  const trust = proxyAddr.compile([...trustProxy]);
  // Asked at the gate and again when the line is there.
  const known = new WeakMap<IncomingMessage, AddressKey>();
  return (request) => {
    if (known.has(request)) return known.get(request);
    const key = addressKey(proxyAddr(request, trust) ?? request.socket.remoteAddress ?? '');
    const counted = exemptLoopback && isLoopback(key) ? undefined : key;
    known.set(request, counted);
    return counted;
  };
}

/** IPv4 as it is; IPv6 by its /64, because one household owns all of that. */
export function addressKey(address: string): string {
  if (!address.includes(':')) return address;
  const plain = address.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address.replace(/%.*$/, '');
  if (!isIPv6(plain)) return plain;
  const [head = '', tail] = plain.split('::', 2);
  const first = head === '' ? [] : head.split(':');
  const last = tail === undefined || tail === '' ? [] : tail.split(':');
  const middle = tail === undefined ? [] : Array.from({ length: 8 - first.length - last.length }, () => '0');
  const groups = [...first, ...middle, ...last].map((group) => Number.parseInt(group, 16).toString(16));
  if (groups.slice(0, 7).every((group) => group === '0') && groups[7] === '1') return '::1';
  return `${groups.slice(0, 4).join(':')}::/64`;
}

function isLoopback(key: string): boolean {
  return key === '::1' || key.startsWith('127.');
}
