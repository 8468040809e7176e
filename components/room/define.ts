/** Registers `<webrtc-room>` and everything it shows. */
import { define, defineLater } from '../shared/define.js';
import '../controls/define.js';
import '../prejoin/define.js';
import '../stage/define.js';
import { WebrtcRoom } from './room-element.js';

define('webrtc-room', WebrtcRoom);
defineLater('webrtc-participants', () => import('../participants/define.js'));

export { WebrtcRoom };
