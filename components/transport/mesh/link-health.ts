/**
 * When to mend a link and how, as a table: from each state, what an event leads to. Pure; the link
 * runs the actions and the clock. `failed` of a connection is never a reason to close it: it may come back,
 * and a restart mends it if it does not.
 */

import { DEFAULT_TIMINGS, type LinkTimings } from '../../core/timings.js';

/**
 * `reached`: ICE has found the way, encryption follows. `broken`: encryption ended while the way is there; no restart
 * of ICE brings it back. `renewed`: the other side made the connection anew.
 */
export type HealthEvent =
  'reached' | 'connected' | 'disconnected' | 'failed' | 'broken' | 'renewed' | 'network-changed' | 'overdue';
export type HealthAction = 'none' | 'restart' | 'rebuild';

export interface Health {
  readonly state: 'connecting' | 'securing' | 'connected' | 'disconnected' | 'restarting' | 'rebuilding';
  /** Restarts since the link was last well. */
  readonly restarts: number;
  /** It was well at least once: shown as reconnecting, not connecting. */
  readonly wasConnected: boolean;
  /** Rebuilt without success: shown as failed. */
  readonly failed: boolean;
}

export const FRESH: Health = Object.freeze({ state: 'connecting', restarts: 0, wasConnected: false, failed: false });

type State = Health['state'];
type Move = { readonly to: State; readonly action: HealthAction };

const stay = (to: State): Move => ({ to, action: 'none' });
const RESTART: Move = { to: 'restarting', action: 'restart' };
const REBUILD: Move = { to: 'rebuilding', action: 'rebuild' };
/** Nothing changes, and the clock goes on. */
const NO_NEWS = null;
const WELL: Move = { to: 'connected', action: 'none' };

const TABLE: Readonly<Record<State, Readonly<Record<HealthEvent, Move | typeof NO_NEWS>>>> = {
  connecting: {
    reached: stay('securing'),
    connected: WELL,
    disconnected: stay('connecting'),
    failed: RESTART,
    broken: REBUILD,
    renewed: NO_NEWS,
    'network-changed': RESTART,
    overdue: RESTART,
  },
  // A handshake that does not end is with somebody else, or with nobody: only a new connection begins another.
  securing: {
    reached: NO_NEWS,
    connected: WELL,
    disconnected: stay('connecting'),
    failed: RESTART,
    broken: REBUILD,
    renewed: stay('connecting'),
    'network-changed': RESTART,
    overdue: REBUILD,
  },
  connected: {
    reached: NO_NEWS,
    connected: WELL,
    disconnected: stay('disconnected'),
    failed: RESTART,
    broken: REBUILD,
    renewed: NO_NEWS,
    'network-changed': RESTART,
    overdue: stay('connected'),
  },
  disconnected: {
    reached: NO_NEWS,
    connected: WELL,
    disconnected: stay('disconnected'),
    failed: RESTART,
    broken: REBUILD,
    renewed: NO_NEWS,
    'network-changed': RESTART,
    overdue: RESTART,
  },
  // `failed` tells what is known already: the running restart gets its time.
  restarting: {
    reached: stay('securing'),
    connected: WELL,
    disconnected: stay('restarting'),
    failed: stay('restarting'),
    broken: REBUILD,
    renewed: NO_NEWS,
    'network-changed': RESTART,
    overdue: RESTART,
  },
  rebuilding: {
    reached: NO_NEWS,
    connected: WELL,
    disconnected: stay('rebuilding'),
    failed: stay('rebuilding'),
    broken: stay('rebuilding'),
    renewed: NO_NEWS,
    'network-changed': REBUILD,
    overdue: REBUILD,
  },
};

/** What the two states of a connection tell together. */
export function eventOf({
  connectionState: whole,
  iceConnectionState: ice,
}: Pick<RTCPeerConnection, 'connectionState' | 'iceConnectionState'>): HealthEvent | null {
  const reached = ice === 'connected' || ice === 'completed';
  if (whole === 'connected' || whole === 'disconnected') return whole;
  // Firefox does that when ICE is restarted again before the restart before is through.
  if (whole === 'failed') return reached ? 'broken' : 'failed';
  return whole === 'connecting' && reached ? 'reached' : null;
}

/** `most`: restarts before the connection itself is made anew. */
export function nextHealth(
  health: Health,
  event: HealthEvent,
  most: number = DEFAULT_TIMINGS.link.restarts,
): { readonly health: Health; readonly action: HealthAction } {
  const move = TABLE[health.state][event];
  if (move === NO_NEWS) return { health, action: 'none' };
  if (move === WELL) return { health: { state: 'connected', restarts: 0, wasConnected: true, failed: false }, action: 'none' };
  // A change of network is news, not a failed try.
  const spent = event === 'network-changed' ? 0 : health.restarts;
  const step = move === RESTART && spent >= most ? REBUILD : move;
  const restarts = step.action === 'restart' ? spent + 1 : step.action === 'rebuild' ? 0 : spent;
  const failed = health.failed || (health.state === 'rebuilding' && event === 'overdue');
  return { health: { state: step.to, restarts, wasConnected: health.wasConnected, failed }, action: step.action };
}

/** Milliseconds until `overdue`, or null when there is nothing to wait for. */
export function patience(health: Health, polite: boolean, timings: LinkTimings): number | null {
  const extra = polite ? timings.politeExtraMs : 0;
  switch (health.state) {
    case 'connected':
      return null;
    case 'connecting':
      return timings.connectMs + extra;
    case 'securing':
      return timings.secureMs + extra;
    case 'disconnected':
      return timings.settleMs + extra;
    case 'restarting':
      return timings.restartMs + extra;
    case 'rebuilding':
      return timings.rebuildMs + extra;
  }
}
