/** The menu of a device: what there is, what is in use, a test sound, the other camera. Loaded when first opened. */
import { css, html, nothing, type TemplateResult } from 'lit';
import type { CallState } from '../core/call-state.js';
import type { DeviceKind } from '../core/local-media.js';
import type { NoiseSuppression } from '../core/participant.js';
import { backgroundChoices } from './background-choices.js';
import { chime } from './chime.js';
import { deviceMenuItems, type DeviceGroup } from './device-menu-items.js';
import type { MenuKind } from './device-menus.js';
import type { Localize } from './localize.js';
import { menuStyles } from './menu.styles.js';
import { moreIcon } from './more-icons.js';

export { enMore as texts } from '../lang/en-more.js';
export { showMenu } from './menu.js';
export const styles = css`
  ${menuStyles}
`;

export interface DeviceMenuActs {
  choose(kind: DeviceKind, id: string): void;
  flip(): void;
  background(background: string): void;
  noise(level: NoiseSuppression): void;
  /** Chosen: back to the button. */
  close(): void;
}

const abilities = () => ({
  chooseSpeaker: 'setSinkId' in HTMLMediaElement.prototype,
  handheld: matchMedia('(pointer: coarse)').matches,
});

export function deviceMenu(
  kind: MenuKind,
  text: Localize,
  state: Pick<CallState, 'devices' | 'local' | 'speakerId'>,
  acts: DeviceMenuActs,
): TemplateResult {
  const { groups, testSound, flip } = deviceMenuItems(kind, state, abilities());
  return html`<div
    part="menu"
    class="menu"
    role="menu"
    popover="manual"
    tabindex="-1"
    dir=${text.dir()}
    aria-label=${text.term('deviceOptions', kind)}
  >
    ${groups.map((group) => choices(group, text, acts))}
    ${
      kind === 'camera'
        ? backgroundChoices(state.local.background, text, (background) => {
            acts.background(background);
            acts.close();
          })
        : nothing
    }
    ${
      testSound
        ? html`<button class="item" type="button" role="menuitem" tabindex="-1" @click=${() => void chime(state.speakerId)}>
            ${moreIcon('sound')}<span>${text.term('testSound')}</span>
          </button>`
        : nothing
    }
    ${kind === 'microphone' ? noiseChoices(state.local.noiseSuppression, text, acts) : nothing}
    ${
      flip
        ? html`<button
            class="item first"
            type="button"
            role="menuitem"
            tabindex="-1"
            @click=${() => {
              acts.flip();
              acts.close();
            }}
          >
            ${moreIcon('flip')}<span>${text.term('flipCamera')}</span>
          </button>`
        : nothing
    }
  </div>`;
}

const NOISE: readonly NoiseSuppression[] = ['off', 'on', 'strong'];

function noiseChoices(current: NoiseSuppression, text: Localize, acts: DeviceMenuActs): TemplateResult {
  const heading = text.term('noiseSuppression');
  return html`<div class="group" role="group" aria-label=${heading}>
    <div class="heading" aria-hidden="true">${heading}</div>
    ${NOISE.map(
      (level) =>
        html`<button
          class="item"
          data-later
          type="button"
          role="menuitemradio"
          tabindex="-1"
          aria-checked=${level === current}
          @click=${() => {
            if (level !== current) acts.noise(level);
            acts.close();
          }}
        >
          ${moreIcon('check')}<span>${text.term('noiseLevel', level)}</span>
        </button>`,
    )}
  </div>`;
}

function choices({ kind, choices }: DeviceGroup, text: Localize, acts: DeviceMenuActs): TemplateResult {
  const heading = text.term('deviceKind', kind);
  return html`<div class="group" role="group" aria-label=${heading}>
    <div class="heading" aria-hidden="true">${heading}</div>
    ${choices.map(
      ({ id, label, checked }, index) =>
        html`<button
          class="item"
          type="button"
          role="menuitemradio"
          tabindex="-1"
          aria-checked=${checked}
          @click=${() => {
            if (!checked) acts.choose(kind, id);
            acts.close();
          }}
        >
          ${moreIcon('check')}<span dir="auto">${label || (id ? `${heading} ${index + 1}` : text.term('systemDefault'))}</span>
        </button>`,
    )}
  </div>`;
}
