import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { DEFAULT_TIMINGS } from '../../components/core/timings.js';
import { HealthWatch } from '../../components/transport/mesh/health-watch.js';

const LINK = DEFAULT_TIMINGS.link;

describe('the watch over a link', () => {
  let flows = false;
  let told: string[] = [];
  const watch = (polite = false): HealthWatch =>
    new HealthWatch(polite, LINK, {
      flows: () => flows,
      recover: (action) => told.push(action),
      changed: (link) => told.push(link),
    });

  beforeEach(() => {
    flows = false;
    told = [];
    mock.timers.enable({ apis: ['setTimeout'] });
  });
  afterEach(() => mock.timers.reset());

  it('mends what does not connect in time, the polite side a little later', () => {
    watch(true);
    mock.timers.tick(LINK.connectMs);
    assert.deepEqual(told, []);
    mock.timers.tick(LINK.politeExtraMs);
    assert.deepEqual(told, ['restart']);
  });

  it('asks the connection before it mends: of a restart that was not needed nothing is heard', () => {
    const health = watch();
    health.on('network-changed');
    flows = true;
    mock.timers.tick(LINK.restartMs);
    assert.deepEqual(told, ['restart', 'connected']);
    mock.timers.tick(LINK.restartMs);
    assert.deepEqual(told, ['restart', 'connected']);
  });

  it('shows a loss only when it lasts, and each change once', () => {
    const health = watch();
    for (const event of ['connected', 'connected', 'disconnected'] as const) health.on(event);
    assert.deepEqual([...told, health.lost], ['connected', true]);
    mock.timers.tick(LINK.settleMs);
    health.on('failed');
    assert.deepEqual(told, ['connected', 'reconnecting', 'restart']);
    health.on('connected');
    assert.deepEqual([...told.slice(3), health.lost], ['connected', false]);
  });

  it('does not show a restart for caution on a link that flows', () => {
    const health = watch();
    health.on('connected');
    flows = true;
    health.on('network-changed');
    assert.deepEqual(told, ['connected', 'restart']);
  });

  it('says nothing after it was closed', () => {
    const health = watch();
    health.close();
    health.on('failed');
    mock.timers.tick(LINK.connectMs * 10);
    assert.deepEqual(told, []);
  });
});
