/** The telephone's signaling connection to the server, as its session needs it. One implementation speaks Socket.IO; tests use a shipped fake. */
import type {
  CallRequests,
  IncomingRing,
  RegisterReply,
  RegisterRequest,
  RingEnd,
  RingResult,
} from '../../../server/protocol/calls.js';
import type { CallError } from '../call-error.js';
import type { ConnectionState } from '../phase.js';

export type PhoneSignalingEvent =
  | { readonly type: 'connection'; readonly connection: ConnectionState }
  /** The signaling connection is up, and we are known: for the first time, or again. `reply` is null for who only rings. */
  | { readonly type: 'up'; readonly reply: RegisterReply | null }
  /** The server does not take us. */
  | { readonly type: 'refused'; readonly error: CallError }
  /** It is tried on, but something is in the way. */
  | { readonly type: 'unreachable'; readonly error: CallError }
  | { readonly type: 'ring-incoming'; readonly ring: IncomingRing }
  | { readonly type: 'ring-ended'; readonly ringId: string; readonly reason: RingEnd }
  | { readonly type: 'ring-result'; readonly id: string; readonly result: RingResult };

export type PhoneRequest = 'answer' | 'cancel-ring' | 'presence' | 'ring';

export interface PhoneSignaling {
  /** One listener: the session. */
  onEvent(listener: (event: PhoneSignalingEvent) => void): void;
  /** Keeps a signaling connection open from now on. `register` is asked anew each time the signaling connection comes up; null: only to ring. */
  open(register: () => RegisterRequest | null): void;
  /** What we register changed. */
  update(): void;
  /** Over the open signaling connection; rejects with `CallError`. */
  request<E extends PhoneRequest>(event: E, request: CallRequests[E]['request']): Promise<CallRequests[E]['reply']>;
  /** The page goes away: nothing is tried again until `wake()`. */
  away(): void;
  /** There is something to say again. */
  wake(): void;
  /** Another network, or the page is seen again: try now. */
  check(): void;
  /** With a word: nobody waits for us. */
  close(): void;
}
