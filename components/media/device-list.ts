/** The devices of this machine, listed once a capture was permitted and again whenever they change. */
import type { Device, Devices } from '../core/call-state.js';

export class DeviceList {
  readonly #changed: (devices: Devices) => void;
  readonly #pollMs: number;
  #watching: AbortController | null = null;
  #last = '';

  constructor(pollMs: number, changed: (devices: Devices) => void) {
    this.#pollMs = pollMs;
    this.#changed = changed;
  }

  /** Lists now, and watches from now on. */
  async refresh(): Promise<void> {
    if (!('mediaDevices' in navigator)) return; // an insecure page: it has none
    if (!this.#watching) {
      this.#watching = new AbortController();
      const { signal } = this.#watching;
      navigator.mediaDevices.addEventListener('devicechange', () => void this.refresh(), { signal });
      // Some browsers notice that a device is gone only when they are asked.
      const timer = setInterval(() => void this.refresh(), this.#pollMs);
      signal.addEventListener('abort', () => clearInterval(timer));
    }
    const { signal } = this.#watching;
    const all = await navigator.mediaDevices.enumerateDevices().catch(() => []);
    const devices: Devices = Object.freeze({
      microphones: pick(all, 'audioinput'),
      cameras: pick(all, 'videoinput'),
      speakers: pick(all, 'audiooutput'),
    });
    const fingerprint = JSON.stringify(devices);
    if (signal.aborted || fingerprint === this.#last) return;
    this.#last = fingerprint;
    this.#changed(devices);
  }

  close(): void {
    this.#watching?.abort();
    this.#watching = null;
  }
}

function pick(all: readonly MediaDeviceInfo[], kind: MediaDeviceKind): readonly Device[] {
  // Devices without an id are placeholders of a browser that was not permitted to tell.
  return Object.freeze(
    all.filter((d) => d.kind === kind && d.deviceId !== '').map((d) => Object.freeze({ id: d.deviceId, label: d.label })),
  );
}
