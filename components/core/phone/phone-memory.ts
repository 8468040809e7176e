/** What a telephone remembers: on the device, for all its tabs, and in the tab, over a reload. */
import type { OutgoingRing, PhoneCall, PhoneSettings } from './phone-state.js';

/** What was going on when the page went away. */
export interface TabMemory {
  readonly device: string;
  /** With when it began and how long it may ring. */
  readonly ring?: OutgoingRing & { readonly until: number };
  readonly call?: PhoneCall;
}

export interface PhoneMemory {
  /** The secret of this device, made at the first time. */
  secret(serverUrl: string): string;
  settings(serverUrl: string): PhoneSettings;
  saveSettings(serverUrl: string, settings: PhoneSettings): void;
  /** Another tab changed them. */
  watch(listener: () => void, signal: AbortSignal): void;
  pass(serverUrl: string, token: string): string | null;
  savePass(serverUrl: string, token: string, pass: string): void;
  saveTab(serverUrl: string, memory: TabMemory): void;
  /** Forgets what it gives: a copy of the tab must not find it. */
  takeTab(serverUrl: string): TabMemory | null;
}
