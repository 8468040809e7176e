import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Histogram, Registry, type Metric } from 'prom-client';
import { Durations } from '../../server/metrics/durations.js';

describe('durations', () => {
  it('are told to Prometheus in the words of prom-client', async () => {
    const bounds = [0.001, 0.01, 1];
    const theirs = new Registry();
    const ours = new Registry();
    const histogram = new Histogram({
      name: 'took',
      help: 'How long.',
      labelNames: ['event'],
      buckets: bounds,
      registers: [theirs],
    });
    const durations = new Durations('took', 'How long.', bounds);
    ours.registerMetric(durations as unknown as Metric);
    for (const [event, seconds] of [
      ['signal', 0.000_3],
      ['signal', 0.001],
      ['signal', 0.5],
      ['signal', 7],
      ['join', 0.02],
    ] as const) {
      histogram.observe({ event }, seconds);
      durations.observe(event, seconds);
    }
    assert.equal(await ours.metrics(), await theirs.metrics());
    assert.match(await ours.metrics(), /^took_bucket\{le="\+Inf",event="signal"\} 4$/m);
  });
});
