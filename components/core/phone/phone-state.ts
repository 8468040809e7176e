/** Everything about a telephone that a screen may show, as one frozen snapshot. */
import type { Admittance, RingEnd, RingOutcome } from '../../../server/protocol/calls.js';
import type { CallError } from '../call-error.js';
import type { ConnectionState } from '../phase.js';

export type { RingEnd, RingOutcome };

/** Somebody at the other end. */
export interface Party {
  /** Null: a visitor without one. */
  readonly address: string | null;
  readonly displayName: string;
}

export type PhonePhase = 'idle' | 'calling' | 'ringing' | 'in-call';

export interface OutgoingRing {
  readonly id: string;
  readonly to: string;
  readonly video: boolean;
}

export interface IncomingCall {
  readonly ringId: string;
  readonly from: Party;
  /** What blocks this caller. */
  readonly keys: readonly string[];
  /** The address that was rung. */
  readonly to: string;
  readonly video: boolean;
  /** Into a call that is under way. */
  readonly invited: boolean;
}

/** An answered call: a private room, and what opens it. */
export interface PhoneCall extends Admittance {
  readonly peer: Party;
  readonly video: boolean;
}

export type HistoryOutcome = RingOutcome | 'answered-elsewhere' | 'missed';

export interface HistoryEntry extends Party {
  readonly id: string;
  readonly direction: 'in' | 'out';
  readonly outcome: HistoryOutcome;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly video: boolean;
  readonly keys: readonly string[];
}

/** How the last ring ended, until something new happens. */
export interface LastRing {
  readonly direction: 'in' | 'out';
  readonly party: Party;
  readonly outcome: HistoryOutcome;
  readonly video: boolean;
}

/** Kept on the device, for all its tabs. */
export interface PhoneSettings {
  readonly doNotDisturb: boolean;
  readonly blocked: readonly string[];
  /** The newest first. */
  readonly history: readonly HistoryEntry[];
}

export interface PhoneState extends PhoneSettings {
  readonly connection: ConnectionState;
  /** Where we can be rung; null until known. */
  readonly address: string | null;
  readonly displayName: string;
  readonly phase: PhonePhase;
  readonly outgoing: OutgoingRing | null;
  readonly incoming: IncomingCall | null;
  /** Accepted, and not in the call yet. */
  readonly answering: boolean;
  readonly call: PhoneCall | null;
  /** Who is rung into the call. */
  readonly inviting: readonly OutgoingRing[];
  readonly last: LastRing | null;
  /** Why we cannot be rung, or why the last try to ring failed. */
  readonly error: CallError | null;
}

export const INITIAL_PHONE: PhoneState = Object.freeze({
  connection: 'disconnected',
  address: null,
  displayName: '',
  phase: 'idle',
  outgoing: null,
  incoming: null,
  answering: false,
  call: null,
  inviting: Object.freeze([]),
  last: null,
  error: null,
  doNotDisturb: false,
  blocked: Object.freeze([]),
  history: Object.freeze([]),
});
