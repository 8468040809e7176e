/** Icons of what is loaded on demand. */
import type { TemplateResult } from 'lit';
import dots from 'lucide/dist/esm/icons/ellipsis.mjs';
import endCall from 'lucide/dist/esm/icons/phone-off.mjs';
import flip from 'lucide/dist/esm/icons/switch-camera.mjs';
import kick from 'lucide/dist/esm/icons/user-round-x.mjs';
import lock from 'lucide/dist/esm/icons/lock.mjs';
import { draw } from './icons.js';

const ICONS = { dots, endCall, flip, kick, lock };

export const moreIcon = (name: keyof typeof ICONS): TemplateResult => draw(name, ICONS[name]);
