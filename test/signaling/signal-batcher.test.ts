/** Signals that go together: how many, in which order, and what becomes of each. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SignalBatcher } from '../../components/signaling/signal-batcher.js';
import type { Ack } from '../../server/protocol/events.js';
import { MAX_FRAME_BYTES, MAX_HTTP_SIGNALS } from '../../server/protocol/limits.js';
import type { SignalRequest } from '../../server/protocol/schemas.js';
import { offer, to } from '../support/signals.js';
import { until } from '../support/until.js';

const PEER = 'A'.repeat(22);
const OK: Ack<unknown> = { ok: true, data: {} };
const REFUSED: Ack<unknown> = { ok: false, error: { code: 'SDP_REJECTED', message: 'no', retryable: false } };

function setUp() {
  const sent: {
    readonly ids: readonly string[];
    readonly answer: (answers?: Ack<unknown>[]) => void;
    readonly fail: () => void;
  }[] = [];
  const batches = new SignalBatcher(
    (signals) =>
      new Promise((resolve, reject) => {
        const ids = signals.map(({ id }) => id);
        sent.push({ ids, answer: (answers = ids.map(() => OK)) => resolve(answers), fail: () => reject(new TypeError('no')) });
      }),
  );
  const settled: string[] = [];
  const put = (...requests: readonly SignalRequest[]): readonly string[] => {
    for (const request of requests)
      batches.put(request).then(
        () => settled.push(`${request.id} ok`),
        (error: { code: string }) => settled.push(`${request.id} ${error.code}`),
      );
    return requests.map(({ id }) => id);
  };
  return { sent, settled, put, inFlight: (count: number) => until('a request', () => sent.length === count) };
}

const some = (count: number, signal = offer()): SignalRequest[] => Array.from({ length: count }, () => to(PEER, signal));

describe('signals of one moment', () => {
  it('go in one request, and each has its own answer', async () => {
    const { sent, settled, put, inFlight } = setUp();
    const [a, b, c, d] = put(...some(4));
    await inFlight(1);
    assert.deepEqual(sent[0]!.ids, [a, b, c, d]);
    sent[0]!.answer([OK, REFUSED, OK]); // one answer is missing
    await until('the answers', () => settled.length === 4);
    assert.deepEqual(settled, [`${a} ok`, `${b} SDP_REJECTED`, `${c} ok`, `${d} SIGNAL_UNREACHABLE`]);
  });

  it('of which there are more go in several, in order; and what comes meanwhile does not overtake them', async ({
    mock: { timers },
  }) => {
    const { sent, settled, put, inFlight } = setUp();
    timers.enable({ apis: ['setTimeout'] });
    const first = put(...some(MAX_HTTP_SIGNALS * 2 + 1));
    timers.tick(1_000);
    const later = put(...some(2));
    timers.tick(1_000);
    assert.equal(sent.length, 1); // nothing more goes before the answer
    timers.reset();
    sent[0]!.answer();
    await inFlight(2);
    sent[1]!.answer();
    await inFlight(3);
    sent[2]!.answer();
    await until('all answers', () => settled.length === first.length + later.length);
    assert.deepEqual(
      sent.flatMap(({ ids }) => ids),
      [...first, ...later],
    );
    assert.deepEqual(
      sent.map(({ ids }) => ids.length),
      [MAX_HTTP_SIGNALS, MAX_HTTP_SIGNALS, 3],
    );
    put(...some(1));
    await inFlight(4);
    put(...some(1));
    await inFlight(5); // at once, as long as everything goes together
  });

  it('that are too long for one request go in several', async () => {
    const { sent, put, inFlight } = setUp();
    const signal = { ...offer(), description: { type: 'offer', sdp: 'x'.repeat(MAX_FRAME_BYTES / 2) } } as const;
    const ids = put(...some(2, signal));
    await inFlight(1);
    assert.deepEqual(sent[0]!.ids, ids.slice(0, 1));
    sent[0]!.answer();
    await inFlight(2);
    assert.deepEqual(sent[1]!.ids, ids.slice(1));
  });

  it('are all lost with the one that was not answered, and later ones are not', async () => {
    const { sent, settled, put, inFlight } = setUp();
    const ids = put(...some(MAX_HTTP_SIGNALS + 2));
    await inFlight(1);
    sent[0]!.fail();
    await until('the loss', () => settled.length === ids.length);
    assert.deepEqual(
      settled,
      ids.map((id) => `${id} SIGNAL_UNREACHABLE`),
    );
    const [next] = put(...some(1));
    await inFlight(2);
    sent[1]!.answer();
    await until('the answer', () => settled.at(-1) === `${next} ok`);
  });
});
