/**
 * Which ICE candidates may be passed on. Browsers try whatever they are given, so a candidate is a
 * way to make somebody else's browser knock at an address: names are not resolved for anybody,
 * well-known ports and places no peer can be at are refused. Grammar: RFC 8839, RFC 6544.
 */
import { isIP, isIPv4 } from 'node:net';
import { MAX_CANDIDATE_BYTES } from '../protocol/limits.js';

export interface CandidateRules {
  /** Two browsers on one machine without a network have nothing but 127.0.0.1: development and tests. */
  readonly allowLoopback: boolean;
}

/** Foundation, component, transport, priority, address, port, type, extensions as names and values in turn. One pass: this runs for every candidate. */
const GRAMMAR =
  /^candidate:[A-Za-z0-9+/]{1,32} [12] (\S+) (\d{1,10}) (\S+) (\d{1,5}) typ (\S+)((?: [\x21-\x7e]+ [\x21-\x7e]+)*)$/;
const TYPES = new Set(['host', 'srflx', 'prflx', 'relay']);
const TCP_TYPES = new Set(['active', 'passive', 'so']);
/** What a browser makes of its address when it hides it: one label under `.local`, resolved by multicast only. */
const MDNS_NAME = /^[A-Za-z0-9-]{1,63}\.local$/;
/** Relays and servers on these are real; everything else below 1024 is somebody's service. */
const LOW_PORTS = new Set([80, 443, 3478]);
/** RFC 6544: an active TCP candidate opens the connection itself, and says port 9 (discard) for want of one. */
const DISCARD_PORT = 9;

/** An empty candidate ends the candidates of its m-line and is always fine. */
export function isAcceptableCandidate(candidate: string, rules: CandidateRules): boolean {
  if (candidate === '') return true;
  if (Buffer.byteLength(candidate) > MAX_CANDIDATE_BYTES || !candidate.startsWith('candidate:')) return false;
  const [, transport = '', priority, address = '', port, type = '', extensions = ''] = GRAMMAR.exec(candidate.trimEnd()) ?? [];
  if (!TYPES.has(type) || Number(priority) > 0xffff_ffff) return false;
  return isAcceptableTarget(transport, address, Number(port), extensions.split(' '), rules);
}

function isAcceptableTarget(
  transport: string,
  address: string,
  port: number,
  extensions: readonly string[],
  rules: CandidateRules,
): boolean {
  const relatedAddress = valueOf(extensions, 'raddr');
  if (relatedAddress !== undefined && isIP(relatedAddress) === 0 && !MDNS_NAME.test(relatedAddress)) return false;
  const protocol = transport.toLowerCase();
  if (protocol === 'tcp') {
    const tcpType = valueOf(extensions, 'tcptype');
    if (tcpType === undefined || !TCP_TYPES.has(tcpType)) return false;
    // Nobody connects to an active candidate, so its port aims at nothing.
    if (tcpType === 'active' ? port !== DISCARD_PORT && port !== 0 && !isAcceptablePort(port) : !isAcceptablePort(port))
      return false;
  } else if (protocol !== 'udp' || !isAcceptablePort(port)) return false;
  return isAcceptableAddress(address, rules);
}

function isAcceptablePort(port: number): boolean {
  return port <= 65_535 && (port >= 1_024 || LOW_PORTS.has(port));
}

function isAcceptableAddress(address: string, rules: CandidateRules): boolean {
  const version = isIP(address);
  if (version === 0) return MDNS_NAME.test(address);
  const v4 = version === 4 ? address : embeddedV4(address);
  if (v4 !== undefined) {
    const first = Number.parseInt(v4, 10);
    if (first === 127) return rules.allowLoopback;
    // "This network", multicast, reserved and broadcast: no peer is there.
    return first !== 0 && first < 224;
  }
  const groups = canonicalV6(address);
  if (groups === '::1') return rules.allowLoopback;
  return groups !== '::' && !groups.startsWith('ff');
}

/** The address as the URL standard writes it: lower case, shortest form. */
function canonicalV6(address: string): string {
  return new URL(`http://[${address.split('%', 1)[0]}]`).hostname.slice(1, -1);
}

/** `::ffff:127.0.0.1` is 127.0.0.1 in disguise, however it is spelt. */
function embeddedV4(address: string): string | undefined {
  const match = /^::(?:ffff:)?([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(canonicalV6(address));
  if (match === null) return undefined;
  const [high = 0, low = 0] = match.slice(1).map((group) => Number.parseInt(group, 16));
  const v4 = `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
  return isIPv4(v4) ? v4 : undefined;
}

/** Names and values in turn, after the empty word before the first space; the first of a name counts. */
function valueOf(extensions: readonly string[], name: string): string | undefined {
  for (let index = 1; index < extensions.length; index += 2) if (extensions[index] === name) return extensions[index + 1];
  return undefined;
}
