/** Registers `<webrtc-prejoin>` and the tile it previews with. */
import { define } from '../shared/define.js';
import '../tile/define.js';
import { WebrtcPrejoin } from './prejoin-element.js';

define('webrtc-prejoin', WebrtcPrejoin);

export { WebrtcPrejoin };
