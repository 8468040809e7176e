/** What is announced about the life of a call. Announcements are for the host page: nothing inside listens to them. */
import type { CallError } from '../../core/call-error.js';
import type { LeftReason } from '../../core/call-state.js';
import type { TokenReason } from '../../core/entry-proofs.js';
import type { ConnectionState } from '../../core/phase.js';

export interface CallJoinedDetail {
  readonly room: string;
  readonly participantId: string;
}

export interface TokenNeededDetail {
  readonly reason: TokenReason;
}

export interface CallLeftDetail {
  readonly reason: LeftReason;
}

export interface ConnectionStateChangeDetail {
  readonly from: ConnectionState;
  readonly to: ConnectionState;
}

/** Bubbles out of shadow roots, as all of ours do. */
export abstract class WebrtcEvent<D = null> extends CustomEvent<D> {
  constructor(type: string, detail: D, cancelable = false) {
    super(type, { detail, bubbles: true, composed: true, cancelable });
  }
}

export class CallReadyEvent extends WebrtcEvent {
  constructor() {
    super('call-ready', null);
  }
}

/** `preventDefault()` keeps the visitor at the door. */
export class BeforeJoinEvent extends WebrtcEvent {
  constructor() {
    super('before-join', null, true);
  }
}

/** `preventDefault()` keeps the visitor in the call. */
export class BeforeLeaveEvent extends WebrtcEvent {
  constructor() {
    super('before-leave', null, true);
  }
}

/** `preventDefault()` says that the page will set `token`; it is waited for. */
export class TokenNeededEvent extends WebrtcEvent<TokenNeededDetail> {
  constructor(detail: TokenNeededDetail) {
    super('token-needed', detail, true);
  }
}

export class CallJoiningEvent extends WebrtcEvent {
  constructor() {
    super('call-joining', null);
  }
}

export class CallJoinedEvent extends WebrtcEvent<CallJoinedDetail> {
  constructor(detail: CallJoinedDetail) {
    super('call-joined', detail);
  }
}

export class CallLeftEvent extends WebrtcEvent<CallLeftDetail> {
  constructor(detail: CallLeftDetail) {
    super('call-left', detail);
  }
}

export class ConnectionStateChangeEvent extends WebrtcEvent<ConnectionStateChangeDetail> {
  constructor(detail: ConnectionStateChangeDetail) {
    super('connection-state-change', detail);
  }
}

/** The call cannot go on, or could not begin. The detail is the error. */
export class CallErrorEvent extends WebrtcEvent<CallError> {
  constructor(error: CallError) {
    super('call-error', error);
  }
}

/** Something failed and the call goes on. The detail is the error. */
export class CallWarningEvent extends WebrtcEvent<CallError> {
  constructor(error: CallError) {
    super('call-warning', error);
  }
}
