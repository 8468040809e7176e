/** The elements' attributes as markup writes them; the templates' typings beside this file are made of these. */
import type {
  WebrtcCallButton,
  WebrtcEventMap,
  WebrtcPhone,
  WebrtcPrejoin,
  WebrtcRoom,
  WebrtcStage,
  WebrtcVideoTile,
} from '../dist/components/elements.js';

type OnOff = 'on' | 'off';

export interface RoomAttributes {
  room?: string;
  'server-url'?: string;
  token?: string;
  'display-name'?: string;
  'avatar-url'?: string;
  'external-id'?: string;
  audio?: OnOff;
  video?: OnOff;
  prejoin?: OnOff;
  autojoin?: boolean;
  layout?: WebrtcRoom['layout'];
  'video-fit'?: WebrtcRoom['videoFit'];
  mirror?: OnOff;
  controls?: string;
  minimal?: boolean;
  theme?: WebrtcRoom['theme'];
  'ice-transport-policy'?: WebrtcRoom['iceTransportPolicy'];
  topology?: WebrtcRoom['topology'];
  e2ee?: WebrtcRoom['e2ee'];
  'low-data'?: WebrtcRoom['lowData'];
  background?: string;
  'noise-suppression'?: WebrtcRoom['noiseSuppression'];
  'persist-user-choices'?: OnOff;
  shortcuts?: OnOff;
  'leave-on-unmount'?: OnOff;
  resolution?: string;
}

export interface PrejoinAttributes {
  for?: string;
  mirror?: WebrtcPrejoin['mirror'];
}

export interface StageAttributes {
  for?: string;
  layout?: WebrtcStage['layout'];
  'video-fit'?: WebrtcStage['videoFit'];
  mirror?: WebrtcStage['mirror'];
}

export interface TileAttributes {
  'participant-id'?: string;
  'display-name'?: string;
  'avatar-url'?: string;
  local?: boolean;
  screen?: boolean;
  mirror?: boolean;
  'video-fit'?: WebrtcVideoTile['videoFit'];
  'muted-audio'?: boolean;
  'microphone-off'?: boolean;
  'hand-raised'?: boolean;
  'camera-off'?: boolean;
  speaking?: boolean;
  pinned?: boolean;
  'link-state'?: WebrtcVideoTile['linkState'];
}

export interface ControlsAttributes {
  for?: string;
  controls?: string;
}

export interface ChatAttributes {
  for?: string;
}

export interface SettingsAttributes {
  for?: string;
  pane?: 'devices' | 'general' | 'picture' | '';
}

export interface ParticipantsAttributes {
  for?: string;
}

export interface PhoneAttributes {
  'server-url'?: string;
  token?: string;
  address?: string;
  'display-name'?: string;
  video?: WebrtcPhone['video'];
  resolution?: string;
  'ring-timeout'?: number | string;
  ringtone?: WebrtcPhone['ringtone'];
  strategy?: WebrtcPhone['strategy'];
  presence?: WebrtcPhone['presence'];
  history?: WebrtcPhone['history'];
  theme?: WebrtcPhone['theme'];
}

export interface CallButtonAttributes {
  to?: string;
  label?: string;
  'server-url'?: string;
  token?: string;
  'display-name'?: string;
  video?: WebrtcCallButton['video'];
  resolution?: string;
  'ring-timeout'?: number | string;
  ringtone?: WebrtcCallButton['ringtone'];
  presence?: WebrtcCallButton['presence'];
  theme?: WebrtcCallButton['theme'];
}

/** `oncall-joined`, as React 19 and Svelte 5 listen to elements. */
export type Listeners = {
  [Name in keyof WebrtcEventMap as `on${Name}`]?: (event: WebrtcEventMap[Name]) => void;
};

export interface AttributesByTag {
  'webrtc-room': RoomAttributes;
  'webrtc-prejoin': PrejoinAttributes;
  'webrtc-stage': StageAttributes;
  'webrtc-video-tile': TileAttributes;
  'webrtc-controls': ControlsAttributes;
  'webrtc-chat': ChatAttributes;
  'webrtc-participants': ParticipantsAttributes;
  'webrtc-settings': SettingsAttributes;
  'webrtc-phone': PhoneAttributes;
  'webrtc-call-button': CallButtonAttributes;
}
