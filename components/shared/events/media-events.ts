/** What is announced about our own camera, microphone, screen and devices. */
import type { DeviceError } from '../../core/call-error.js';
import type { Devices } from '../../core/call-state.js';
import { WebrtcEvent } from './call-events.js';

export interface ToggleDetail {
  readonly enabled: boolean;
}

export interface SelectedDevices {
  readonly microphone: string | null;
  readonly camera: string | null;
  /** '' is the system's default. */
  readonly speaker: string;
}

export interface PlaybackBlockedDetail {
  readonly blocked: boolean;
}

export class MicrophoneToggleEvent extends WebrtcEvent<ToggleDetail> {
  constructor(detail: ToggleDetail) {
    super('microphone-toggle', detail);
  }
}

export class CameraToggleEvent extends WebrtcEvent<ToggleDetail> {
  constructor(detail: ToggleDetail) {
    super('camera-toggle', detail);
  }
}

export class ScreenshareToggleEvent extends WebrtcEvent<ToggleDetail> {
  constructor(detail: ToggleDetail) {
    super('screenshare-toggle', detail);
  }
}

export class AvailableDevicesUpdatedEvent extends WebrtcEvent<Devices> {
  constructor(devices: Devices) {
    super('available-devices-updated', devices);
  }
}

export class SelectedDevicesUpdatedEvent extends WebrtcEvent<SelectedDevices> {
  constructor(detail: SelectedDevices) {
    super('selected-devices-updated', detail);
  }
}

/** The detail tells which device, why, and who is in the way. */
export class DeviceErrorEvent extends WebrtcEvent<DeviceError> {
  constructor(error: DeviceError) {
    super('device-error', error);
  }
}

export class PlaybackBlockedEvent extends WebrtcEvent<PlaybackBlockedDetail> {
  constructor(detail: PlaybackBlockedDetail) {
    super('playback-blocked', detail);
  }
}
