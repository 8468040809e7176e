/**
 * The faults a test may ask a call for, without a broken network or server at hand. What happens afterwards is
 * real: the call mends itself as it would for a visitor. Asked for through `webrtc-elements/testing`.
 */
import type { MediaRouter } from './media/media-router.js';

export const SCENARIOS = [
  /** The connection to the server breaks and can be opened again at once. */
  'signal-reconnect',
  /** The connection breaks, and the server is not there for three seconds. */
  'server-restart',
  /** Every link reports that no path to the others is left. */
  'ice-failed',
  /** Every link says that it is connected and carries nothing. */
  'media-silent',
  /** Another Wi-Fi, a cable, a train. */
  'network-change',
  /** The microphone is pulled out. */
  'device-lost',
  /** The shared screen is ended from the browser's own bar. */
  'screen-ended',
] as const;

export type Scenario = (typeof SCENARIOS)[number];

/** What a transport can be asked to go through. */
export type LinkFault = Extract<Scenario, 'ice-failed' | 'media-silent'>;

/** How long the server of `server-restart` is away, in milliseconds. */
export const RESTART_MS = 3_000;

/** Known to all copies of this package in a page. */
export const SIMULATE: unique symbol = Symbol.for('webrtc-elements.simulate') as never;

export interface Simulates {
  [SIMULATE](scenario: Scenario): void;
}

/** Known to all copies of this package in a page: where a test makes a call change its transport. */
export const TRANSPORTS: unique symbol = Symbol.for('webrtc-elements.transports') as never;

/** Null outside of a room. Everybody has to do the same in the same order; in a real room the server says when. */
export interface SwitchesTransports {
  readonly [TRANSPORTS]: Pick<MediaRouter, 'commit' | 'epoch' | 'prepare' | 'rollBack'> | null;
}

/** Ends a track as the browser does when its device is gone: stopped, and told. */
export function endTrack(track: MediaStreamTrack | null): void {
  if (!track) return;
  track.stop();
  track.dispatchEvent(new Event('ended'));
}
