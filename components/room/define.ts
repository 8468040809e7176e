/** Registers `<webrtc-room>` and everything it shows: what is needed at the door at once, the rest when it is needed. */
import '../prejoin/define.js';
import { define, defineLater } from '../shared/define.js';
import { fetchMore } from '../tile/define.js';
import { WebrtcRoom } from './room-element.js';

define('webrtc-room', WebrtcRoom);
defineLater('webrtc-controls', () => import('../controls/define.js'));
defineLater('webrtc-stage', () => Promise.all([import('../stage/define.js'), fetchMore()]));
defineLater('webrtc-chat', () => import('../chat/define.js'));
defineLater('webrtc-participants', () => import('../participants/define.js'));
defineLater('webrtc-settings', () => import('../settings/define.js'));

export { WebrtcRoom };
