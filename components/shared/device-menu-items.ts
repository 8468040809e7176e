/** What the menu of a device offers, from the state of the call. No DOM. */
import type { CallState, Device } from '../core/call-state.js';
import type { DeviceKind } from '../core/local-media.js';
import type { MenuKind } from './device-menus.js';

export interface DeviceChoice {
  readonly id: string;
  /** Empty: the browser does not say; show kind and number. */
  readonly label: string;
  readonly checked: boolean;
}

export interface DeviceGroup {
  readonly kind: DeviceKind;
  readonly choices: readonly DeviceChoice[];
}

export interface DeviceMenuItems {
  readonly groups: readonly DeviceGroup[];
  readonly testSound: boolean;
  readonly flip: boolean;
}

export interface Abilities {
  /** The browser can play elsewhere than on the system's default speaker. */
  readonly chooseSpeaker: boolean;
  /** Held in a hand: cameras are on two sides. */
  readonly handheld: boolean;
}

export function deviceMenuItems(
  kind: MenuKind,
  { devices, local, speakerId }: Pick<CallState, 'devices' | 'local' | 'speakerId'>,
  can: Abilities,
): DeviceMenuItems {
  const choices = (list: readonly Device[], chosen: string | null): readonly DeviceChoice[] =>
    list.map(({ id, label }) => ({ id, label, checked: id === chosen }));
  if (kind === 'camera') {
    const flip = can.handheld && devices.cameras.length > 1;
    return { groups: [{ kind, choices: choices(devices.cameras, local.camera.deviceId) }], testSound: false, flip };
  }
  const groups: DeviceGroup[] = [{ kind, choices: choices(devices.microphones, local.microphone.deviceId) }];
  const speakers = can.chooseSpeaker && devices.speakers.length > 0;
  if (speakers) {
    // Chromium lists the system's choice as a device of its own.
    const has = (wanted: string): boolean => devices.speakers.some(({ id }) => id === wanted);
    const known = has('default');
    const chosen = speakerId && has(speakerId) ? speakerId : known ? 'default' : '';
    const standard = known ? [] : [{ id: '', label: '', checked: chosen === '' }];
    groups.push({ kind: 'speaker', choices: [...standard, ...choices(devices.speakers, chosen)] });
  }
  return { groups, testSound: speakers, flip: false };
}
