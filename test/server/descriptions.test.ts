/** Which session descriptions and candidates are passed on: those of real browsers, and not the others. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { isAcceptableCandidate } from '../../server/signaling/candidates.js';
import { checkedSdp } from '../../server/signaling/descriptions.js';
import { Refusal } from '../../server/signaling/refusal.js';

/** Recorded from the browsers themselves: bundled, with a stopped transceiver, renegotiated, unbundled. */
interface Recording {
  readonly offer: string;
  readonly answer: string;
  readonly reoffer: string;
  readonly reanswer: string;
  readonly balanced: string;
  readonly cands: readonly ({ readonly candidate: string } | null)[];
}

function recorded(browser: string): Recording {
  return JSON.parse(readFileSync(new URL(`./descriptions/${browser}.json`, import.meta.url), 'utf8')) as Recording;
}

const STRICT = { allowLoopback: false };
const FINGERPRINT = `sha-256 ${Array.from({ length: 32 }, () => 'AB').join(':')}`;
const OTHER = FINGERPRINT.replace('AB', 'CD');

interface Section {
  readonly port?: number;
  readonly lines?: readonly string[];
}

function sdp(session: readonly string[], ...media: readonly Section[]): string {
  const sections = media.flatMap(({ port = 9, lines = [] }, index) => [
    `m=audio ${port} UDP/TLS/RTP/SAVPF 111`,
    'c=IN IP4 0.0.0.0',
    `a=mid:${index}`,
    ...lines,
  ]);
  return [...['v=0', 'o=- 1 2 IN IP4 127.0.0.1', 's=-', 't=0 0'], ...session, ...sections, ''].join('\r\n');
}

function verdict(text: string, rules = STRICT): string {
  try {
    checkedSdp(text, rules);
    return 'ok';
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

describe('session descriptions', () => {
  for (const browser of ['chromium', 'firefox']) {
    for (const [name, text] of Object.entries(recorded(browser)).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    )) {
      it(`passes on the ${name} of ${browser} as it came`, () => assert.equal(checkedSdp(text, STRICT), text));
    }
  }

  const fp = `a=fingerprint:${FINGERPRINT}`;
  const hashed = (hash: string, bytes: number, byte = '0f'): string =>
    `a=fingerprint:${hash} ${Array.from({ length: bytes }, () => byte).join(':')}`;
  /** As aiortc and others write it: one certificate, three hash functions. */
  const all = [fp, hashed('sha-384', 48), hashed('sha-512', 64)];
  const table: readonly (readonly [string, string, string])[] = [
    ['with a fingerprint for the session', sdp([fp], {}, {}), 'ok'],
    ['with the same fingerprint in each m-line', sdp([], { lines: [fp] }, { lines: [fp] }), 'ok'],
    [
      'with the same fingerprint in the session and an m-line, spelt in lower case',
      sdp([fp], { lines: [fp.toLowerCase()] }),
      'ok',
    ],
    ['with a refused m-line that has none', sdp([], { lines: [fp] }, { port: 0 }), 'ok'],
    [
      'with bundled m-lines that leave it to the first',
      sdp(['a=group:BUNDLE 0 1'], { lines: [fp] }, { port: 0, lines: ['a=bundle-only'] }),
      'ok',
    ],
    ['with line ends of one letter', sdp([fp], {}).replaceAll('\r\n', '\n'), 'ok'],
    ['with one fingerprint for each hash function', sdp([], { lines: [...all] }, { lines: [...all].reverse() }), 'ok'],
    ['with a fingerprint for each hash function in the session', sdp(all, {}, {}), 'ok'],
    ['without SHA-256 among its fingerprints', sdp([], { lines: all.slice(1) }), 'SDP_REJECTED'],
    ['with two fingerprints of one hash function', sdp([], { lines: [...all, all[2] ?? ''] }), 'SDP_REJECTED'],
    ['with two fingerprints of one hash function, spelt differently', sdp([fp, fp.replace('sha', 'SHA')], {}), 'SDP_REJECTED'],
    ['with fewer fingerprints in one section', sdp([], { lines: all }, { lines: all.slice(0, 2) }), 'SDP_REJECTED'],
    [
      'with another SHA-384 in one section',
      sdp([], { lines: all }, { lines: [fp, hashed('sha-384', 48, 'EF'), all[2] ?? ''] }),
      'SDP_REJECTED',
    ],
    ['with SHA-1 beside SHA-256', sdp([fp, hashed('sha-1', 20)], {}), 'SDP_REJECTED'],
    ['without any fingerprint', sdp([], {}), 'SDP_REJECTED'],
    ['with an m-line in no bundle that has none', sdp([], { lines: [fp] }, {}), 'SDP_REJECTED'],
    [
      'with a bundle-only m-line outside the bundle',
      sdp(['a=group:BUNDLE 0'], { lines: [fp] }, { port: 0, lines: ['a=bundle-only'] }),
      'SDP_REJECTED',
    ],
    ['with two fingerprints in an m-line', sdp([], { lines: [fp, fp] }), 'SDP_REJECTED'],
    ['with two fingerprints for the session', sdp([fp, fp], {}), 'SDP_REJECTED'],
    [
      'with different fingerprints in its m-lines',
      sdp([], { lines: [fp] }, { lines: [`a=fingerprint:${OTHER}`] }),
      'SDP_REJECTED',
    ],
    ['with different fingerprints in session and m-line', sdp([fp], { lines: [`a=fingerprint:${OTHER}`] }), 'SDP_REJECTED'],
    [
      'with a different fingerprint in a refused m-line',
      sdp([fp], {}, { port: 0, lines: [`a=fingerprint:${OTHER}`] }),
      'SDP_REJECTED',
    ],
    ['with SHA-1', sdp([`a=fingerprint:sha-1 ${Array.from({ length: 20 }, () => 'AB').join(':')}`], {}), 'SDP_REJECTED'],
    ['with a fingerprint of the wrong length', sdp([fp.slice(0, -3)], {}), 'SDP_REJECTED'],
    ['with a fingerprint that is not hexadecimal', sdp([fp.replace('AB', 'XY')], {}), 'SDP_REJECTED'],
    ['without any m-line', sdp([fp]), 'SDP_REJECTED'],
    ['that does not begin like one', `x${sdp([fp], {})}`, 'SDP_REJECTED'],
    ['that is no description', 'hello', 'SDP_REJECTED'],
    ['with a line that is none', sdp([fp], { lines: ['nonsense'] }), 'SDP_REJECTED'],
    ['with a malformed m-line', sdp([fp], {}).replace('m=audio 9', 'm=audio nine'), 'SDP_REJECTED'],
    ['with a port that cannot be', sdp([fp], { port: 65_536 }), 'SDP_REJECTED'],
    ['with a NUL', sdp([fp, 'a=x:\u0000'], {}), 'BAD_PAYLOAD'],
    ['with a control character', sdp([fp, 'a=x:\u001b[2J'], {}), 'BAD_PAYLOAD'],
    ['with half a surrogate pair', sdp([fp, 'a=x:\ud800'], {}), 'BAD_PAYLOAD'],
    ['with a line of 2,049 characters', sdp([fp, `a=${'x'.repeat(2_047)}`], {}), 'BAD_PAYLOAD'],
    ['with a line of 2,048 characters', sdp([fp, `a=${'x'.repeat(2_046)}`], {}), 'ok'],
    ['with 2,001 lines', sdp([fp, ...Array.from({ length: 2_001 }, () => 'a=x')], {}), 'BAD_PAYLOAD'],
    ['of more than 64 KiB', sdp([fp, ...Array.from({ length: 600 }, () => `a=${'é'.repeat(60)}`)], {}), 'BAD_PAYLOAD'],
  ];
  for (const [what, text, code] of table) {
    it(`${code === 'ok' ? 'passes on' : `refuses (${code})`} one ${what}`, () => assert.equal(verdict(text), code));
  }

  it('row 85: passes the SHA-256 of a certificate on, and no other name of it', () => {
    const text = checkedSdp(sdp([], { lines: [...all].reverse() }, { lines: all }), STRICT);
    assert.deepEqual(text.match(/^a=fingerprint:.*$/gm), [fp, fp]);
  });

  it('leaves candidates out that may not be passed on, and keeps the rest', () => {
    const good = 'a=candidate:1 1 udp 2122260223 192.168.1.7 50000 typ host generation 0';
    const bad = 'a=candidate:2 1 udp 2122260223 intranet.example 80 typ host';
    const result = checkedSdp(sdp([fp], { lines: [good, bad, 'a=end-of-candidates'] }), STRICT);
    assert.ok(result.includes(good));
    assert.ok(!result.includes('intranet'));
    assert.ok(result.includes('a=end-of-candidates'));
  });
});

describe('candidates', () => {
  for (const browser of ['chromium', 'firefox']) {
    for (const entry of recorded(browser).cands) {
      if (entry !== null)
        it(`passes on "${entry.candidate}" of ${browser}`, () =>
          assert.equal(isAcceptableCandidate(entry.candidate, STRICT), true));
    }
  }

  const host = (address: string, port: number | string = 50_000, rest = 'typ host', transport = 'udp') =>
    `candidate:1 1 ${transport} 2122260223 ${address} ${port} ${rest}`;
  const table: readonly (readonly [string, boolean])[] = [
    ['', true],
    [host('192.168.1.7'), true],
    [host('203.0.113.9', 50_000, 'typ srflx raddr 0.0.0.0 rport 0 generation 0 ufrag abcd network-cost 999'), true],
    [host('203.0.113.9', 50_000, 'typ srflx raddr 192.168.1.7 rport 5000'), true],
    [host('203.0.113.9', 443, 'typ relay raddr 198.51.100.4 rport 5000'), true],
    [host('203.0.113.9', 80, 'typ relay raddr 198.51.100.4 rport 5000'), true],
    [host('203.0.113.9', 3_478, 'typ relay raddr 198.51.100.4 rport 5000'), true],
    [host('2001:db8::7'), true],
    [host('fe80::1'), true],
    [host('64:ff9b::cb00:7109'), true],
    [host('f1ad104b-c189-475d-b8b4-949fbe4294f2.local'), true],
    [host('192.168.1.7', 9, 'typ host tcptype active', 'tcp'), true],
    [host('192.168.1.7', 9, 'typ host tcptype active', 'TCP'), true],
    [host('192.168.1.7', 0, 'typ host tcptype active', 'tcp'), true],
    [host('192.168.1.7', 50_000, 'typ host tcptype passive', 'tcp'), true],
    [host('192.168.1.7', 22, 'typ host tcptype passive', 'tcp'), false],
    [host('192.168.1.7', 22, 'typ host tcptype active', 'tcp'), false],
    [host('192.168.1.7', 9, 'typ host', 'tcp'), false],
    [host('192.168.1.7', 9, 'typ host tcptype other', 'tcp'), false],
    [host('192.168.1.7', 9), false],
    [host('192.168.1.7', 22), false],
    [host('192.168.1.7', 0), false],
    [host('192.168.1.7', 65_536), false],
    [host('192.168.1.7', '5e3'), false],
    [host('127.0.0.1'), false],
    [host('127.1.2.3'), false],
    [host('::1'), false],
    [host('0:0:0:0:0:0:0:1'), false],
    [host('::ffff:127.0.0.1'), false],
    [host('::ffff:7f00:1'), false],
    [host('::127.0.0.1'), false],
    [host('0.0.0.0'), false],
    [host('0.1.2.3'), false],
    [host('::'), false],
    [host('224.0.0.1'), false],
    [host('239.255.255.250', 1_900), false],
    [host('255.255.255.255'), false],
    [host('ff02::fb'), false],
    [host('intranet.corp'), false],
    [host('localhost'), false],
    [host('a.b.local'), false],
    [host('.local'), false],
    [host('evil.local.example'), false],
    [host('2130706433'), false],
    [host('0x7f.1'), false],
    [host('127.1'), false],
    [host('192.168.1.7', 50_000, 'typ'), false],
    [host('192.168.1.7', 50_000, 'typ other'), false],
    [host('192.168.1.7', 50_000, 'host'), false],
    [host('192.168.1.7', 50_000, 'typ host generation'), false],
    [host('192.168.1.7', 50_000, 'typ srflx raddr evil.example rport 1'), false],
    [host('192.168.1.7', 50_000, 'typ host', 'sctp'), false],
    [host('192.168.1.7', 50_000, `typ host x ${'y'.repeat(512)}`), false],
    [host('192.168.1.7', 50_000, 'typ host x y\r\na=evil'), false],
    [host('192.168.1.7').replace('candidate:1 1', 'candidate:1 3'), false],
    [host('192.168.1.7').replace('2122260223', '4294967296'), false],
    [host('192.168.1.7').replace('candidate:', 'a=candidate:'), false],
    ['candidate:', false],
    ['null', false],
  ];
  for (const [candidate, good] of table) {
    it(`${good ? 'passes on' : 'refuses'} ${JSON.stringify(candidate.slice(0, 90))}`, () =>
      assert.equal(isAcceptableCandidate(candidate, STRICT), good));
  }

  for (const address of ['127.0.0.1', '::1']) {
    it(`passes on ${address} where development allows it`, () =>
      assert.equal(isAcceptableCandidate(host(address), { allowLoopback: true }), true));
  }
});
