/** Registers `<webrtc-stage>` and the tile it is made of. */
import { define } from '../shared/define.js';
import '../tile/define.js';
import { WebrtcStage } from './stage-element.js';

define('webrtc-stage', WebrtcStage);

export { WebrtcStage };
