/**
 * Uses the devices of last time, by their ids; and by their names, where the browser has given them new ids.
 * What cannot be had is no loss: the system's choice is used then.
 */
import type { Call } from '../core/call.js';
import type { Devices } from '../core/call-state.js';
import type { DeviceKind } from '../core/local-media.js';
import { loadChoices, saveChoices, type RememberedDevices } from './choices.js';

const LISTS = { microphone: 'microphones', camera: 'cameras', speaker: 'speakers' } as const;

/** What is there under another id. No DOM. */
export function renamed(remembered: RememberedDevices, devices: Devices): readonly (readonly [DeviceKind, string])[] {
  return (Object.keys(LISTS) as DeviceKind[]).flatMap((kind) => {
    const wanted = remembered[kind];
    const list = devices[LISTS[kind]];
    if (!wanted?.label || list.some(({ id }) => id === wanted.id)) return [];
    const found = list.find(({ label }) => label === wanted.label);
    return found ? [[kind, found.id] as const] : [];
  });
}

export class DeviceMemory {
  readonly #enabled: () => boolean;
  #devices: RememberedDevices = {};

  constructor(enabled: () => boolean) {
    this.#enabled = enabled;
  }

  /** For a new call. */
  restore(call: Call): void {
    if (!this.#enabled()) return;
    this.#devices = loadChoices().devices ?? {};
    for (const [kind, device] of Object.entries(this.#devices)) this.#use(call, kind as DeviceKind, device.id);
  }

  /** The browser tells what there is. */
  listed(call: Call, devices: Devices): void {
    for (const [kind, id] of renamed(this.#devices, devices)) {
      this.remember(kind, id, devices);
      this.#use(call, kind, id);
    }
  }

  remember(kind: DeviceKind, id: string | null, devices: Devices): void {
    const { [kind]: _before, ...others } = this.#devices;
    const device = devices[LISTS[kind]].find((each) => each.id === id);
    this.#devices = device ? { ...others, [kind]: { id: device.id, label: device.label } } : others;
    if (this.#enabled()) saveChoices({ ...loadChoices(), devices: this.#devices });
  }

  #use(call: Call, kind: DeviceKind, id: string): void {
    call.switchActiveDevice(kind, id).catch(() => undefined);
  }
}
