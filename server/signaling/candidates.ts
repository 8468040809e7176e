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

const FOUNDATION = /^[A-Za-z0-9+/]{1,32}$/;
const NUMBER = /^\d{1,10}$/;
const TYPES = new Set(['host', 'srflx', 'prflx', 'relay']);
const TCP_TYPES = new Set(['active', 'passive', 'so']);
/** What a browser makes of its address when it hides it: one label under `.local`, resolved by multicast only. */
const MDNS_NAME = /^[A-Za-z0-9-]{1,63}\.local$/;
const EXTENSION = /^[\x21-\x7e]+$/;
/** Relays and servers on these are real; everything else below 1024 is somebody's service. */
const LOW_PORTS = new Set([80, 443, 3478]);
/** RFC 6544: an active TCP candidate opens the connection itself, and says port 9 (discard) for want of one. */
const DISCARD_PORT = 9;

/** An empty candidate ends the candidates of its m-line and is always fine. */
export function isAcceptableCandidate(candidate: string, rules: CandidateRules): boolean {
  if (candidate === '') return true;
  if (Buffer.byteLength(candidate) > MAX_CANDIDATE_BYTES || !candidate.startsWith('candidate:')) return false;
  const [foundation, component, transport, priority, address, port, typ, type, ...rest] = candidate
    .slice('candidate:'.length)
    .trimEnd()
    .split(' ');
  if (foundation === undefined || !FOUNDATION.test(foundation)) return false;
  if (component !== '1' && component !== '2') return false;
  if (priority === undefined || !NUMBER.test(priority) || Number(priority) > 0xffff_ffff) return false;
  if (typ !== 'typ' || type === undefined || !TYPES.has(type)) return false;
  const extensions = pairs(rest);
  if (extensions === undefined) return false;
  return isAcceptableTarget(transport, address, port, extensions, rules);
}

function isAcceptableTarget(
  transport: string | undefined,
  address: string | undefined,
  port: string | undefined,
  extensions: ReadonlyMap<string, string>,
  rules: CandidateRules,
): boolean {
  if (address === undefined || port === undefined || !/^\d{1,5}$/.test(port)) return false;
  const relatedAddress = extensions.get('raddr');
  if (relatedAddress !== undefined && isIP(relatedAddress) === 0 && !MDNS_NAME.test(relatedAddress)) return false;
  const protocol = transport?.toLowerCase();
  const number = Number(port);
  if (protocol === 'tcp') {
    const tcpType = extensions.get('tcptype');
    if (tcpType === undefined || !TCP_TYPES.has(tcpType)) return false;
    // Nobody connects to an active candidate, so its port aims at nothing.
    if (tcpType === 'active' ? number !== DISCARD_PORT && number !== 0 && !isAcceptablePort(number) : !isAcceptablePort(number))
      return false;
  } else if (protocol !== 'udp' || !isAcceptablePort(number)) return false;
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
    const first = Number(v4.split('.', 1)[0]);
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
  return new URL(`http://[${address.replace(/%.*$/, '')}]`).hostname.slice(1, -1);
}

/** `::ffff:127.0.0.1` is 127.0.0.1 in disguise, however it is spelt. */
function embeddedV4(address: string): string | undefined {
  const match = /^::(?:ffff:)?([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(canonicalV6(address));
  if (match === null) return undefined;
  const [high = 0, low = 0] = match.slice(1).map((group) => Number.parseInt(group, 16));
  const v4 = `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
  return isIPv4(v4) ? v4 : undefined;
}

/** Extensions come as names and values in turn; a value may be empty (`ufrag` before a restart never is). */
function pairs(words: readonly string[]): ReadonlyMap<string, string> | undefined {
  if (words.length % 2 !== 0) return undefined;
  const result = new Map<string, string>();
  for (let index = 0; index < words.length; index += 2) {
    const name = words[index] ?? '';
    const value = words[index + 1] ?? '';
    if (!EXTENSION.test(name) || !EXTENSION.test(value)) return undefined;
    if (!result.has(name)) result.set(name, value);
  }
  return result;
}
