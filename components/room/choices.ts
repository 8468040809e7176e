/** Remembers what a visitor chose at the door. Storage may be full, forbidden or absent; then nothing is remembered. */
import type { Device } from '../core/call-state.js';
import type { DeviceKind } from '../core/local-media.js';
import type { Wanted } from '../shared/call-context.js';
import { isCorner, type Corner } from '../shared/view.js';
import { toJson } from '../core/json.js';

const KEY = 'webrtc-elements:choices';
const KINDS: readonly DeviceKind[] = ['microphone', 'camera', 'speaker'];

export type RememberedDevices = Readonly<Partial<Record<DeviceKind, Device>>>;
export type Choices = Partial<Wanted> & {
  readonly devices?: RememberedDevices;
  readonly corner?: Corner;
  readonly sounds?: boolean;
  readonly notifications?: boolean;
};

export function loadChoices(): Choices {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    if (typeof stored !== 'object' || !stored) return {};
    const { displayName, audio, video, devices, corner, lang, sounds, notifications } = stored as Partial<
      Record<keyof Choices, unknown>
    >;
    return {
      ...(typeof displayName === 'string' && displayName ? { displayName } : {}),
      ...(typeof audio === 'boolean' ? { audio } : {}),
      ...(typeof video === 'boolean' ? { video } : {}),
      ...(typeof lang === 'string' ? { lang } : {}),
      ...(isCorner(corner) ? { corner } : {}),
      ...(typeof sounds === 'boolean' ? { sounds } : {}),
      ...(typeof notifications === 'boolean' ? { notifications } : {}),
      devices: devicesFrom(devices),
    };
  } catch {
    return {};
  }
}

export function saveChoices(choices: Choices): void {
  try {
    localStorage.setItem(KEY, toJson(choices));
  } catch {
    // Third-party frames, private windows.
  }
}

function devicesFrom(stored: unknown): RememberedDevices {
  const known = (stored ?? {}) as Readonly<Partial<Record<DeviceKind, Partial<Record<keyof Device, unknown>>>>>;
  return Object.fromEntries(
    KINDS.flatMap((kind) => {
      const { id, label } = known[kind] ?? {};
      return typeof id === 'string' && typeof label === 'string' ? [[kind, { id, label }]] : [];
    }),
  );
}
