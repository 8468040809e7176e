/** Registers `<webrtc-video-tile>`. */
import { define } from '../shared/define.js';
import { WebrtcVideoTile } from './tile-element.js';

define('webrtc-video-tile', WebrtcVideoTile);

export { WebrtcVideoTile };
