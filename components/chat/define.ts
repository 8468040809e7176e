/** Registers `<webrtc-chat>`. */
import { define } from '../shared/define.js';
import { WebrtcChat } from './chat-element.js';

define('webrtc-chat', WebrtcChat);

export { WebrtcChat };
