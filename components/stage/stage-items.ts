/** Who is shown, in which order and in which role, from the state of the call. No DOM. */
import type { CallState } from '../core/call-state.js';
import type { LinkState, Participant, ParticipantId } from '../core/participant.js';
import type { Place } from './stage-layout.js';

export type StageMode = 'auto' | 'grid' | 'spotlight' | 'audio';

export interface StageItem {
  /** Stable, so that a tile is moved and never rebuilt. */
  readonly key: string;
  readonly place: Place;
  readonly participantId: ParticipantId;
  readonly displayName: string;
  readonly avatarUrl: string;
  readonly stream: MediaStream | null;
  readonly local: boolean;
  readonly screen: boolean;
  readonly microphoneOff: boolean;
  readonly cameraOff: boolean;
  readonly link: LinkState;
}

export const SELF = 'local';

export function stageItems(state: CallState, mode: StageMode): readonly StageItem[] {
  const screens =
    mode === 'audio' ? [] : [...state.participants.filter((p) => p.media.screen).map(screenOf), ...ownScreen(state)];
  const others = state.participants.map((participant) => cameraOf(participant, mode));
  const self = ownCamera(state, mode);
  if (screens.length) return [...screens, ...inStrip([...others, self])];
  if (mode === 'spotlight' && others.length) {
    const star = others.find((item) => item.participantId === state.activeSpeaker) ?? others[0];
    return [...others.map((item) => (item === star ? item : { ...item, place: 'strip' as const })), ...inStrip([self])];
  }
  // Two people look at each other; the own picture is a detail.
  if (mode === 'auto' && others.length === 1) return [...others, { ...self, place: 'float' }];
  return [...others, self];
}

const inStrip = (items: readonly StageItem[]): readonly StageItem[] => items.map((item) => ({ ...item, place: 'strip' }));

function cameraOf(participant: Participant, mode: StageMode): StageItem {
  return {
    key: participant.id,
    place: 'main',
    participantId: participant.id,
    displayName: participant.displayName,
    avatarUrl: participant.avatarUrl ?? '',
    stream: participant.streams.camera,
    local: false,
    screen: false,
    microphoneOff: !participant.media.microphone,
    cameraOff: mode === 'audio' || !participant.media.camera,
    // Their line is lost: the picture may still flow, but nobody knows for how long.
    link: participant.presence === 'away' && participant.link === 'connected' ? 'reconnecting' : participant.link,
  };
}

function screenOf(participant: Participant): StageItem {
  return {
    ...cameraOf(participant, 'auto'),
    key: `${participant.id}/screen`,
    stream: participant.streams.screen,
    screen: true,
    cameraOff: false,
    link: 'connected',
  };
}

function ownCamera({ local }: CallState, mode: StageMode): StageItem {
  return {
    key: SELF,
    place: 'main',
    participantId: local.id ?? SELF,
    displayName: local.displayName,
    avatarUrl: local.avatarUrl ?? '',
    stream: local.streams.camera,
    local: true,
    screen: false,
    microphoneOff: local.microphone.status !== 'on' && local.microphone.status !== 'turning-off',
    cameraOff: mode === 'audio' || local.camera.status !== 'on' || !local.streams.camera,
    link: 'connected',
  };
}

function ownScreen(state: CallState): readonly StageItem[] {
  if (state.local.screen.status !== 'on' || !state.local.streams.screen) return [];
  const stream = state.local.streams.screen;
  return [{ ...ownCamera(state, 'auto'), key: `${SELF}/screen`, stream, screen: true, microphoneOff: false, cameraOff: false }];
}
