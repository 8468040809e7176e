/** Icons of what is loaded on demand. */
import type { TemplateResult } from 'lit';
import check from 'lucide/dist/esm/icons/check.mjs';
import close from 'lucide/dist/esm/icons/x.mjs';
import copy from 'lucide/dist/esm/icons/copy.mjs';
import door from 'lucide/dist/esm/icons/door-open.mjs';
import down from 'lucide/dist/esm/icons/arrow-down.mjs';
import dots from 'lucide/dist/esm/icons/ellipsis.mjs';
import hand from 'lucide/dist/esm/icons/hand.mjs';
import chat from 'lucide/dist/esm/icons/message-square.mjs';
import enter from 'lucide/dist/esm/icons/log-in.mjs';
import endCall from 'lucide/dist/esm/icons/phone-off.mjs';
import fullscreen from 'lucide/dist/esm/icons/maximize.mjs';
import fullscreenOff from 'lucide/dist/esm/icons/minimize.mjs';
import pip from 'lucide/dist/esm/icons/picture-in-picture-2.mjs';
import settings from 'lucide/dist/esm/icons/settings.mjs';
import record from 'lucide/dist/esm/icons/circle-dot.mjs';
import stop from 'lucide/dist/esm/icons/circle-stop.mjs';
import flip from 'lucide/dist/esm/icons/switch-camera.mjs';
import invite from 'lucide/dist/esm/icons/user-round-plus.mjs';
import share from 'lucide/dist/esm/icons/share-2.mjs';
import kick from 'lucide/dist/esm/icons/user-round-x.mjs';
import leave from 'lucide/dist/esm/icons/phone.mjs';
import link from 'lucide/dist/esm/icons/link.mjs';
import lock from 'lucide/dist/esm/icons/lock.mjs';
import screenOff from 'lucide/dist/esm/icons/monitor-x.mjs';
import send from 'lucide/dist/esm/icons/send-horizontal.mjs';
import sound from 'lucide/dist/esm/icons/volume-2.mjs';
import warning from 'lucide/dist/esm/icons/triangle-alert.mjs';
import reactions from 'lucide/dist/esm/icons/face-slightly-smiling-plus.mjs';
import { draw } from './icons.js';

const ICONS = {
  chat,
  check,
  close,
  copy,
  door,
  dots,
  down,
  hand,
  reactions,
  send,
  endCall,
  enter,
  flip,
  fullscreen,
  fullscreenOff,
  invite,
  kick,
  leave,
  link,
  lock,
  pip,
  record,
  screenOff,
  settings,
  share,
  sound,
  stop,
  warning,
};

export const moreIcon = (name: keyof typeof ICONS): TemplateResult => draw(name, ICONS[name]);
