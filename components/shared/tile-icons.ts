/** Icons of tiles and of the stage: loaded with them. */
import type { TemplateResult } from 'lit';
import enlarge from 'lucide/dist/esm/icons/maximize.mjs';
import hideSelf from 'lucide/dist/esm/icons/eye-off.mjs';
import kick from 'lucide/dist/esm/icons/user-round-x.mjs';
import mirror from 'lucide/dist/esm/icons/square-centerline-dashed-horizontal.mjs';
import move from 'lucide/dist/esm/icons/move.mjs';
import next from 'lucide/dist/esm/icons/chevron-right.mjs';
import offline from 'lucide/dist/esm/icons/wifi-off.mjs';
import options from 'lucide/dist/esm/icons/ellipsis.mjs';
import pin from 'lucide/dist/esm/icons/pin.mjs';
import previous from 'lucide/dist/esm/icons/chevron-left.mjs';
import showSelf from 'lucide/dist/esm/icons/eye.mjs';
import soundOff from 'lucide/dist/esm/icons/volume-x.mjs';
import unpin from 'lucide/dist/esm/icons/pin-off.mjs';
import { draw } from './icons.js';

const ICONS = { enlarge, hideSelf, kick, mirror, move, next, offline, options, pin, previous, showSelf, soundOff, unpin };

export const tileIcon = (name: keyof typeof ICONS): TemplateResult => draw(name, ICONS[name]);
