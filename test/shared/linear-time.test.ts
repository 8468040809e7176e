/**
 * What strangers send is looked at in a time that grows with its length, not with its square: eight times as long takes about
 * eight times as long. Texts are made of the letters that expressions stumble over, each many times in a row.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { textParts } from '../../components/chat/links.js';
import { initials } from '../../components/core/avatar.js';
import { chatText, historyName } from '../../components/core/messaging/text.js';
import { readFrame, unread } from '../../components/core/messaging/frames.js';
import { userFragments } from '../../components/transport/mesh/candidates.js';
import { cheapIn } from '../../components/transport/mesh/codecs.js';
import { networkOf } from '../../server/private-log.js';
import { cleanDisplayName, cleanExternalId } from '../../server/rooms/display-name.js';
import { addressKey } from '../../server/signaling/addresses.js';
import { isAcceptableCandidate } from '../../server/signaling/candidates.js';
import { checkedSdp } from '../../server/signaling/descriptions.js';

/** Eight times that is just below what a chat message may have. */
const SHORT = 990;
const LONGER = 8;
/** Linear is 8, quadratic 64. */
const MOST = 28;
/** Below this a clock says nothing. */
const QUICK_MS = 1;

const rules = { allowLoopback: false };
const quietly = (work: () => unknown): void => {
  try {
    work();
  } catch {
    // Refused is fine, as long as it was quick.
  }
};
const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  'a chat message': chatText,
  'the addresses in a message': textParts,
  'a name that is told': historyName,
  'a frame of the data channel': (text) => readFrame(unread(JSON.stringify({ t: 'chat', id: 'msg-00000001', text }))),
  initials,
  'a display name': cleanDisplayName,
  'an external id': cleanExternalId,
  'a candidate': (text) => isAcceptableCandidate(`candidate:1 1 udp 1 192.168.1.7 50000 typ host ${text}`, rules),
  'a candidate of nothing else': (text) => isAcceptableCandidate(text, rules),
  'a description': (text) => checkedSdp(`v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF ${text}\r\na=${text}\r\n`, rules),
  'fragments of a description': (text) => userFragments(`v=0\r\n${text}\r\na=ice-ufrag:${text}`),
  'codecs of a description': (text) => cheapIn(`m=video 9 ${text}\r\na=rtpmap:${text}`),
  'an address': addressKey,
  'the network of an address': networkOf,
};
const PIECES = [
  ' ',
  '\n',
  '\r',
  '\t',
  '.',
  ')',
  '(',
  '%',
  ':',
  '/',
  '-',
  'a',
  '1',
  '=',
  'www.',
  'http://',
  'a=',
  '\u0301',
  '\u200d',
  '😀',
  '\ud800',
  '}',
  '*',
];
const BEFORE = ['', 'a', 'http://', 'www.', ' '];
const AFTER = ['', 'x', '\n', '!'];
const SIMPLE = BEFORE.flatMap((before) => PIECES.flatMap((piece) => AFTER.map((after) => [before, piece, after] as const)));
const hostile = fc.tuple(
  fc.constantFrom(...BEFORE),
  fc.array(fc.constantFrom(...PIECES), { minLength: 2, maxLength: 3 }).map((pieces) => pieces.join('')),
  fc.constantFrom(...AFTER),
);

/** The quickest of several: whatever else the machine does only makes it slower. */
function quickest(read: (text: string) => unknown, text: string, times: number): number {
  let best = Infinity;
  for (let count = 0; count < times; count += 1) {
    const began = performance.now();
    quietly(() => read(text));
    best = Math.min(best, performance.now() - began);
  }
  return best;
}

describe('the time it takes to read', () => {
  for (const [what, read] of Object.entries(READERS)) {
    it(`row 84: ${what} grows with its length only`, () => {
      const grows = ([before, piece, after]: readonly [string, string, string]): void => {
        const text = (length: number): string => before + piece.repeat(Math.ceil(length / piece.length)) + after;
        const long = quickest(read, text(SHORT * LONGER), 3);
        if (long < QUICK_MS) return;
        const short = quickest(read, text(SHORT), 10);
        const again = Math.min(long, quickest(read, text(SHORT * LONGER), 10));
        const what = JSON.stringify([before, piece, after]);
        assert.ok(again < QUICK_MS || again < MOST * short, `${short} ms, then ${again} ms: ${what}`);
      };
      SIMPLE.forEach(grows);
      fc.assert(fc.property(hostile, grows), { numRuns: 60 });
    });
  }
});
