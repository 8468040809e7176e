/** What the telephone and the call button do alike with what they have drawn. */
import type { Call } from '../core/call.js';
import type { CallEnd } from '../core/phone/phone-facts.js';
import { hueOf } from '../shared/avatar.js';
import { defaultServerUrl } from '../shared/default-server-url.js';
import type { Surroundings } from './call-face.js';
import type { RoomWatch } from './room-watch.js';

interface Settings extends Omit<Surroundings, 'video'> {
  readonly video: 'off' | 'on';
}

export function serverOf({ serverUrl }: Pick<Settings, 'serverUrl'>): string {
  return serverUrl || defaultServerUrl();
}

/** What a room in the telephone takes over from its attributes. */
export function surroundings(element: Settings): Surroundings {
  const { displayName, video, resolution, theme, translations, callFactory } = element;
  return { serverUrl: serverOf(element), displayName, video: video !== 'off', resolution, theme, translations, callFactory };
}

/** @param seconds An attribute: whatever a page wrote. */
export function ringTimeoutMs(seconds: number): number {
  return Math.min(120, Math.max(1, seconds || 30)) * 1_000;
}

/** Avatars get the colour of whom they stand for: in a style that a strict policy allows. */
export function paintAvatars(root: ParentNode): void {
  for (const avatar of root.querySelectorAll<HTMLElement>('.avatar'))
    avatar.style.setProperty('--_hue', String(hueOf(avatar.dataset['of'] ?? '')));
}

/** Follows the room that is drawn, if there is one. */
export function watchRoom(root: ParentNode, watch: RoomWatch, ended: (reason: CallEnd) => void): void {
  const room = root.querySelector<HTMLElement & { readonly call?: Call }>('webrtc-room');
  if (!room) watch.stop();
  else
    void customElements.whenDefined('webrtc-room').then(() => {
      if (room.isConnected && room.call) watch.watch(room.call, ended);
    });
}
