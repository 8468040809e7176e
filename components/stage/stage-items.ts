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
  readonly pinned: boolean;
  readonly microphoneOff: boolean;
  readonly cameraOff: boolean;
  readonly handRaised: boolean;
  readonly link: LinkState;
}

export const SELF = 'local';

/** How the stage is looked at. */
export interface StageView {
  readonly mode: StageMode;
  /** Key of the tile that the visitor keeps large. */
  readonly pinned: string | null;
  /** Key of the screen that is large: a second one does not push it away. */
  readonly screen: string | null;
  /** Who has the spotlight. */
  readonly star: ParticipantId | null;
  readonly selfView: boolean;
}

/** In an order that stays, so that no tile is moved in the page: a player that is moved stops. */
export function stageItems(state: CallState, { mode, pinned, screen, star, selfView }: StageView): readonly StageItem[] {
  const screens =
    mode === 'audio' ? [] : [...state.participants.filter((p) => p.media.screen).map(screenOf), ...ownScreen(state)];
  const others = state.participants.map((participant) => cameraOf(participant, mode));
  // Who is alone sees at least themselves.
  const self = selfView || !others.length ? [ownCamera(state, mode)] : [];
  const all = [...screens, ...others, ...self];
  const keyed = (key: string | null): StageItem | undefined => all.find((item) => item.key === key);
  const first = mode === 'spotlight' ? (others.find(({ participantId }) => participantId === star) ?? others[0]) : undefined;
  const large = keyed(pinned) ?? keyed(screen) ?? screens[0] ?? first;
  if (large) {
    // Nobody beside but ourselves: then the own picture is a detail.
    const beside = all.every((item) => item === large || item.key === SELF) ? 'float' : 'strip';
    return all.map((item) =>
      item === large ? { ...item, pinned: item.key === pinned } : { ...item, place: large.key === SELF ? 'strip' : beside },
    );
  }
  // Two people look at each other.
  if (mode === 'auto' && others.length === 1) return [...others, ...self.map((item) => ({ ...item, place: 'float' as const }))];
  return all;
}

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
    pinned: false,
    microphoneOff: !participant.media.microphone,
    cameraOff: mode === 'audio' || !participant.media.camera,
    handRaised: participant.handRaised,
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
    pinned: false,
    microphoneOff: local.microphone.status !== 'on' && local.microphone.status !== 'turning-off',
    handRaised: local.handRaised,
    cameraOff: mode === 'audio' || local.camera.status !== 'on' || !local.streams.camera,
    link: 'connected',
  };
}

function ownScreen(state: CallState): readonly StageItem[] {
  if (state.local.screen.status !== 'on' || !state.local.streams.screen) return [];
  const stream = state.local.streams.screen;
  return [{ ...ownCamera(state, 'auto'), key: `${SELF}/screen`, stream, screen: true, microphoneOff: false, cameraOff: false }];
}
