import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CandidateInbox, CandidateOutbox, EarlyCandidates } from '../../components/transport/mesh/candidates.js';
import { MAX_CANDIDATES_PER_GENERATION } from '../../server/protocol/limits.js';
import type { Candidate } from '../../server/protocol/schemas.js';

const sdp = (fragment: string): string => `v=0\r\na=ice-ufrag:${fragment}\r\n`;
const candidate = (usernameFragment: string, number = 1): Candidate => ({
  candidate: `candidate:${number} 1 udp 1 192.0.2.1 ${5_000 + number} typ host`,
  sdpMid: '0',
  usernameFragment,
});

/** The part of a connection that takes candidates, writing down what it was given. */
class Taker {
  remoteDescription: { readonly sdp: string } | null = null;
  readonly taken: (Candidate | 'end')[] = [];
  readonly inbox = new CandidateInbox(this as unknown as RTCPeerConnection);

  async addIceCandidate(candidate: Candidate | undefined): Promise<void> {
    this.taken.push(candidate ?? 'end');
  }
  async apply(fragment: string): Promise<void> {
    this.remoteDescription = { sdp: sdp(fragment) };
    await this.inbox.descriptionApplied();
  }
}

describe('candidates that arrive', () => {
  it('wait for the description they belong to', async () => {
    const taker = new Taker();
    await taker.inbox.receive([candidate('aaaa')], false);
    assert.deepEqual(taker.taken, []);
    await taker.apply('aaaa');
    assert.deepEqual(taker.taken, [candidate('aaaa')]);
  });

  it('of a generation that is over are dropped, and take no room from those of the next one', async () => {
    const taker = new Taker();
    await taker.apply('aaaa');
    await taker.apply('bbbb');
    const late = Array.from({ length: 2 * MAX_CANDIDATES_PER_GENERATION }, (_, number) => candidate('aaaa', number));
    await taker.inbox.receive(late, false);
    await taker.inbox.receive([candidate('cccc')], false);
    await taker.apply('cccc');
    assert.deepEqual(taker.taken, [candidate('cccc')]);
  });

  it('end their own generation only', async () => {
    const taker = new Taker();
    await taker.apply('aaaa');
    await taker.apply('bbbb');
    await taker.inbox.receive([{ candidate: '', usernameFragment: 'aaaa' }], false);
    assert.deepEqual(taker.taken, []);
    await taker.inbox.receive([{ candidate: '', usernameFragment: 'bbbb' }], false);
    assert.deepEqual(taker.taken, ['end']);
  });
});

describe('candidates that leave', () => {
  it('say whose end the end of all is', async () => {
    const connection = Object.assign(new EventTarget(), { localDescription: { sdp: sdp('mine') } });
    const sent = new Promise<Candidate[]>((done) => new CandidateOutbox(connection as unknown as RTCPeerConnection, 0, done));
    connection.dispatchEvent(Object.assign(new Event('icecandidate'), { candidate: null }));
    assert.deepEqual(await sent, [{ candidate: '', usernameFragment: 'mine' }]);
  });
});

describe('candidates that overtake the offer of a new connection', () => {
  const offer = { connectionId: 'new', candidates: [candidate('a', 3)] };

  it('go in front of what comes with it, once', () => {
    const early = new EarlyCandidates();
    early.keep('new', [candidate('a', 1)]);
    early.keep('new', [candidate('a', 2)]);
    assert.deepEqual(early.joined(offer).candidates, [candidate('a', 1), candidate('a', 2), candidate('a', 3)]);
    assert.equal(early.joined(offer), offer);
  });

  it('are forgotten when those of a newer one come', () => {
    const early = new EarlyCandidates();
    early.keep('new', [candidate('a', 1)]);
    early.keep('newer', [candidate('b', 1)]);
    assert.equal(early.joined(offer), offer);
    assert.deepEqual(early.joined({ connectionId: 'newer' }).candidates, [candidate('b', 1)]);
  });

  it('are no more than a generation has', () => {
    const early = new EarlyCandidates();
    const many = Array.from({ length: MAX_CANDIDATES_PER_GENERATION + 1 }, (_, number) => candidate('a', number));
    early.keep('new', many);
    assert.equal(early.joined({ connectionId: 'new' }).candidates?.length, MAX_CANDIDATES_PER_GENERATION);
  });
});
