/**
 * The controls that come later, and the menu of those that find no place. Keeps whether it is open; what is in
 * it is drawn by `more-part`, once that is there.
 */
import { html, nothing, type ReactiveController, type ReactiveElement, type TemplateResult } from 'lit';
import { Lazy } from '../shared/lazy.js';
import type { Localize } from '../shared/localize.js';
import type { ButtonView, Controls } from '../shared/controls/control.js';
import type { ControlName } from '../shared/controls/control-list.js';

export type Shown = readonly (readonly [ControlName, ButtonView])[];

export const loadMoreControls = () => import('./more-part.js');

export class MoreMenu implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #text: Localize;
  readonly #part: Lazy<Awaited<ReturnType<typeof loadMoreControls>>>;
  #open = false;
  #hide: (() => void) | undefined;

  constructor(host: ReactiveElement, text: Localize) {
    this.#host = host;
    this.#text = text;
    this.#part = new Lazy(host, loadMoreControls);
    host.addController(this);
  }

  get controls(): Controls {
    return this.#part.value?.MORE ?? {};
  }

  /** Its button, when something is `over`. */
  button(over: Shown, tabindex: number): TemplateResult | typeof nothing {
    const part = this.#part.value;
    if (!part || !over.length) return nothing;
    const label = this.#text.term('moreActions');
    return html`<button
      part="controlbar-button more"
      type="button"
      class="main"
      data-control="more"
      tabindex=${tabindex}
      aria-haspopup="menu"
      aria-expanded=${this.#open}
      aria-label=${label}
      @click=${() => this.toggle()}
    >
      ${part.moreIconOfBar()} ${over.some(([, { attention: news }]) => news) ? html`<span class="dot"></span>` : nothing}
      <span part="tooltip" class="tooltip" aria-hidden="true">${label}</span>
    </button>`;
  }

  /** Put it at the end of the template. */
  render(over: Shown, shortcuts: boolean): TemplateResult | typeof nothing {
    // The bar grew while the menu was open: nothing is left in it.
    if (!over.length) this.#close();
    if (!this.#open) return nothing;
    const press = (face: ButtonView): void => {
      if (face.pending) return;
      const button = this.#button();
      this.#closeToButton();
      if (button) void Promise.resolve(face.press(button)).catch(() => undefined);
    };
    return this.#part.value?.moreMenu(over, this.#text, shortcuts, press) ?? nothing;
  }

  toggle(): void {
    if (this.#open) this.#close();
    else this.#open = true;
    this.#host.requestUpdate();
  }

  hostUpdated(): void {
    const menu = this.#host.renderRoot.querySelector<HTMLElement>('.menu');
    const button = this.#button();
    if (!this.#open || this.#hide || !menu || !button) return;
    this.#hide = this.#part.value?.showMenu(menu, button, (back) => (back ? this.#closeToButton() : this.toggle()));
  }

  hostDisconnected(): void {
    this.#close();
  }

  #close(): void {
    this.#hide?.();
    this.#hide = undefined;
    this.#open = false;
  }

  #closeToButton(): void {
    this.#close();
    this.#host.requestUpdate();
    this.#button()?.focus();
  }

  #button(): HTMLElement | null {
    return this.#host.renderRoot.querySelector<HTMLElement>('[data-control=more]');
  }
}
