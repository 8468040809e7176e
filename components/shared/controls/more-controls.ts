/** The other controls. They come right after the first look, with their icons and words. */
import { moreIcon } from '../more-icons.js';
import { pipKind } from '../pip-support.js';
import type { Controls } from './control.js';
import { TALK } from './messaging-controls.js';

/** By name; where each stands is in `control-list`. */
export const MORE: Controls = {
  ...TALK,
  settings: ({ room, text }) => ({
    icon: moreIcon('settings'),
    label: text.term('settings'),
    ...(room.panel === 'settings' ? { variant: 'open' } : {}),
    press: () => room.togglePanel('settings'),
  }),
  pip: ({ state, room, text }) => {
    const kind = pipKind();
    // Only a video: there must be one.
    if (!kind || (kind === 'video' && !room.pipOpen && !state.participants.some(({ media }) => media.camera || media.screen)))
      return null;
    const open = room.pipOpen;
    return {
      icon: moreIcon('pip'),
      label: text.term(open ? 'closePip' : 'openPip'),
      ...(open ? { variant: 'open' } : {}),
      press: () => room.togglePip(),
    };
  },
  invite: ({ room, text }) =>
    room.inviteLink === null
      ? null
      : { icon: moreIcon('invite'), label: text.term('invite'), press: () => room.openInvitation() },
  record: ({ state: { meeting, local }, room, text }) => {
    if (meeting !== 'joined' || !local.grants.record || typeof MediaRecorder === 'undefined') return null;
    return {
      icon: moreIcon(local.recording ? 'stop' : 'record'),
      label: text.term(local.recording ? 'stopRecording' : 'startRecording'),
      press: () => (local.recording ? room.call.stopRecording() : room.call.startRecording()),
    };
  },
  fullscreen: ({ room, text }) => {
    // Not on iPhones, not in frames that forbid it.
    if (typeof document === 'undefined' || !document.fullscreenEnabled) return null;
    const full = room.fullscreen;
    return {
      icon: moreIcon(full ? 'fullscreenOff' : 'fullscreen'),
      label: text.term(full ? 'leaveFullscreen' : 'enterFullscreen'),
      press: () => room.toggleFullscreen(),
    };
  },
};
