/** Icons of the telephone, loaded with it. */
import type { TemplateResult } from 'lit';
import block from 'lucide/dist/esm/icons/ban.mjs';
import bell from 'lucide/dist/esm/icons/bell.mjs';
import quiet from 'lucide/dist/esm/icons/bell-off.mjs';
import incoming from 'lucide/dist/esm/icons/phone-incoming.mjs';
import missed from 'lucide/dist/esm/icons/phone-missed.mjs';
import outgoing from 'lucide/dist/esm/icons/phone-outgoing.mjs';
import phone from 'lucide/dist/esm/icons/phone.mjs';
import code from 'lucide/dist/esm/icons/qr-code.mjs';
import add from 'lucide/dist/esm/icons/user-round-plus.mjs';
import { draw } from '../shared/icons.js';

const ICONS = { add, bell, block, code, incoming, missed, outgoing, phone, quiet };

export const phoneIcon = (name: keyof typeof ICONS): TemplateResult => draw(name, ICONS[name]);
