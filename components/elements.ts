/** Every element as a class, without registering any. */
/** Loaded when they are needed: each class is in its own entry, as in `webrtc-elements/elements/webrtc-controls.js`. */
export type { WebrtcChat } from './chat/chat-element.js';
export type { WebrtcControls } from './controls/controls-element.js';
/** Loaded when it is needed, too. */
export type { WebrtcSettings } from './settings/settings-element.js';
export type { WebrtcParticipants } from './participants/participants-element.js';
export type { WebrtcStage } from './stage/stage-element.js';
/** Loaded when they are needed: `webrtc-elements/elements/webrtc-phone.js`, `…/webrtc-call-button.js`. */
export type { WebrtcPhone } from './phone/phone-element.js';
export type { WebrtcCallButton } from './phone/call-button-element.js';
export { WebrtcPrejoin } from './prejoin/prejoin-element.js';
export { WebrtcRoom } from './room/room-element.js';
export { WebrtcVideoTile } from './tile/tile-element.js';

export * from './shared/events/call-events.js';
export * from './shared/events/media-events.js';
export * from './shared/events/people-events.js';
export * from './shared/events/view-events.js';
export * from './shared/events/talk-events.js';
export type {
  ConnectionStats,
  NetworkQuality,
  NetworkReason,
  NetworkStats,
  ParticipantNetworkStats,
  ReceivedPicture,
  SentPicture,
  Traffic,
} from './core/network.js';
/** Their classes come with the elements. */
export type * from './shared/events/phone-events.js';
export type { WebrtcEventMap } from './shared/events/event-map.js';
