/** Registers `<webrtc-settings>`. */
import { define } from '../shared/define.js';
import { WebrtcSettings } from './settings-element.js';

define('webrtc-settings', WebrtcSettings);

export { WebrtcSettings };
