/**
 * Keeps which device menu of an element is open. The menu itself comes when it is first opened; here is
 * only as much as is needed to ask for it.
 */
import { html, nothing, type ReactiveController, type ReactiveElement, type TemplateResult } from 'lit';
import type { CallState } from '../core/call-state.js';
import type { CallSource } from './call-source.js';
import { icon } from './icons.js';
import { Lazy } from './lazy.js';
import type { Localize } from './localize.js';
import { selectState } from './selector.js';

/** The button it belongs to; the speaker is listed with the microphone. */
export type MenuKind = 'microphone' | 'camera';

/** Nothing to choose from yet: the browser tells only once a device was opened. */
function hasMenu(kind: MenuKind, { devices }: Pick<CallState, 'devices'>): boolean {
  return (kind === 'camera' ? devices.cameras : devices.microphones).length > 0;
}

const loadMenu = () => import('./device-menu.js');

export class DeviceMenus implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #source: CallSource;
  readonly #text: Localize;
  readonly #part: Lazy<typeof import('./device-menu.js')>;
  readonly #state;
  #open: MenuKind | null = null;
  #hide: (() => void) | undefined;

  constructor(host: ReactiveElement, source: CallSource, text: Localize) {
    this.#host = host;
    this.#source = source;
    this.#text = text;
    this.#part = new Lazy(host, loadMenu);
    this.#state = selectState(host, source, ({ devices, local, speakerId }) => ({ devices, local, speakerId }));
    host.addController(this);
  }

  get open(): boolean {
    return this.#open !== null;
  }

  /** The narrow half of a split button, once there is something to choose. */
  caret(kind: MenuKind, tabindex: number): TemplateResult | typeof nothing {
    if (!hasMenu(kind, this.#state.value)) return nothing;
    return html`<button
      part="controlbar-button"
      type="button"
      class="caret"
      data-menu=${kind}
      tabindex=${tabindex}
      aria-haspopup="menu"
      aria-expanded=${this.#open === kind}
      aria-label=${this.#text.term('deviceOptions', kind)}
      @click=${() => this.toggle(kind)}
    >
      ${icon('more')}
    </button>`;
  }

  toggle(kind: MenuKind): void {
    const before = this.#open;
    this.close();
    if (before === kind || !hasMenu(kind, this.#state.value)) return;
    this.#open = kind;
    this.#host.requestUpdate();
  }

  close(): void {
    this.#hide?.();
    this.#hide = undefined;
    this.#open = null;
    this.#host.requestUpdate();
  }

  /** Put it at the end of the template. */
  render(): TemplateResult | typeof nothing {
    const room = this.#source.room;
    if (!this.#open || !room) return nothing;
    return (
      this.#part.value?.deviceMenu(this.#open, this.#text, this.#state.value, {
        choose: (kind, id) => void room.switchActiveDevice(kind, id).catch(() => undefined),
        flip: () => void room.cycleCamera().catch(() => undefined),
        noise: (level) => void room.call.setNoiseSuppression(level).catch(() => undefined),
        background: (name) => void room.call.setBackground(name).catch(() => undefined),
        close: () => this.#closeToButton(),
      }) ?? nothing
    );
  }

  hostUpdated(): void {
    const menu = this.#host.renderRoot.querySelector<HTMLElement>('.menu');
    const button = this.#button();
    if (!this.#open || this.#hide || !menu || !button) return;
    this.#hide = this.#part.value?.showMenu(menu, button, (back) => (back ? this.#closeToButton() : this.close()));
  }

  hostDisconnected(): void {
    this.close();
  }

  #closeToButton(): void {
    const button = this.#button();
    this.close();
    button?.focus();
  }

  /** Where there is no room for the narrow half, the menu belongs to the button itself. */
  #button(): HTMLElement | undefined {
    const buttons = this.#host.renderRoot.querySelectorAll<HTMLElement>(
      `[data-menu=${this.#open}], [data-control=${this.#open}]`,
    );
    return [...buttons].reverse().find((button) => button.getClientRects().length > 0);
  }
}
