/**
 * Puts the telephone together. Entry `webrtc-elements/phone`: ringing and being rung without a single element. An
 * answered call is a room and a ticket: `createCall({ room, token: ticket })` talks in it.
 */
import { SILENT_LOGGER, type Logger } from './core/logger.js';
import { DEFAULT_PHONE_OPTIONS, type Phone, type PhoneOptions } from './core/phone/phone.js';
import { PhoneSession } from './core/phone/phone-session.js';
import { DEFAULT_PHONE_TIMINGS, type PhoneTimings } from './core/phone/timings.js';
import { serverAddress } from './core/server-address.js';
import { DEFAULT_TIMINGS, type SignalingTimings } from './core/timings.js';
import { watchPage } from './page-watch.js';
import { phoneStorage } from './signaling/phone-storage.js';
import { SocketPhone } from './signaling/socket-phone.js';

export type { Phone, PhoneOptions, RingOptions } from './core/phone/phone.js';
export type { CallEnd, PhoneFact } from './core/phone/phone-facts.js';
export type {
  HistoryEntry,
  HistoryOutcome,
  IncomingCall,
  LastRing,
  OutgoingRing,
  Party,
  PhoneCall,
  PhonePhase,
  PhoneSettings,
  PhoneState,
  RingOutcome,
} from './core/phone/phone-state.js';
export type { Observable } from './core/observable.js';
export { CallError, type CallErrorCode } from './core/call-error.js';
export { DEFAULT_PHONE_TIMINGS, type PhoneTimings } from './core/phone/timings.js';

export interface PhoneExtras {
  /** Hears one line per lifecycle change; silent by default. */
  readonly logger?: Logger;
  /** What differs from the defaults: for odd networks, and for tests that must not wait. */
  readonly timings?: { readonly phone?: Partial<PhoneTimings>; readonly signaling?: Partial<SignalingTimings> };
}

/** @param options what differs from the defaults; `serverUrl` defaults to the page's origin */
export function createPhone(
  options: Partial<PhoneOptions> = {},
  { logger = SILENT_LOGGER, timings = {} }: PhoneExtras = {},
): Phone {
  const signaling = { ...DEFAULT_TIMINGS.signaling, ...timings.signaling };
  return new PhoneSession(
    { ...DEFAULT_PHONE_OPTIONS, ...options },
    {
      logger,
      timings: { ...DEFAULT_PHONE_TIMINGS, ...timings.phone },
      createSignaling: (serverUrl) => new SocketPhone(serverAddress(serverUrl || location.origin, document.baseURI), signaling),
      memory: phoneStorage(signaling.seatMemoryMs),
      watchPage,
    },
  );
}
