/** Registers `<webrtc-call-button>`; the room it talks in comes when it rings. */
import { define, defineLater } from '../shared/define.js';
import { WebrtcCallButton } from './call-button-element.js';

define('webrtc-call-button', WebrtcCallButton);
defineLater('webrtc-room', () => import('./define-room.js'));

export { WebrtcCallButton };
export * from '../shared/events/phone-events.js';
