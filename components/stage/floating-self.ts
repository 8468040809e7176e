/** Our own picture over the others: its handle, carrying it to another corner, and the button that brings it back. */
import { html, type TemplateResult } from 'lit';
import type { CallSource } from '../shared/call-source.js';
import type { Localize } from '../shared/localize.js';
import { tileIcon } from '../shared/tile-icons.js';
import type { Corner } from '../shared/view.js';
import { carry, cornerFor, nearestCorner, nextCorner } from './corners.js';

export class FloatingSelf {
  readonly #source: CallSource;
  readonly #text: Localize;

  constructor(source: CallSource, text: Localize) {
    this.#source = source;
    this.#text = text;
  }

  handle(corner: Corner): TemplateResult {
    const label = this.#text.term('moveSelfView');
    return html`<button
      class="handle"
      type="button"
      aria-label=${label}
      title=${label}
      @click=${() => this.#rest(nextCorner(corner))}
      @keydown=${(event: KeyboardEvent) => {
        const to = cornerFor(event.key, corner, this.#rtl);
        if (!to) return;
        event.preventDefault();
        event.stopPropagation();
        this.#rest(to);
      }}
    >
      ${tileIcon('move')}
    </button>`;
  }

  /** Where our own picture was before it was hidden. */
  bringBack(corner: Corner): TemplateResult {
    const label = this.#text.term('showSelfView');
    return html`<div role="listitem" class="hidden-self ${corner}">
      <button type="button" aria-label=${label} title=${label} @click=${() => this.#source.room?.setView({ selfView: true })}>
        ${tileIcon('showSelf')}
      </button>
    </div>`;
  }

  /** Somewhere in the list. */
  readonly onPress = (event: PointerEvent): void => {
    const list = event.currentTarget as HTMLElement;
    const tile = (event.target as Partial<HTMLElement>).closest?.<HTMLElement>('.floats') ?? null;
    const onMenu = event.composedPath().some((node) => (node as Partial<Element>).matches?.('.actions, .menu'));
    if (!tile || onMenu || !event.isPrimary || event.button !== 0) return;
    carry(tile, event, (x, y) => {
      const { left, top, width, height } = list.getBoundingClientRect();
      this.#rest(nearestCorner((x - left) / width, (y - top) / height, this.#rtl));
    });
  };

  get #rtl(): boolean {
    return this.#text.dir() === 'rtl';
  }

  #rest(corner: Corner): void {
    this.#source.room?.setView({ corner });
  }
}
