/** What one leafs through the tiles with: arrows, dots where they fit, and where one is, in words. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Localize } from '../shared/localize.js';
import { tileIcon } from '../shared/tile-icons.js';
import { times } from '../core/list.js';

/** More dots than this are no help. */
const MOST_DOTS = 8;

export function pager(
  text: Localize,
  page: number,
  count: number,
  narrow: boolean,
  turn: (page: number) => void,
): TemplateResult {
  const dots = !narrow && count <= MOST_DOTS;
  const arrow = (step: -1 | 1): TemplateResult => {
    const to = page + step;
    const end = to < 0 || to >= count;
    return html`<button
      part="controlbar-button"
      class="turn"
      type="button"
      aria-disabled=${end ? 'true' : nothing}
      aria-label=${text.term(step < 0 ? 'previousPage' : 'nextPage')}
      @click=${() => !end && turn(to)}
    >
      ${tileIcon(step < 0 ? 'previous' : 'next')}
    </button>`;
  };
  return html`<nav part="pager" class="pager" aria-label=${text.term('pages')}>
    ${arrow(-1)}
    ${
      dots
        ? html`<span class="dots" aria-hidden="true">
            ${times(count, (at) => html`<i class=${at === page ? 'here' : ''}></i>`)}
          </span>`
        : html`<span class="where" aria-hidden="true">${page + 1}/${count}</span>`
    }
    <span class="visually-hidden" role="status">${text.term('pageOf', page + 1, count)}</span>
    ${arrow(1)}
  </nav>`;
}
