/**
 * The telephone without a screen, as elements and host pages use it. `createPhone()` makes one. An answered call is a
 * room and a ticket in `state.call`: give them to `createCall` or `<webrtc-room>`.
 */
import type { AddressPresence, PresenceSetting, RingStrategy } from '../../../server/protocol/calls.js';
import type { Observable } from '../observable.js';
import type { CallEnd, PhoneFact } from './phone-facts.js';
import type { HistoryEntry, PhoneState, RingOutcome } from './phone-state.js';

export interface PhoneOptions {
  /** Origin of the server, e.g. `https://calls.example.org`. */
  readonly serverUrl: string;
  /** Signed for the telephone (`mintPhoneToken`), where the server asks for one or a name is wanted. */
  readonly token: string | null;
  /** A name instead of the random address of the device. */
  readonly address: string | null;
  readonly displayName: string;
  /** Null: a name tells whether somebody is there, a random address does not. */
  readonly presence: PresenceSetting | null;
  /** How several who answer for the same name are rung. */
  readonly strategy: RingStrategy | null;
  /** How long we let it ring. */
  readonly ringTimeoutMs: number;
  /** False: only to ring, never to be rung. */
  readonly receives: boolean;
}

export const DEFAULT_PHONE_OPTIONS: PhoneOptions = Object.freeze({
  serverUrl: '',
  token: null,
  address: null,
  displayName: '',
  presence: null,
  strategy: null,
  ringTimeoutMs: 30_000,
  receives: true,
});

export interface RingOptions {
  /** False: without a picture. */
  readonly video?: boolean;
}

export interface Phone {
  readonly state: Observable<PhoneState>;
  /** Hears every fact right after it went into the state. */
  onFact(listener: (fact: PhoneFact, state: PhoneState) => void, signal?: AbortSignal): () => void;
  configure(options: Partial<PhoneOptions>): void;
  /** Opens the signaling connection and can be rung from then on. */
  start(): void;
  /**
   * Rings an address; in a call, into that call. Resolves with how it ended, and rejects with `CallError` when it
   * could not be rung at all.
   */
  call(address: string, options?: RingOptions): Promise<RingOutcome>;
  /** Takes the call that rings. Resolves when it is ours; rejects with `CallError`. */
  accept(options?: RingOptions): Promise<void>;
  decline(): void;
  /** Ends whatever there is: a ring of ours, one at us, a call. */
  hangUp(): void;
  /** Stops ringing somebody into the call. */
  cancelInvite(id: string): void;
  /** The room of the call was left, by us or with the last other one. */
  ended(reason: CallEnd): void;
  setDoNotDisturb(on: boolean): void;
  block(keys: readonly string[]): void;
  unblock(keys: readonly string[]): void;
  forget(entry: HistoryEntry): void;
  clearHistory(): void;
  /** Whether somebody is there, as far as it is told. */
  presence(addresses: readonly string[]): Promise<readonly AddressPresence[]>;
  /** Whatever the last ring left on the screen was read. */
  dismiss(): void;
  /** Hangs up, and ends the object. */
  close(): void;
}
