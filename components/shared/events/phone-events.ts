/** What is announced about ringing and being rung. For the host page: nothing inside listens to them. */
import type { HistoryOutcome, Party } from '../../core/phone/phone-state.js';
import { WebrtcEvent } from './call-events.js';

export interface IncomingCallDetail {
  readonly from: Party;
  /** The address that was rung. */
  readonly to: string;
  readonly video: boolean;
  /** Into a call that is under way. */
  readonly invited: boolean;
}

export interface CallAnsweredDetail {
  readonly direction: 'in' | 'out';
  readonly peer: Party;
  readonly room: string;
}

export interface CallDeclinedDetail {
  /** `in`: we declined; `out`: they did. */
  readonly direction: 'in' | 'out';
  readonly peer: Party;
}

export interface CallMissedDetail {
  /** `out`: we rang and reached nobody; `in`: we were rung and did not answer. */
  readonly direction: 'in' | 'out';
  readonly peer: Party;
  /** Why, as exactly as it is told. */
  readonly outcome: HistoryOutcome;
}

export class PhoneReadyEvent extends WebrtcEvent<{ readonly address: string }> {
  constructor(address: string) {
    super('phone-ready', { address });
  }
}

export class IncomingCallEvent extends WebrtcEvent<IncomingCallDetail> {
  constructor(detail: IncomingCallDetail) {
    super('incoming-call', detail);
  }
}

export class CallAnsweredEvent extends WebrtcEvent<CallAnsweredDetail> {
  constructor(detail: CallAnsweredDetail) {
    super('call-answered', detail);
  }
}

export class CallDeclinedEvent extends WebrtcEvent<CallDeclinedDetail> {
  constructor(detail: CallDeclinedDetail) {
    super('call-declined', detail);
  }
}

export class CallMissedEvent extends WebrtcEvent<CallMissedDetail> {
  constructor(detail: CallMissedDetail) {
    super('call-missed', detail);
  }
}
