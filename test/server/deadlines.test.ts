/** Many deadlines on one timer: each ends when it is due, and not when it was met. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { Deadlines } from '../../server/signaling/deadlines.js';

describe('deadlines', () => {
  let deadlines: Deadlines;
  let now: number;
  const expired: string[] = [];
  const start = (ms: number, name: string) => deadlines.start(ms, () => expired.push(name));
  const pass = (ms: number) => {
    now += ms;
    mock.timers.tick(ms);
  };

  beforeEach(() => {
    now = 0;
    expired.length = 0;
    deadlines = new Deadlines();
    mock.timers.enable({ apis: ['setTimeout'] });
    mock.method(performance, 'now', () => now);
  });
  afterEach(() => {
    deadlines.close();
    mock.timers.reset();
    mock.restoreAll();
  });

  it('ends each when it is due, however many wait for the same length', () => {
    start(100, 'first');
    pass(60);
    start(100, 'second');
    start(10, 'short');
    pass(10);
    assert.deepEqual(expired, ['short']);
    pass(30);
    assert.deepEqual(expired, ['short', 'first']);
    pass(59);
    assert.deepEqual(expired, ['short', 'first']);
    pass(1);
    assert.deepEqual(expired, ['short', 'first', 'second']);
  });

  it('ends none that was met, and says which came too late', () => {
    const met = start(100, 'met');
    const late = start(100, 'late');
    assert.equal(deadlines.end(met), true);
    assert.equal(deadlines.end(met), false);
    pass(100);
    assert.deepEqual(expired, ['late']);
    assert.equal(deadlines.end(late), false);
  });

  it('keeps one that was started after all others were met', () => {
    deadlines.end(start(100, 'met'));
    pass(100);
    start(100, 'next');
    pass(100);
    assert.deepEqual(expired, ['next']);
  });

  it('ends nothing after it was closed', () => {
    start(100, 'first');
    deadlines.close();
    pass(1_000);
    assert.deepEqual(expired, []);
  });
});
