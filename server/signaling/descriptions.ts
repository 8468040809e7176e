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
const CANDIDATE_ATTRIBUTE = 'a=candidate:';

interface Section {
  readonly fingerprints: string[];
  /** Port zero: the m-line is refused, unless it rides on another one's transport (`bundle-only`). */
  readonly port: number;
  mid: string | undefined;
  bundleOnly: boolean;
}

/** The description to pass on: as it came, without candidates that may not be passed on. Throws a refusal. */
export function checkedSdp(sdp: string, rules: CandidateRules): string {
  if (Buffer.byteLength(sdp) > MAX_SDP_BYTES || FORBIDDEN.test(sdp)) throw new Refusal('BAD_PAYLOAD');
  const lines = sdp.split(/\r\n|\r|\n/);
  if (lines.at(-1) === '') lines.pop();
  if (lines.length > MAX_SDP_LINES || lines.some((line) => line.length > MAX_SDP_LINE_LENGTH)) throw new Refusal('BAD_PAYLOAD');
  if (lines[0] !== 'v=0' || !lines.every((line) => LINE.test(line))) throw new Refusal('SDP_REJECTED');
  checkCertificates(lines);
  return `${withoutRefusedCandidates(lines, rules).join('\r\n')}\r\n`;
}

function checkCertificates(lines: readonly string[]): void {
  const session: Section = { fingerprints: [], port: 0, mid: undefined, bundleOnly: false };
  const media: Section[] = [];
  const bundles: string[][] = [];
  let section = session;
  for (const line of lines) {
    if (line.startsWith('m=')) {
      const port = MEDIA_LINE.exec(line)?.[1];
      if (port === undefined || Number(port) > 65_535) throw new Refusal('SDP_REJECTED');
      section = { fingerprints: [], port: Number(port), mid: undefined, bundleOnly: false };
      media.push(section);
    } else if (line.startsWith('a=fingerprint:')) section.fingerprints.push(fingerprintOf(line));
    else if (line.startsWith('a=mid:')) section.mid = line.slice('a=mid:'.length);
    else if (line === 'a=bundle-only') section.bundleOnly = true;
    else if (line.startsWith('a=group:BUNDLE ')) bundles.push(line.slice('a=group:BUNDLE '.length).split(' '));
  }
  if (media.length === 0) throw new Refusal('SDP_REJECTED');
  const all = [session, ...media];
  if (all.some(({ fingerprints }) => fingerprints.length > 1)) throw new Refusal('SDP_REJECTED');
  if (new Set(all.flatMap(({ fingerprints }) => fingerprints)).size > 1) throw new Refusal('SDP_REJECTED');
  const covered = (one: Section): boolean => one.fingerprints.length === 1 || session.fingerprints.length === 1;
  for (const one of media) {
    if (covered(one) || (one.port === 0 && !one.bundleOnly)) continue;
    // A bundled m-line may leave transport attributes to the one that carries the bundle (RFC 9143).
    const bundle = bundles.find((mids) => one.mid !== undefined && mids.includes(one.mid));
    const carried =
      bundle !== undefined && media.some((other) => other.mid !== undefined && bundle.includes(other.mid) && covered(other));
    if (!carried) throw new Refusal('SDP_REJECTED');
  }
}

/** `a=fingerprint:<hash> <hex pairs>`, spelt one way, so that equal certificates compare equal. */
function fingerprintOf(line: string): string {
  const [hash = '', value = '', ...rest] = line.slice('a=fingerprint:'.length).trimEnd().split(' ');
  const bytes = HASHES.get(hash.toLowerCase());
  if (bytes === undefined || rest.length > 0) throw new Refusal('SDP_REJECTED');
  if (value.length !== bytes * 3 - 1 || !/^[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2})*$/.test(value)) throw new Refusal('SDP_REJECTED');
  return `${hash.toLowerCase()} ${value.toUpperCase()}`;
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
