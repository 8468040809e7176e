import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DEFAULT_TIMINGS } from '../../components/core/timings.js';
import {
  eventOf,
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

  it('rebuilds, without a restart, when the way is there and encryption does not come', () => {
    assert.deepEqual(run('reached', 'overdue').actions, ['none', 'rebuild']);
    assert.deepEqual(run('overdue', 'reached', 'overdue').actions, ['restart', 'none', 'rebuild']);
    assert.equal(patience(run('reached').health, true, LINK), LINK.secureMs + LINK.politeExtraMs);
  });

  it('waits for encryption only while there is a way, and not where there is encryption', () => {
    assert.deepEqual(run('reached', 'disconnected', 'overdue').actions.at(-1), 'restart');
    assert.deepEqual(run('reached', 'failed').actions.at(-1), 'restart');
    assert.equal(run('reached', 'connected').health.state, 'connected');
    assert.equal(run('connected', 'reached').health.state, 'connected');
    assert.equal(run('connected', 'disconnected', 'reached').health.state, 'disconnected');
  });

  it('gives what the other side made anew its time', () => {
    const { health, actions } = run('reached', 'renewed', 'reached');
    assert.deepEqual([health.state, ...actions], ['securing', 'none', 'none', 'none']);
    assert.equal(run('reached', 'renewed').health.state, 'connecting');
  });

  it('does not begin to wait anew for what is known', () => {
    const securing = run('reached').health;
    assert.equal(nextHealth(securing, 'reached').health, securing);
    const rebuilding = run('reached', 'overdue').health;
    for (const event of ['reached', 'renewed'] as const) assert.equal(nextHealth(rebuilding, event).health, rebuilding);
  });

  it('calls it hopeless when a rebuilt connection is not encrypted either', () => {
    const { health, actions } = run('reached', 'overdue', 'reached', 'broken', 'overdue');
    assert.deepEqual([health.failed, ...actions], [true, 'none', 'rebuild', 'none', 'none', 'rebuild']);
  });

  it('gives a running restart its time', () => {
    assert.deepEqual(run('connected', 'failed', 'failed', 'disconnected').actions.slice(1), ['restart', 'none', 'none']);
  });

  it('rebuilds after so many restarts, and calls it hopeless only when that did not help either', () => {
    const overdue = Array.from({ length: LINK.restarts }, (): HealthEvent => 'overdue');
    const { health, actions } = run('connected', 'failed', ...overdue);
    assert.deepEqual(actions.slice(1), [...Array.from({ length: LINK.restarts }, () => 'restart'), 'rebuild']);
    assert.equal(health.failed, false);
    const next = nextHealth(health, 'overdue');
    assert.deepEqual([next.action, next.health.failed], ['rebuild', true]);
    assert.deepEqual(nextHealth(next.health, 'connected').health, {
      state: 'connected',
      restarts: 0,
      wasConnected: true,
      failed: false,
    });
  });

  it('counts anew after it was well, and after the network changed', () => {
    assert.equal(run('connected', 'failed', 'overdue', 'connected', 'failed').health.restarts, 1);
    assert.equal(run('connected', 'failed', 'overdue', 'overdue', 'network-changed').health.restarts, 1);
  });

  it('waits for nothing while it is well, and longer on the polite side', () => {
    assert.equal(patience(run('connected').health, false, LINK), null);
    const disconnected = run('connected', 'disconnected').health;
    assert.equal(patience(disconnected, false, LINK), LINK.settleMs);
    assert.equal(patience(disconnected, true, LINK), LINK.settleMs + LINK.politeExtraMs);
  });
});

describe('the two states of a connection', () => {
  const event = (connectionState: RTCPeerConnectionState, iceConnectionState: RTCIceConnectionState): HealthEvent | null =>
    eventOf({ connectionState, iceConnectionState });

  it('tell a way that is lost from encryption that broke on it', () => {
    assert.deepEqual(
      [event('failed', 'failed'), event('failed', 'disconnected'), event('failed', 'connected'), event('failed', 'completed')],
      ['failed', 'failed', 'broken', 'broken'],
    );
  });

  it('tell that the way is there before it is encrypted', () => {
    assert.deepEqual(
      [event('connecting', 'checking'), event('connecting', 'connected'), event('connecting', 'completed')],
      [null, 'reached', 'reached'],
    );
    assert.deepEqual([event('connected', 'connected'), event('disconnected', 'connected')], ['connected', 'disconnected']);
    assert.deepEqual([event('new', 'new'), event('closed', 'closed')], [null, null]);
  });
});
