/** Icons of what is loaded on demand. */
import type { TemplateResult } from 'lit';
import down from 'lucide/dist/esm/icons/arrow-down.mjs';
import dots from 'lucide/dist/esm/icons/ellipsis.mjs';
import hand from 'lucide/dist/esm/icons/hand.mjs';
import chat from 'lucide/dist/esm/icons/message-square.mjs';
import endCall from 'lucide/dist/esm/icons/phone-off.mjs';
import fullscreen from 'lucide/dist/esm/icons/maximize.mjs';
import fullscreenOff from 'lucide/dist/esm/icons/minimize.mjs';
import pip from 'lucide/dist/esm/icons/picture-in-picture-2.mjs';
import settings from 'lucide/dist/esm/icons/settings.mjs';
import record from 'lucide/dist/esm/icons/circle-dot.mjs';
import stop from 'lucide/dist/esm/icons/circle-stop.mjs';
import flip from 'lucide/dist/esm/icons/switch-camera.mjs';
import kick from 'lucide/dist/esm/icons/user-round-x.mjs';
import lock from 'lucide/dist/esm/icons/lock.mjs';
import send from 'lucide/dist/esm/icons/send-horizontal.mjs';
import reactions from 'lucide/dist/esm/icons/face-slightly-smiling-plus.mjs';
import { draw } from './icons.js';

const ICONS = {
  chat,
  dots,
  down,
  hand,
  reactions,
  send,
  endCall,
  flip,
  fullscreen,
  fullscreenOff,
  kick,
  lock,
  pip,
  record,
  settings,
  stop,
};

export const moreIcon = (name: keyof typeof ICONS): TemplateResult => draw(name, ICONS[name]);
