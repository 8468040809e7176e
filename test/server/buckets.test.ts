import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Buckets } from '../../server/signaling/buckets.js';

describe('an allowance', () => {
  it('gives the burst at once, then what time brings, and says how long to wait', () => {
    let now = 0;
    const buckets = new Buckets({ burst: 3, perSecond: 2 }, () => now);
    for (let point = 0; point < 3; point += 1) assert.equal(buckets.take('ada'), 0);
    assert.equal(buckets.take('ada'), 500);
    assert.equal(buckets.take('ben', 3), 0);
    assert.deepEqual([buckets.wait('ada'), buckets.wait('ada'), buckets.wait('nobody')], [500, 500, 0]);
    now += 499;
    assert.equal(buckets.take('ada'), 1);
    now += 1;
    assert.equal(buckets.take('ada'), 0);
    assert.equal(buckets.take('ada', 2), 1_000);
    now += 60_000;
    assert.equal(buckets.take('ada', 3), 0);
    assert.equal(buckets.take('ada'), 500);
    buckets.close();
  });

  it('takes nothing when it refuses, and forgets who is not counted any more', (test) => {
    test.mock.timers.enable({ apis: ['setTimeout'] });
    let now = 0;
    const buckets = new Buckets({ burst: 2, perSecond: 1 }, () => now);
    assert.equal(buckets.take('ada', 2), 0);
    for (let attempt = 0; attempt < 100; attempt += 1) assert.equal(buckets.take('ada'), 1_000);
    assert.equal(buckets.size, 1);
    now += 60_000;
    test.mock.timers.tick(60_000);
    assert.equal(buckets.size, 0);
    buckets.close();
  });
});
