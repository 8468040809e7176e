/**
 * Which session descriptions may be passed on. Not a parser of media: it holds the text to the size
 * and alphabet of SDP (RFC 8866), to one certificate (RFC 8122, RFC 8842) and to candidates that may
 * be passed on; what the browsers negotiate beyond that is between them (RFC 9429).
 */
import { MAX_CANDIDATES_PER_GENERATION, MAX_SDP_BYTES, MAX_SDP_LINES, MAX_SDP_LINE_LENGTH } from '../protocol/limits.js';
import { isAcceptableCandidate, type CandidateRules } from './candidates.js';
import { Refusal } from './refusal.js';

/** Control characters and halves of surrogate pairs never occur in what a browser writes. */
const FORBIDDEN = /[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f]|\p{Surrogate}/u;
const LINE = /^[a-z]=/;
const MEDIA_LINE = /^m=[a-z]+ (\d{1,5})(?:\/\d+)? [A-Za-z0-9/]+ .+$/;
/** Length of each hash in bytes. Others are too weak, or not what a browser makes. */
const HASHES = new Map([
  ['sha-256', 32],
  ['sha-384', 48],
  ['sha-512', 64],
]);
/** The one that every browser makes and knows; what the safety of a call is told by. */
const FORWARDED_HASH = 'sha-256';
const CANDIDATE_ATTRIBUTE = 'a=candidate:';
const FINGERPRINT_ATTRIBUTE = 'a=fingerprint:';

interface Section {
  /** By hash function: one certificate may be told by several (RFC 8122, section 5.1). */
  readonly fingerprints: Map<string, string>;
  /** Port zero: the m-line is refused, unless it rides on another one's transport (`bundle-only`). */
  readonly port: number;
  mid: string | undefined;
  bundleOnly: boolean;
}

/** The description to pass on: as it came, without candidates that may not be passed on and without a second name for the certificate. Throws a refusal. */
export function checkedSdp(sdp: string, rules: CandidateRules): string {
  if (Buffer.byteLength(sdp) > MAX_SDP_BYTES || FORBIDDEN.test(sdp)) throw new Refusal('BAD_PAYLOAD');
  const lines = sdp.split(/\r\n|\r|\n/);
  if (lines.at(-1) === '') lines.pop();
  if (lines.length > MAX_SDP_LINES || lines.some((line) => line.length > MAX_SDP_LINE_LENGTH)) throw new Refusal('BAD_PAYLOAD');
  if (lines[0] !== 'v=0' || !lines.every((line) => LINE.test(line))) throw new Refusal('SDP_REJECTED');
  checkCertificates(lines);
  return `${withoutRefusedCandidates(lines.filter(isForwarded), rules).join('\r\n')}\r\n`;
}

function checkCertificates(lines: readonly string[]): void {
  const session: Section = { fingerprints: new Map(), port: 0, mid: undefined, bundleOnly: false };
  const media: Section[] = [];
  const bundles: string[][] = [];
  let section = session;
  for (const line of lines) {
    if (line.startsWith('m=')) {
      const port = MEDIA_LINE.exec(line)?.[1];
      if (port === undefined || Number(port) > 65_535) throw new Refusal('SDP_REJECTED');
      section = { fingerprints: new Map(), port: Number(port), mid: undefined, bundleOnly: false };
      media.push(section);
    } else if (line.startsWith(FINGERPRINT_ATTRIBUTE)) addFingerprint(section, line);
    else if (line.startsWith('a=mid:')) section.mid = line.slice('a=mid:'.length);
    else if (line === 'a=bundle-only') section.bundleOnly = true;
    else if (line.startsWith('a=group:BUNDLE ')) bundles.push(line.slice('a=group:BUNDLE '.length).split(' '));
  }
  if (media.length === 0) throw new Refusal('SDP_REJECTED');
  const all = [session, ...media];
  const sets = all.flatMap(({ fingerprints }) => (fingerprints.size > 0 ? [[...fingerprints.values()].sort().join()] : []));
  if (new Set(sets).size > 1) throw new Refusal('SDP_REJECTED');
  if (all.some(({ fingerprints }) => fingerprints.size > 0 && !fingerprints.has(FORWARDED_HASH)))
    throw new Refusal('SDP_REJECTED');
  const covered = (one: Section): boolean => one.fingerprints.size > 0 || session.fingerprints.size > 0;
  for (const one of media) {
    if (covered(one) || (one.port === 0 && !one.bundleOnly)) continue;
    // A bundled m-line may leave transport attributes to the one that carries the bundle (RFC 9143).
    const bundle = bundles.find((mids) => one.mid !== undefined && mids.includes(one.mid));
    const carried =
      bundle !== undefined && media.some((other) => other.mid !== undefined && bundle.includes(other.mid) && covered(other));
    if (!carried) throw new Refusal('SDP_REJECTED');
  }
}

/** `a=fingerprint:<hash> <hex pairs>`, spelt one way, so that equal certificates compare equal; one for each hash function. */
function addFingerprint({ fingerprints }: Section, line: string): void {
  const [name = '', value = '', ...rest] = line.slice(FINGERPRINT_ATTRIBUTE.length).trimEnd().split(' ');
  const hash = name.toLowerCase();
  const bytes = HASHES.get(hash);
  if (bytes === undefined || rest.length > 0) throw new Refusal('SDP_REJECTED');
  if (value.length !== bytes * 3 - 1 || !/^[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2})*$/.test(value)) throw new Refusal('SDP_REJECTED');
  if (fingerprints.has(hash)) throw new Refusal('SDP_REJECTED');
  fingerprints.set(hash, `${hash} ${value.toUpperCase()}`);
}

/** Others see one value for a certificate, whatever its owner's engine writes. Called when all lines are checked. */
function isForwarded(line: string): boolean {
  if (!line.startsWith(FINGERPRINT_ATTRIBUTE)) return true;
  return line.slice(FINGERPRINT_ATTRIBUTE.length).toLowerCase().startsWith(`${FORWARDED_HASH} `);
}

/**
 * A later offer of a browser repeats the candidates it has found. One that may not be passed on is
 * left out instead of failing the description: the call works without it.
 */
function withoutRefusedCandidates(lines: readonly string[], rules: CandidateRules): readonly string[] {
  let count = 0;
  return lines.filter((line) => {
    if (line.startsWith('m=')) count = 0;
    if (!line.startsWith(CANDIDATE_ATTRIBUTE)) return true;
    count += 1;
    return count <= MAX_CANDIDATES_PER_GENERATION && isAcceptableCandidate(line.slice('a='.length), rules);
  });
}
