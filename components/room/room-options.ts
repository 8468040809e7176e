/** From what the page set and the visitor chose to what the call is configured with. No DOM. */
import type { CallOptions } from '../core/call.js';
import type { NoiseSuppression } from '../core/participant.js';
import type { Wanted } from '../shared/call-context.js';
import { same } from '../shared/selector.js';

export type OnOff = 'on' | 'off';

/** What the page set on the element. */
export interface RoomSettings {
  readonly room: string;
  readonly serverUrl: string;
  readonly token: string | (() => Promise<string>);
  readonly displayName: string;
  readonly avatarUrl: string;
  readonly externalId: string;
  readonly audio: OnOff;
  readonly video: OnOff;
  readonly iceTransportPolicy: RTCIceTransportPolicy;
  readonly iceServers: readonly RTCIceServer[] | null;
  readonly localStream: MediaStream | null;
  readonly lowData: OnOff | 'auto';
  readonly background: string;
  readonly noiseSuppression: NoiseSuppression;
  readonly resolution?: string;
}

/**
 * What the visitor did just now counts most, then what the page says, then what they did last time.
 * `off` of a page is never turned on by a memory.
 */
export function wantedFrom(settings: RoomSettings, chosen: Partial<Wanted>, remembered: Partial<Wanted>): Wanted {
  return {
    displayName: chosen.displayName ?? (settings.displayName || (remembered.displayName ?? '')),
    audio: chosen.audio ?? (settings.audio !== 'off' && (remembered.audio ?? true)),
    video: chosen.video ?? (settings.video !== 'off' && (remembered.video ?? true)),
  };
}

export interface Surroundings {
  readonly serverUrl: string;
  /** The visitor asked their browser to save data. */
  readonly savesData: boolean;
}

export function callOptions(settings: RoomSettings, wanted: Wanted, around: Surroundings): CallOptions {
  return {
    room: settings.room,
    serverUrl: settings.serverUrl || around.serverUrl,
    token: settings.token || null,
    displayName: wanted.displayName.trim(),
    avatarUrl: settings.avatarUrl || null,
    externalId: settings.externalId || null,
    audio: wanted.audio,
    video: wanted.video,
    iceTransportPolicy: settings.iceTransportPolicy === 'relay' ? 'relay' : 'all',
    iceServers: settings.iceServers,
    resolution: settings.resolution ?? '',
    localStream: settings.localStream,
    lowData: settings.lowData === 'on' || (settings.lowData !== 'off' && around.savesData),
    background: settings.background || 'none',
    noiseSuppression: settings.noiseSuppression,
  };
}

/** Only what is different now: configuring a call must not repeat what it knows. */
export function changedOptions(before: Partial<CallOptions>, after: CallOptions): Partial<CallOptions> {
  const known = before as Readonly<Record<string, unknown>>;
  return Object.fromEntries(Object.entries(after).filter(([key, value]) => !(key in known) || !same(known[key], value)));
}
