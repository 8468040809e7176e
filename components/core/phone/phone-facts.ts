/** Everything that can happen to a telephone. Past tense: nothing here asks for anything. */
import type { RingResult } from '../../../server/protocol/calls.js';
import type { CallError } from '../call-error.js';
import type { ConnectionState } from '../phase.js';
import type { IncomingCall, OutgoingRing, Party, PhoneCall, PhoneSettings, RingEnd } from './phone-state.js';

/** How a call is over: we hung up, they did, or the room says so. */
export type CallEnd = 'hung-up' | 'other-left' | 'room-closed';

export type PhoneFact =
  | { readonly type: 'connection-changed'; readonly connection: ConnectionState }
  | { readonly type: 'registered'; readonly address: string; readonly displayName: string }
  | { readonly type: 'registration-failed'; readonly error: CallError }
  | { readonly type: 'unreachable'; readonly error: CallError }
  | { readonly type: 'settings-changed'; readonly settings: PhoneSettings }
  /** `invited`: into the call we are in. */
  | { readonly type: 'ring-started'; readonly ring: OutgoingRing; readonly invited: boolean }
  | { readonly type: 'ring-failed'; readonly id: string; readonly error: CallError }
  | { readonly type: 'ring-over'; readonly ring: OutgoingRing; readonly party: Party; readonly result: RingResult }
  | { readonly type: 'ring-incoming'; readonly call: IncomingCall }
  | { readonly type: 'accepting'; readonly ringId: string }
  | { readonly type: 'accepted'; readonly incoming: IncomingCall; readonly call: PhoneCall }
  | { readonly type: 'declined'; readonly incoming: IncomingCall }
  /** It stopped ringing here, not by our doing. `lost`: and nobody could tell why. */
  | { readonly type: 'incoming-ended'; readonly incoming: IncomingCall; readonly reason: RingEnd | 'lost' }
  | { readonly type: 'call-restored'; readonly call: PhoneCall }
  | { readonly type: 'call-ended'; readonly call: PhoneCall; readonly reason: CallEnd }
  | { readonly type: 'dismissed' };
