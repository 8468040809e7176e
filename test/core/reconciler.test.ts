import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { CallError, type CallErrorCode } from '../../components/core/call-error.js';
import { Reconciler } from '../../components/core/reconciler.js';

const settled = () => new Promise(setImmediate);

function setUp(t: TestContext) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const sent: number[] = [];
  const failures: unknown[] = [];
  const refusals: (CallError | null)[] = [];
  const reconciler = new Reconciler<number>({
    send: (value) => {
      sent.push(value);
      const refusal = refusals.shift();
      return refusal ? Promise.reject(refusal) : Promise.resolve();
    },
    same: Object.is,
    failed: (error) => failures.push(error),
  });
  const refuse = (code: CallErrorCode, retryAfterMs?: number, retryable = true) =>
    refusals.push(new CallError(code, { retryable, retryAfterMs }));
  return { reconciler, sent, failures, refuse };
}

describe('what the server believes', () => {
  it('becomes what is true: the newest, one at a time', async (t) => {
    const { reconciler, sent } = setUp(t);
    reconciler.start(0, 0);
    for (let value = 1; value <= 40; value += 1) reconciler.changed(value);
    await settled();
    assert.deepEqual(sent, [1, 40]);
    reconciler.changed(40);
    await settled();
    assert.equal(sent.length, 2, 'nothing differs');
  });

  it('is told again when it was refused for coming too often, no sooner than allowed, and then the newest', async (t) => {
    const { reconciler, sent, failures, refuse } = setUp(t);
    refuse('RATE_LIMITED', 700);
    reconciler.start(0, 1);
    await settled();
    reconciler.changed(2);
    reconciler.changed(3);
    await settled();
    t.mock.timers.tick(699);
    await settled();
    assert.deepEqual(sent, [1]);
    t.mock.timers.tick(1);
    await settled();
    assert.deepEqual([sent, failures], [[1, 3], []]);
  });

  it('is told again for as long as it takes, and the page hears of it once', async (t) => {
    const { reconciler, sent, failures, refuse } = setUp(t);
    for (let i = 0; i < 6; i += 1) refuse('INTERNAL');
    reconciler.start(0, 1);
    await settled();
    for (let i = 0; i < 6; i += 1) {
      t.mock.timers.tick(15_000);
      await settled();
    }
    assert.deepEqual([sent.length, failures.length], [7, 1]);
  });

  it('is not told again what can never be accepted, but everything else is', async (t) => {
    const { reconciler, sent, failures, refuse } = setUp(t);
    refuse('BAD_PAYLOAD', undefined, false);
    reconciler.start(0, 1);
    await settled();
    t.mock.timers.tick(60_000);
    reconciler.changed(1);
    await settled();
    reconciler.changed(2);
    await settled();
    assert.deepEqual([sent, failures.length], [[1, 2], 1]);
  });

  it('is told at once when the line is back, and nothing after the end', async (t) => {
    const { reconciler, sent, refuse } = setUp(t);
    refuse('SIGNAL_UNREACHABLE');
    reconciler.start(0, 1);
    await settled();
    reconciler.start(0, 1);
    await settled();
    assert.deepEqual(sent, [1, 1]);
    refuse('RATE_LIMITED', 100);
    reconciler.changed(2);
    await settled();
    reconciler.stop();
    t.mock.timers.tick(60_000);
    await settled();
    assert.deepEqual(sent, [1, 1, 2]);
  });
});
