import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DEFAULT_TIMINGS } from '../../components/core/timings.js';
import {
  FRESH,
  nextHealth,
  patience,
  type Health,
  type HealthAction,
  type HealthEvent,
} from '../../components/transport/mesh/link-health.js';

const LINK = DEFAULT_TIMINGS.link;

function run(...events: HealthEvent[]): { health: Health; actions: HealthAction[] } {
  let health = FRESH;
  const actions = events.map((event) => {
    const next = nextHealth(health, event);
    health = next.health;
    return next.action;
  });
  return { health, actions };
}

describe('the health of a link', () => {
  it('lets a wobble heal by itself', () => {
    const { health, actions } = run('connected', 'disconnected', 'connected');
    assert.deepEqual([health.state, ...actions], ['connected', 'none', 'none', 'none']);
  });

  it('restarts when a wobble lasts, and at once on failure or a new network', () => {
    assert.deepEqual(run('connected', 'disconnected', 'overdue').actions.at(-1), 'restart');
    assert.deepEqual(run('connected', 'failed').actions.at(-1), 'restart');
    assert.deepEqual(run('connected', 'network-changed').actions.at(-1), 'restart');
  });

  it('rebuilds at once when encryption broke on a way that is there: no restart brings it back', () => {
    assert.deepEqual(run('connected', 'broken').actions.at(-1), 'rebuild');
    assert.deepEqual(run('connected', 'network-changed', 'broken', 'broken').actions.slice(1), ['restart', 'rebuild', 'none']);
  });

  it('gives a running restart its time', () => {
    assert.deepEqual(run('connected', 'failed', 'failed', 'disconnected').actions.slice(1), ['restart', 'none', 'none']);
  });

  it('rebuilds after so many restarts, and calls it hopeless only when that did not help either', () => {
    const overdue = Array.from({ length: LINK.restarts }, (): HealthEvent => 'overdue');
    const { health, actions } = run('connected', 'failed', ...overdue);
    assert.deepEqual(actions.slice(1), [...Array.from({ length: LINK.restarts }, () => 'restart'), 'rebuild']);
    assert.equal(health.hopeless, false);
    const next = nextHealth(health, 'overdue');
    assert.deepEqual([next.action, next.health.hopeless], ['rebuild', true]);
    assert.deepEqual(nextHealth(next.health, 'connected').health, {
      state: 'connected',
      restarts: 0,
      wasConnected: true,
      hopeless: false,
    });
  });

  it('counts anew after it was well, and after the network changed', () => {
    assert.equal(run('connected', 'failed', 'overdue', 'connected', 'failed').health.restarts, 1);
    assert.equal(run('connected', 'failed', 'overdue', 'overdue', 'network-changed').health.restarts, 1);
  });

  it('waits for nothing while it is well, and longer on the polite side', () => {
    assert.equal(patience(run('connected').health, false, LINK), null);
    const wobbling = run('connected', 'disconnected').health;
    assert.equal(patience(wobbling, false, LINK), LINK.settleMs);
    assert.equal(patience(wobbling, true, LINK), LINK.settleMs + LINK.politeExtraMs);
  });
});
