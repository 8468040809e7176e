/**
 * What a tile has beyond a picture and a name: the link that tells of trouble, the ring around who speaks, signs,
 * buttons, and the word to the call about what is seen. Our own preview at the door has none of it, so it comes with
 * the stage, or with a tile that stands alone.
 */
import { css, html, nothing, type TemplateResult } from 'lit';
import type { LinkState } from '../core/participant.js';
import type { CallSource } from '../shared/call-source.js';
import type { Localize } from '../shared/localize.js';
import { tileIcon } from '../shared/tile-icons.js';
import { Seen } from './seen.js';
import { linkStyles } from './link.styles.js';
import { TileMenu, type TileMenuHost } from './tile-menu.js';
import { tileMenuStyles } from './tile-menu.styles.js';
import { signStyles, TileSigns } from './tile-signs.js';

export { enMore as texts } from '../lang/en-more.js';
export const styles = css`
  ${linkStyles}
  ${signStyles}
  ${tileMenuStyles}
`;

export class TileMore {
  readonly #host: TileMenuHost;
  readonly #source: CallSource;
  readonly #text: Localize;
  readonly #signs: TileSigns;
  #menu: TileMenu | undefined;

  constructor(host: TileMenuHost & { readonly unwatched: boolean }, source: CallSource, text: Localize) {
    this.#host = host;
    this.#source = source;
    this.#text = text;
    this.#signs = new TileSigns(host, source, () => host.participantId);
    new Seen(host, source);
  }

  link(state: LinkState): TemplateResult | typeof nothing {
    switch (state) {
      case 'connected':
        return nothing;
      case 'failed':
        return html`<div part="network-indicator" class="status">
          ${tileIcon('offline')}<span>${this.#text.term('cannotConnect')}</span>
        </div>`;
      default:
        return html`<div part="network-indicator" class="status ${state}">
          <span class="spinner"></span><span>${this.#text.term(state)}</span>
        </div>`;
    }
  }

  signs(handRaised: boolean): TemplateResult | typeof nothing {
    return this.#signs.render(handRaised);
  }

  /** A tile outside a room, or of nobody yet, has nothing that could be asked for. */
  actions(): TemplateResult | typeof nothing {
    if (!this.#source.room || !this.#host.participantId) return nothing;
    this.#menu ??= new TileMenu(this.#host, this.#source, this.#text);
    return this.#menu.render();
  }
}
