/**
 * What the operator should hear once, not a thousand times: that a site is missing from the list, that a proxy is not
 * believed, that a limit is answered. A sentence with the setting to change; no visitor's address, no name.
 */
import type { IncomingMessage } from 'node:http';
import { BlockList, isIPv6 } from 'node:net';
import type { Log } from '../log.js';
import { networkOf } from '../private-log.js';

const INNER = new BlockList();
for (const [address, prefix] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
  ['169.254.0.0', 16],
] as const)
  INNER.addSubnet(address, prefix);
INNER.addAddress('::1', 'ipv6');
INNER.addSubnet('fc00::', 7, 'ipv6');
INNER.addSubnet('fe80::', 10, 'ipv6');

/** Strangers choose what stands in the Origin header: as many as an operator would read. */
const MOST_ORIGINS = 20;
const LONGEST_ORIGIN = 100;
/** A limit that is answered every day is worth a line a day. */
const AGAIN_MS = 86_400_000;

export class OperatorHints {
  readonly #log: Log;
  readonly #forwarding: (request: IncomingMessage) => string;
  readonly #origins = new Set<string>();
  readonly #limits = new Map<string, number>();
  readonly #now: () => number;
  #proxyNamed = false;

  constructor(log: Log, forwarding: (request: IncomingMessage) => string, now: () => number = Date.now) {
    this.#log = log;
    this.#forwarding = forwarding;
    this.#now = now;
  }

  origin(origin: string | undefined): void {
    const named = origin ?? 'none';
    if (this.#origins.has(named) || this.#origins.size >= MOST_ORIGINS || named.length > LONGEST_ORIGIN) return;
    this.#origins.add(named);
    const advice =
      origin === undefined
        ? 'a client that is no browser was refused: ALLOW_NO_ORIGIN=true lets those in'
        : `pages of ${origin} were refused: if that site is yours, add it to ALLOWED_ORIGINS`;
    this.#log.warn({ event: 'hint', setting: origin === undefined ? 'ALLOW_NO_ORIGIN' : 'ALLOWED_ORIGINS' }, advice);
  }

  limit(setting: string): void {
    const last = this.#limits.get(setting);
    if (last !== undefined && this.#now() - last < AGAIN_MS) return;
    this.#limits.set(setting, this.#now());
    this.#log.warn(
      { event: 'hint', setting },
      `a limit was answered and somebody refused: if those are your visitors, raise ${setting} (docs/self-hosting.md)`,
    );
  }

  /**
   * On the first request that a proxy passed on, where no proxy is believed. An address of an inner network is the
   * operator's own; one of the internet may be a visitor's who made the header up, so only its network is named.
   */
  proxy(request: IncomingMessage): void {
    if (this.#proxyNamed || this.#forwarding(request) !== 'ignored') return;
    this.#proxyNamed = true;
    const peer = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
    const inside = INNER.check(peer, isIPv6(peer) ? 'ipv6' : 'ipv4');
    this.#log.warn(
      { event: 'hint', setting: 'TRUST_PROXY' },
      inside
        ? `requests come through a proxy at ${peer} that is not believed, so all visitors share the limits of one: if it is yours, set TRUST_PROXY=${peer}`
        : `requests come through a proxy in ${networkOf(peer)} that is not believed, so all visitors share the limits of one: if it is yours, set TRUST_PROXY to its address`,
    );
  }
}
