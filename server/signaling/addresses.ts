/**
 * Whose request it is, seen through the proxies the operator named and no others, and the key its
 * counters are kept under. Whole addresses stay in here and in the counters; they are not logged.
 */
import { isIPv6 } from 'node:net';
import type { IncomingMessage } from 'node:http';
import proxyAddr from '@fastify/proxy-addr';
import type { CheckReply } from '../protocol/events.js';

export type AddressKey = string | undefined;

export interface AddressSettings {
  /** Addresses or CIDR ranges of proxies whose X-Forwarded-For is believed. */
  readonly trustProxy: readonly string[];
  /** On a developer's machine everybody is 127.0.0.1: counting them as one visitor would only get in the way. */
  readonly exemptLoopback: boolean;
}

/** Who connects directly are a few proxies, or strangers whose verdict is not worth keeping. */
const MOST_PEERS = 256;
const KEY = Symbol('address');

/** Makes the function that finds the counter key of a request; `undefined` means "not counted". */
export function createAddressReader({ trustProxy, exemptLoopback }: AddressSettings): (request: IncomingMessage) => AddressKey {
  const addressOf = createAddressOf(trustProxy);
  return (request: IncomingMessage & { [KEY]?: { readonly key: AddressKey } }) => {
    // Asked at the gate and again when the line is there.
    const known = request[KEY];
    if (known !== undefined) return known.key;
    const key = addressKey(addressOf(request));
    const counted = exemptLoopback && isLoopback(key) ? undefined : key;
    request[KEY] = { key: counted };
    return counted;
  };
}

function createAddressOf(trustProxy: readonly string[]): (request: IncomingMessage) => string {
  const peerOf = ({ socket }: IncomingMessage): string => socket.remoteAddress ?? '';
  if (trustProxy.length === 0) return peerOf;
  const trust = proxyAddr.compile([...trustProxy]);
  const trusted = new Map<string, boolean>();
  return (request) => {
    const peer = peerOf(request);
    let isProxy = trusted.get(peer);
    if (isProxy === undefined) {
      isProxy = trust(peer, 0);
      if (trusted.size >= MOST_PEERS) trusted.clear();
      trusted.set(peer, isProxy);
    }
    if (!isProxy) return peer;
    const forwarded = request.headers['x-forwarded-for'];
    // One proxy has one address to tell, which is nearly always so.
    if (typeof forwarded === 'string' && forwarded !== '' && !/[\s,]/.test(forwarded)) return forwarded;
    return proxyAddr(request, trust) ?? peer;
  };
}

/** Whether a proxy says for whom it asks, and whether it is believed. */
export function createForwardingReader(trustProxy: readonly string[]): (request: IncomingMessage) => CheckReply['forwarding'] {
  const trust = proxyAddr.compile([...trustProxy]);
  return ({ headers, socket }) => {
    if (headers['x-forwarded-for'] === undefined && headers.forwarded === undefined && headers['x-real-ip'] === undefined)
      return 'none';
    return trust(socket.remoteAddress ?? '', 0) ? 'believed' : 'ignored';
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
