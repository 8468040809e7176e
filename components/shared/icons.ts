/** Turns Lucide's icon data into Lit templates. Icons are decoration: what they mean is said in words beside them. */
import { nothing, svg, type TemplateResult } from 'lit';
import more from 'lucide/dist/esm/icons/chevron-up.mjs';
import microphoneOff from 'lucide/dist/esm/icons/mic-off.mjs';
import microphone from 'lucide/dist/esm/icons/mic.mjs';
import screen from 'lucide/dist/esm/icons/monitor-up.mjs';
import people from 'lucide/dist/esm/icons/users-round.mjs';
import cameraOff from 'lucide/dist/esm/icons/video-off.mjs';
import camera from 'lucide/dist/esm/icons/video.mjs';

const ICONS = {
  camera,
  cameraOff,
  microphone,
  microphoneOff,
  more,
  people,
  screen,
};

export type IconName = keyof typeof ICONS;

function shape([tag, a]: readonly [string, Readonly<Record<string, string>>]): TemplateResult | typeof nothing {
  switch (tag) {
    case 'path':
      return svg`<path d=${a['d'] ?? nothing} />`;
    case 'circle':
      return svg`<circle cx=${a['cx'] ?? nothing} cy=${a['cy'] ?? nothing} r=${a['r'] ?? nothing} />`;
    case 'rect':
      return svg`<rect x=${a['x'] ?? nothing} y=${a['y'] ?? nothing} width=${a['width'] ?? nothing}
        height=${a['height'] ?? nothing} rx=${a['rx'] ?? nothing} />`;
    default:
      return nothing;
  }
}

export type IconData = readonly (readonly [string, Readonly<Record<string, string>>])[];

export function draw(name: string, data: IconData): TemplateResult {
  return svg`<svg part="icon" class="icon icon-${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"
    stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">${data.map(shape)}</svg>`;
}

export const icon = (name: IconName): TemplateResult => draw(name, ICONS[name]);
