/** What the bar gets right after the first look: the other controls, and the menu for those that find no place. */
import { css, html, nothing, type TemplateResult } from 'lit';
import type { ButtonView } from '../shared/controls/control.js';
import type { ControlName } from '../shared/controls/control-list.js';
import { SHORTCUTS } from '../shared/controls/shortcuts.js';
import { talkStyles } from '../shared/controls/messaging-controls.js';
import type { Localize } from '../shared/localize.js';
import { menuStyles } from '../shared/menu.styles.js';
import { moreIcon } from '../shared/more-icons.js';

export { MORE } from '../shared/controls/more-controls.js';
export { enMore as texts } from '../lang/en-more.js';
export { showMenu } from '../shared/menu.js';
export const styles = css`
  ${menuStyles}
  ${talkStyles}
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
  .menu .item kbd {
    margin-inline-start: auto;
    padding-inline-start: 12px;
    color: var(--_fg2);
    font: inherit;
    font-size: 0.8125em;
  }
  .menu .item .number + kbd {
    margin-inline-start: 0;
  }
  .menu .item[aria-disabled='true'] {
    cursor: progress;
    opacity: 0.6;
  }
`;

export const moreIconOfBar = (): TemplateResult => moreIcon('dots');

export function moreMenu(
  items: readonly (readonly [ControlName, ButtonView])[],
  text: Localize,
  shortcuts: boolean,
  press: (face: ButtonView) => void,
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
          aria-keyshortcuts=${(shortcuts && SHORTCUTS[name]) || nothing}
          aria-disabled=${face.pending ? 'true' : nothing}
          @click=${() => press(face)}
        >
          ${face.icon}<span>${face.label}</span> ${keyOf(name, shortcuts)}
          ${face.count ? html`<span class="number ${face.attention ? 'news' : ''}">${face.count}</span>` : nothing}
        </button>`,
    )}
  </div>`;
}

/** A hint for the eye; the others hear of it by `aria-keyshortcuts`. */
function keyOf(name: ControlName, shortcuts: boolean): TemplateResult | typeof nothing {
  const key = shortcuts && matchMedia('(hover: hover)').matches ? SHORTCUTS[name] : undefined;
  return key ? html`<kbd aria-hidden="true">${key}</kbd>` : nothing;
}
