/** What waits to be said: in order for each peer, no faster than the server takes it, and only what is still needed. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CallError } from '../../components/core/call-error.js';
import { Outbox } from '../../components/signaling/outbox.js';
import { SignalPace } from '../../components/signaling/pace.js';
import type { Signal, SignalRequest } from '../../server/protocol/schemas.js';
import { answer, candidates, offer, to } from '../support/signals.js';
import { until } from '../support/until.js';

const PLENTY = { burst: 1_000, perSecond: 1_000 };
const busy = (retryAfterMs: number): CallError => new CallError('RATE_LIMITED', { retryable: true, retryAfterMs });

function outbox(answerTo: (request: SignalRequest, at: number) => Promise<unknown> = () => Promise.resolve(), pace = PLENTY) {
  const sent: SignalRequest[] = [];
  const box = new Outbox(
    (request) => answerTo(request, sent.push(request)),
    new SignalPace({ descriptions: PLENTY, candidates: pace }),
  );
  const put = (peer: string, signal: Signal, now = true): Promise<void> => box.put(to(peer, signal), now);
  return { box, sent, put };
}

describe('what waits to be said', () => {
  it('goes out in order after the server said to wait, and nothing overtakes it', async () => {
    let refusals = 0;
    const { sent, put } = outbox(() => (refusals < 1 && (refusals += 1) ? Promise.reject(busy(30)) : Promise.resolve()));
    const first = put('ben', candidates(1));
    await until('the refusal', () => refusals === 1);
    const second = put('ben', offer('link-0001', 2));
    const other = put('cem', candidates(1));
    assert.equal(sent.length, 1);
    await Promise.all([first, second, other]);
    assert.deepEqual(
      sent.slice(1).map(({ to: peer, signal }) => [peer, signal.candidates ? 'candidates' : signal.description?.type]),
      [
        ['ben', 'candidates'],
        ['ben', 'offer'],
        ['cem', 'candidates'],
      ],
    );
  });

  it('is one message where it can be', async () => {
    const { box, sent, put } = outbox();
    const all = [candidates(3), candidates(4), candidates(15)].map((part) => put('ben', part, false));
    box.resend();
    await Promise.all(all);
    assert.deepEqual(
      sent.map(({ signal }) => signal.candidates?.length),
      [7, 15],
    );
  });

  it('is left out where a newer connection, offer or restart has taken its place', async () => {
    const { box, sent, put } = outbox();
    const all = [
      put('ben', offer('link-0001', 1), false),
      put('ben', candidates(2, 'link-0001', 'older'), false),
      put('cem', offer('link-0003', 1), false),
      put('ben', offer('link-0001', 2), false),
      put('dora', answer('link-0009', 1, 'link-0004'), false),
      put('cem', offer('link-0005', 1), false),
    ];
    box.resend();
    await Promise.all(all);
    assert.deepEqual(
      sent.map(({ to: peer, signal }) => [peer, signal.connectionId, signal.round]),
      [
        ['ben', 'link-0001', 2],
        ['dora', 'link-0004', 1],
        ['cem', 'link-0005', 1],
      ],
    );
  });

  it('keeps to its own pace, and answers others meanwhile', async () => {
    const { sent, put } = outbox(undefined, { burst: 20, perSecond: 200 });
    const began = performance.now();
    const slow = [put('ben', candidates(20)), put('ben', candidates(20)), put('ben', candidates(20))];
    await put('cem', answer());
    assert.deepEqual(
      sent.map(({ to: peer }) => peer),
      ['ben', 'cem'],
    );
    await Promise.all(slow);
    assert.ok(performance.now() - began >= 190, '40 candidates at 200 a second');
  });

  it('is said again on a new connection, and what the old one answers late changes nothing', async () => {
    let fail: (error: CallError) => void = () => undefined;
    const { box, sent, put } = outbox((_, at) =>
      at === 1 ? new Promise((_resolve, reject) => (fail = reject)) : Promise.resolve(),
    );
    const one = put('ben', offer());
    box.resend();
    fail(new CallError('SIGNAL_UNREACHABLE', { retryable: true }));
    await one;
    await put('ben', offer('link-0001', 2));
    assert.equal(sent.length, 3);
  });
});
