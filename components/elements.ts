/** Every element as a class, without registering any. */
export { WebrtcControls } from './controls/controls-element.js';
/** Loaded when it is needed: its class is in `webrtc-elements/elements/webrtc-participants.js`. */
export type { WebrtcParticipants } from './participants/participants-element.js';
export { WebrtcPrejoin } from './prejoin/prejoin-element.js';
export { WebrtcRoom } from './room/room-element.js';
export { WebrtcStage } from './stage/stage-element.js';
export { WebrtcVideoTile } from './tile/tile-element.js';

export * from './shared/events/call-events.js';
export * from './shared/events/media-events.js';
export * from './shared/events/people-events.js';
export type { WebrtcEventMap } from './shared/events/event-map.js';
