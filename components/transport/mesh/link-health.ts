/**
 * When to mend a link and how, as a table: from each state, what an event leads to. Pure; the link
 * runs the actions and the clock. `failed` of a connection is never a reason to close it: it may come back,
 * and a restart mends it if it does not.
 */

import { DEFAULT_TIMINGS, type LinkTimings } from '../../core/timings.js';

/** `broken`: encryption ended while the way is there; no restart of ICE brings it back. */
export type HealthEvent = 'connected' | 'disconnected' | 'failed' | 'broken' | 'network-changed' | 'overdue';
export type HealthAction = 'none' | 'restart' | 'rebuild';

export interface Health {
  readonly state: 'connecting' | 'connected' | 'wobbling' | 'restarting' | 'rebuilding';
  /** Restarts since the link was last well. */
  readonly restarts: number;
  /** It was well at least once: shown as reconnecting, not connecting. */
  readonly wasConnected: boolean;
  /** Rebuilt without success: shown as failed. */
  readonly hopeless: boolean;
}

export const FRESH: Health = Object.freeze({ state: 'connecting', restarts: 0, wasConnected: false, hopeless: false });

type State = Health['state'];
type Move = { readonly to: State; readonly action: HealthAction };

const stay = (to: State): Move => ({ to, action: 'none' });
const RESTART: Move = { to: 'restarting', action: 'restart' };
const REBUILD: Move = { to: 'rebuilding', action: 'rebuild' };
const WELL: Move = { to: 'connected', action: 'none' };

const TABLE: Readonly<Record<State, Readonly<Record<HealthEvent, Move>>>> = {
  connecting: {
    connected: WELL,
    disconnected: stay('connecting'),
    failed: RESTART,
    broken: REBUILD,
    'network-changed': RESTART,
    overdue: RESTART,
  },
  connected: {
    connected: WELL,
    disconnected: stay('wobbling'),
    failed: RESTART,
    broken: REBUILD,
    'network-changed': RESTART,
    overdue: stay('connected'),
  },
  wobbling: {
    connected: WELL,
    disconnected: stay('wobbling'),
    failed: RESTART,
    broken: REBUILD,
    'network-changed': RESTART,
    overdue: RESTART,
  },
  // `failed` tells what is known already: the running restart gets its time.
  restarting: {
    connected: WELL,
    disconnected: stay('restarting'),
    failed: stay('restarting'),
    broken: REBUILD,
    'network-changed': RESTART,
    overdue: RESTART,
  },
  rebuilding: {
    connected: WELL,
    disconnected: stay('rebuilding'),
    failed: stay('rebuilding'),
    broken: stay('rebuilding'),
    'network-changed': REBUILD,
    overdue: REBUILD,
  },
};

/** `most`: restarts before the connection itself is made anew. */
export function nextHealth(
  health: Health,
  event: HealthEvent,
  most: number = DEFAULT_TIMINGS.link.restarts,
): { readonly health: Health; readonly action: HealthAction } {
  const move = TABLE[health.state][event];
  if (move === WELL) return { health: { state: 'connected', restarts: 0, wasConnected: true, hopeless: false }, action: 'none' };
  // A change of network is news, not a failed try.
  const spent = event === 'network-changed' ? 0 : health.restarts;
  const step = move === RESTART && spent >= most ? REBUILD : move;
  const restarts = step.action === 'restart' ? spent + 1 : step.action === 'rebuild' ? 0 : spent;
  const hopeless = health.hopeless || (health.state === 'rebuilding' && event === 'overdue');
  return { health: { state: step.to, restarts, wasConnected: health.wasConnected, hopeless }, action: step.action };
}

/** Milliseconds until `overdue`, or null when there is nothing to wait for. */
export function patience(health: Health, polite: boolean, timings: LinkTimings): number | null {
  const extra = polite ? timings.politeExtraMs : 0;
  switch (health.state) {
    case 'connected':
      return null;
    case 'connecting':
      return timings.connectMs + extra;
    case 'wobbling':
      return timings.settleMs + extra;
    case 'restarting':
      return timings.restartMs + extra;
    case 'rebuilding':
      return timings.rebuildMs + extra;
  }
}
