'use client';
/**
 * The elements as React components, for applications that render on the server: React does not set properties and
 * listeners of custom elements when it hydrates, `@lit/react` does. Adds nothing else; both are optional peers.
 */
import { createComponent, type EventName } from '@lit/react';
import * as react from 'react';
import * as controls from './controls/define.js';
import type { WebrtcEventMap } from './elements.js';
import * as elements from './index.js';
import * as callButton from './phone/define-call-button.js';
import * as phone from './phone/define.js';
import * as stage from './stage/define.js';

type Pascal<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Capitalize<Head>}${Pascal<Tail>}`
  : Capitalize<Name>;

type Handlers = { [Name in keyof WebrtcEventMap as `on${Pascal<Name>}`]: EventName<WebrtcEventMap[Name]> };

/** Every event must stand here; `call-joined` is listened to as `onCallJoined`. */
const EVENTS: Readonly<Record<keyof WebrtcEventMap, true>> = {
  'active-speaker-change': true,
  'app-message': true,
  'available-devices-updated': true,
  'before-join': true,
  'before-leave': true,
  'call-answered': true,
  'call-declined': true,
  'call-error': true,
  'call-joined': true,
  'call-joining': true,
  'call-left': true,
  'call-missed': true,
  'call-ready': true,
  'call-warning': true,
  'camera-toggle': true,
  'chat-message': true,
  'chat-toggle': true,
  'connection-state-change': true,
  'device-error': true,
  'incoming-call': true,
  'microphone-toggle': true,
  'network-quality-change': true,
  'participant-joined': true,
  'participant-left': true,
  'participant-updated': true,
  'people-toggle': true,
  'pip-toggle': true,
  'phone-ready': true,
  'playback-blocked': true,
  'recording-status-change': true,
  'raise-hand': true,
  reaction: true,
  'screenshare-toggle': true,
  'selected-devices-updated': true,
  'token-needed': true,
  'waiting-participant-added': true,
  'waiting-participant-removed': true,
};

const handlerOf = (event: string): string =>
  `on${event.replace(/(?:^|-)(\w)/g, (_match, letter: string) => letter.toUpperCase())}`;
const events = Object.fromEntries(Object.keys(EVENTS).map((event) => [handlerOf(event), event])) as unknown as Handlers;

export const WebrtcRoom = createComponent({ react, tagName: 'webrtc-room', elementClass: elements.WebrtcRoom, events });
export const WebrtcPrejoin = createComponent({ react, tagName: 'webrtc-prejoin', elementClass: elements.WebrtcPrejoin });
export const WebrtcStage = createComponent({ react, tagName: 'webrtc-stage', elementClass: stage.WebrtcStage });
export const WebrtcVideoTile = createComponent({ react, tagName: 'webrtc-video-tile', elementClass: elements.WebrtcVideoTile });
export const WebrtcControls = createComponent({ react, tagName: 'webrtc-controls', elementClass: controls.WebrtcControls });
export const WebrtcPhone = createComponent({ react, tagName: 'webrtc-phone', elementClass: phone.WebrtcPhone, events });
export const WebrtcCallButton = createComponent({
  react,
  tagName: 'webrtc-call-button',
  elementClass: callButton.WebrtcCallButton,
  events,
});
