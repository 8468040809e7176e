/** Registers the two when a page has them, or gets them later: a page without them does not pay for the telephone. */
import { defineLater } from '../shared/define.js';

defineLater('webrtc-phone', () => import('./define.js'));
defineLater('webrtc-call-button', () => import('./define-call-button.js'));
