/** Registers `<webrtc-phone>`; the room it talks in comes when it first rings. */
import { define, defineLater } from '../shared/define.js';
import { WebrtcPhone } from './phone-element.js';

define('webrtc-phone', WebrtcPhone);
defineLater('webrtc-room', () => import('./define-room.js'));

export { WebrtcPhone };
export * from '../shared/events/phone-events.js';
