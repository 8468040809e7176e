/** Remembers what a visitor chose at the door. Storage may be full, forbidden or absent; then nothing is remembered. */
import type { Wanted } from '../shared/call-context.js';

const KEY = 'webrtc-elements:choices';

export function loadChoices(): Partial<Wanted> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    if (typeof stored !== 'object' || !stored) return {};
    const { displayName, audio, video } = stored as Partial<Record<keyof Wanted, unknown>>;
    return {
      ...(typeof displayName === 'string' && displayName ? { displayName } : {}),
      ...(typeof audio === 'boolean' ? { audio } : {}),
      ...(typeof video === 'boolean' ? { video } : {}),
    };
  } catch {
    return {};
  }
}

export function saveChoices(choices: Partial<Wanted>): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(choices));
  } catch {
    // Third-party frames, private windows.
  }
}
