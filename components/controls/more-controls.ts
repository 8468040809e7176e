/**
 * The other controls, and the menu for those that find no place in the bar. Comes right after the first look,
 * with its icons and words.
 */
import { css, html, nothing, type TemplateResult } from 'lit';
import type { Localize } from '../shared/localize.js';
import { menuStyles } from '../shared/menu.styles.js';
import { moreIcon } from '../shared/more-icons.js';
import type { ControlFace, Controls } from './control.js';
import type { ControlName } from './control-list.js';

export { enMore as texts } from '../lang/en-more.js';
export { showMenu } from '../shared/menu.js';
export const styles = css`
  ${menuStyles}
  .menu .item .number {
    margin-inline-start: auto;
    padding-inline: 7px;
    border-radius: 99px;
    background: var(--_bg3);
    font-size: 0.8125em;
    font-variant-numeric: tabular-nums;
  }
  .menu .item .number.news {
    background: var(--_danger);
    color: var(--_danger-fg);
  }
  .menu .item[aria-disabled='true'] {
    cursor: progress;
    opacity: 0.6;
  }
`;

/** By name; where each stands is in `control-list`. */
export const MORE: Controls = {};

export const moreIconOfBar = (): TemplateResult => moreIcon('dots');

export function moreMenu(
  items: readonly (readonly [ControlName, ControlFace])[],
  text: Localize,
  press: (face: ControlFace) => void,
): TemplateResult {
  return html`<div
    part="menu"
    class="menu"
    role="menu"
    popover="manual"
    tabindex="-1"
    dir=${text.dir()}
    aria-label=${text.term('moreActions')}
  >
    ${items.map(
      ([name, face]) =>
        html`<button
          class="item"
          type="button"
          role="menuitem"
          tabindex="-1"
          data-item=${name}
          aria-disabled=${face.pending ? 'true' : nothing}
          @click=${() => press(face)}
        >
          ${face.icon}<span>${face.words}</span>
          ${face.count ? html`<span class="number ${face.news ? 'news' : ''}">${face.count}</span>` : nothing}
        </button>`,
    )}
  </div>`;
}
