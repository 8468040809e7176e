/** What is kept on the device, as this tab sees it: history, who is blocked, do not disturb. Knows no signaling connection and no ring. */
import type { PhoneMemory } from './phone-memory.js';
import type { HistoryEntry, PhoneSettings } from './phone-state.js';
import { blocking, forgotten, remembered, unblocking } from './settings.js';

export class KeptSettings {
  readonly #memory: PhoneMemory;
  readonly #serverUrl: () => string;
  readonly #took: (settings: PhoneSettings) => void;

  constructor(memory: PhoneMemory, serverUrl: () => string, took: (settings: PhoneSettings) => void, signal: AbortSignal) {
    this.#memory = memory;
    this.#serverUrl = serverUrl;
    this.#took = took;
    this.load();
    memory.watch(() => this.load(), signal);
  }

  load(): void {
    this.#took(this.#memory.settings(this.#serverUrl()));
  }

  setDoNotDisturb(on: boolean): void {
    this.#change((settings) => ({ ...settings, doNotDisturb: on }));
  }

  block(keys: readonly string[]): void {
    this.#change((settings) => blocking(settings, keys));
  }

  unblock(keys: readonly string[]): void {
    this.#change((settings) => unblocking(settings, keys));
  }

  remember(entry: HistoryEntry): void {
    this.#change((settings) => remembered(settings, entry));
  }

  forget(entry: HistoryEntry): void {
    this.#change((settings) => forgotten(settings, entry));
  }

  clearHistory(): void {
    this.#change((settings) => ({ ...settings, history: [] }));
  }

  /** Read anew before each change: another tab may have written. */
  #change(change: (settings: PhoneSettings) => PhoneSettings): void {
    const settings = change(this.#memory.settings(this.#serverUrl()));
    this.#memory.saveSettings(this.#serverUrl(), settings);
    this.#took(settings);
  }
}
