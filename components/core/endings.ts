/** How a call ends that was not left by the visitor: which fact that is, and what the page is told. */
import type { Goodbye } from '../../server/protocol/events.js';
import { CallError, type CallErrorCode } from './call-error.js';
import type { LeftReason } from './call-state.js';
import type { FactOf } from './facts.js';

const LEFT_BECAUSE: Readonly<Record<Goodbye['reason'], LeftReason>> = {
  kicked: 'kicked',
  ended: 'ended',
  duplicate: 'duplicate',
  'server-shutdown': 'server-shutdown',
  idle: 'network',
  abuse: 'network',
  'slow-consumer': 'network',
};

const DENIED: readonly CallErrorCode[] = ['ROOM_LOCKED', 'FORBIDDEN', 'UNAUTHENTICATED', 'ORIGIN_NOT_ALLOWED'];

export function endedBy({ reason, code }: Goodbye): FactOf<'left'> {
  return { type: 'left', reason: LEFT_BECAUSE[reason], error: new CallError(code) };
}

/** Refused is an end; anything else is trouble that another try may overcome. */
export function joinFailure(error: CallError): FactOf<'left' | 'join-failed'> {
  if (error.code === 'ROOM_FULL') return { type: 'left', reason: 'full', error };
  if (error.code === 'DUPLICATE_IDENTITY') return { type: 'left', reason: 'duplicate', error };
  if (error.code === 'ROOM_ENDED') return { type: 'left', reason: 'ended', error };
  if (DENIED.includes(error.code)) return { type: 'left', reason: 'denied', error };
  return { type: 'join-failed', error, back: 'error' };
}
