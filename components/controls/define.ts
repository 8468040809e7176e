/** Registers `<webrtc-controls>`. */
import { define } from '../shared/define.js';
import { WebrtcControls } from './controls-element.js';
import { loadMoreControls } from './more-menu.js';

define('webrtc-controls', WebrtcControls);
// The bar is whole when the call begins.
if (typeof document !== 'undefined') loadMoreControls().catch(() => undefined);

export { WebrtcControls };
