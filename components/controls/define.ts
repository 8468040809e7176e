/** Registers `<webrtc-controls>`. */
import { define } from '../shared/define.js';
import { WebrtcControls } from './controls-element.js';

define('webrtc-controls', WebrtcControls);

export { WebrtcControls };
