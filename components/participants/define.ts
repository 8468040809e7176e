/** Registers `<webrtc-participants>`. */
import { define } from '../shared/define.js';
import { WebrtcParticipants } from './participants-element.js';

define('webrtc-participants', WebrtcParticipants);

export { WebrtcParticipants };
