/** Changes of what a telephone keeps on its device. Pure: the newest first, each ring once, and not without end. */
import type { HistoryEntry, PhoneSettings } from './phone-state.js';

const MOST_ENTRIES = 30;
/** As many as the server takes. */
const MOST_BLOCKED = 200;

export const NO_SETTINGS: PhoneSettings = Object.freeze({
  doNotDisturb: false,
  blocked: Object.freeze([]),
  history: Object.freeze([]),
});

/** Every tab that rang writes it down; what one of them knows for certain counts more than that it was missed. */
export function remembered(settings: PhoneSettings, entry: HistoryEntry): PhoneSettings {
  const known = settings.history.find(({ id }) => id === entry.id);
  if (known && (entry.outcome === 'missed' || entry.outcome === 'answered-elsewhere')) return settings;
  const others = settings.history.filter(({ id }) => id !== entry.id);
  return { ...settings, history: [entry, ...others].slice(0, MOST_ENTRIES) };
}

export function forgotten(settings: PhoneSettings, entry: HistoryEntry): PhoneSettings {
  return { ...settings, history: settings.history.filter(({ id }) => id !== entry.id) };
}

export function blocking(settings: PhoneSettings, keys: readonly string[]): PhoneSettings {
  return { ...settings, blocked: [...new Set([...keys, ...settings.blocked])].slice(0, MOST_BLOCKED) };
}

export function unblocking(settings: PhoneSettings, keys: readonly string[]): PhoneSettings {
  return { ...settings, blocked: settings.blocked.filter((key) => !keys.includes(key)) };
}
