/**
 * The toolbar of a call. Asks for things and shows what is; never assumes that what it asked for came
 * true. Works inside a room and anywhere else with `for`.
 */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { enMore } from '../lang/en-more.js';
import { CallSource } from '../shared/call-source.js';
import { DeviceMenus } from '../shared/device-menus.js';
import { Localize, register } from '../shared/localize.js';
import { selectState } from '../shared/selector.js';
import { tokens } from '../shared/tokens.js';
import type { ButtonView, Controls } from '../shared/controls/control.js';
import { controlList, nextIndex, overflow } from '../shared/controls/control-list.js';
import { controlsStyles } from './controls.styles.js';
import { extrasStyles } from './extras.styles.js';
import { FIRST } from '../shared/controls/first-controls.js';
import { measure } from './measure.js';
import { MoreMenu, type Shown } from './more-menu.js';
import { SHORTCUTS } from '../shared/controls/shortcuts.js';
import { WebrtcElement } from '../shared/webrtc-element.js';
import { windowOf } from '../shared/window-of.js';

register('en', enMore);

/**
 * @summary The toolbar of a call. What does not fit is in its menu.
 *
 * @slot start - Buttons of your own, before ours.
 * @slot end - Buttons of your own, before the leave button.
 *
 * @csspart controlbar - The bar.
 * @csspart controlbar-button - Each button.
 * @csspart icon - The icon in a button.
 * @csspart label - The word in a button.
 * @csspart menu - The list of devices, or of what did not fit.
 * @csspart tooltip - What a button does, shown on hover and focus.
 *
 * @cssproperty --webrtc-control-bg - Buttons.
 * @cssproperty --webrtc-control-fg - Icons.
 * @cssproperty --webrtc-control-hover-bg - Buttons under the pointer.
 * @cssproperty --webrtc-control-active-bg - Buttons while pressed.
 * @cssproperty --webrtc-control-bar-height - Height of the bar.
 * @cssproperty --webrtc-button-radius - Roundness of the buttons.
 *
 * @tag webrtc-controls
 */
export class WebrtcControls extends WebrtcElement {
  static override readonly styles = [tokens, extrasStyles, controlsStyles];

  /** Id of the room, when the toolbar is not inside it. */
  @property() for = '';
  /** Which ones: any of `microphone camera screenshare chat people reactions raise-hand settings pip fullscreen record leave`. Empty: all. */
  @property() controls = '';

  @state() private focused = '';
  @state() private quiet = false;
  @state() private over: readonly string[] = [];

  readonly #source = new CallSource(this);
  readonly #locale = new Localize(this, () => this.#source.room?.translations);
  readonly #state = selectState(this, this.#source, (state) => state);
  readonly #menus = new DeviceMenus(this, this.#source, this.#locale);
  readonly #more = new MoreMenu(this, this.#locale);
  #observer: ResizeObserver | undefined;
  #fitting = 0;
  #shown: Shown = [];
  #given = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer = new (windowOf(this).ResizeObserver)(() => this.#fit());
    this.#observer.observe(this.renderRoot as HTMLElement);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer?.disconnect();
  }

  /** Puts the focus on the first button, without its tooltip: nobody pointed at it. */
  override focus(options?: FocusOptions): void {
    this.#given = true;
    this.renderRoot.querySelector<HTMLElement>('button[tabindex="0"]')?.focus(options);
  }

  protected override willUpdate(_changed: PropertyValues<this>): void {
    const { room } = this.#source;
    if (!room) return; // what was there last keeps its place
    const at = { state: this.#state.value, room, text: this.#locale };
    const table: Controls = { ...this.#more.controls, ...FIRST };
    this.#shown = controlList(this.controls).flatMap((name) => {
      const face = table[name]?.(at);
      return face ? [[name, face] as const] : [];
    });
  }

  protected override render(): TemplateResult {
    const isOver = ([name]: Shown[number]): boolean => this.over.includes(name);
    const over = this.#shown.filter(isOver);
    const leave = this.#shown.find(([name]) => name === 'leave');
    return html`<div
        part="controlbar"
        class="bar ${this.quiet ? 'quiet' : ''} ${this.#idle ? 'idle' : ''} ${this.#shown.length > 4 ? 'many' : ''}"
        role="toolbar"
        dir=${this.#locale.dir()}
        aria-label=${this.#locale.term('controls')}
        @keydown=${this.#onKey}
        @focusin=${this.#onFocus}
        @pointerover=${this.#unquiet}
      >
        <slot name="start"></slot>
        ${repeat(
          this.#shown.filter((each) => each !== leave),
          ([name]) => name,
          (each) => this.#control(each, isOver(each)),
        )}
        ${this.#more.button(over, this.#tab('more'))}
        <slot name="end"></slot>
        ${leave ? this.#control(leave, false) : nothing}
      </div>
      ${this.#menus.render()} ${this.#menus.open ? nothing : this.#more.render(over, this.#keys)}`;
  }

  /** Measured once before the next picture, however often it was drawn till then: measuring makes the page lay itself out. */
  protected override updated(): void {
    this.#fitting ||= windowOf(this).requestAnimationFrame(() => {
      this.#fitting = 0;
      this.#fit();
    });
  }

  /** Nothing to control yet, or any more. The bar keeps its place in the page, and shows nothing. */
  get #idle(): boolean {
    return this.#state.value.meeting !== 'joined';
  }

  /** One stop of the Tab key: where the focus was last, or the first. */
  #tab(key: string): number {
    const seen = [...this.#shown.map(([name]) => name as string), 'more'].filter((name) => !this.over.includes(name));
    return key === (seen.includes(this.focused) ? this.focused : seen[0]) ? 0 : -1;
  }

  get #keys(): boolean {
    return this.#source.room?.shortcuts !== 'off';
  }

  #control([name, face]: Shown[number], over: boolean): TemplateResult {
    const { variant: look = '', pending, problem, count } = face;
    const split = face.menu ?? '';
    const label = face.ariaLabel ?? face.label;
    const key = this.#keys ? SHORTCUTS[name] : undefined;
    const button = html`<button
      part="controlbar-button ${name}"
      type="button"
      class="main ${name} ${look} ${over && !split ? 'over' : ''}"
      data-control=${name}
      tabindex=${this.#tab(name)}
      aria-label=${label}
      aria-keyshortcuts=${key ?? nothing}
      aria-busy=${pending ? 'true' : nothing}
      aria-disabled=${pending ? 'true' : nothing}
      @click=${(event: Event) => this.#press(face, event.currentTarget as HTMLElement)}
      @contextmenu=${(event: Event) => this.#options(event, face)}
    >
      ${face.icon} ${problem ? html`<span class="dot"></span>` : nothing}
      ${count ? html`<span class="count ${face.attention ? 'news' : ''}" data-count=${count}></span>` : nothing}
      ${
        name === 'leave'
          ? html`<span part="label" class="word" aria-hidden="true">${label}</span>`
          : html`<span part="tooltip" class="tooltip" aria-hidden="true"
              >${face.label}${key ? html`<kbd>${key}</kbd>` : nothing}</span
            >`
      }
    </button>`;
    return face.menu ? html`<span class="split ${look}">${button}${this.#menus.caret(face.menu, -1)}</span>` : button;
  }

  /** The menu by a long press, too: where the box is too small for its own button. */
  #options(event: Event, { menu }: ButtonView): void {
    if (!menu || this.#idle) return;
    event.preventDefault();
    this.#menus.toggle(menu);
  }

  #press(face: ButtonView, anchor: HTMLElement): void {
    if (face.pending || this.#idle) return;
    // Why it failed is in the state, and said by the room.
    void Promise.resolve(face.press(anchor)).catch(() => undefined);
  }

  /** Measured by the bar itself, wherever it stands. */
  #fit(): void {
    const bar = this.renderRoot.querySelector<HTMLElement>('.bar');
    const width = bar?.parentElement?.clientWidth ?? 0;
    if (!bar || width === 0) return;
    const { buttons, room, more } = measure(bar, width);
    const over = overflow(buttons, room, more);
    if (over.join() !== this.over.join()) this.over = over;
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key === 'Escape') this.quiet = true;
    const buttons = this.#buttons();
    const at = buttons.findIndex((button) => button === event.composedPath()[0]);
    if (at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    const next = nextIndex(event.key, at, buttons.length, this.#locale.dir() === 'rtl');
    if (next === null) return;
    event.preventDefault();
    buttons[next]?.focus();
  }

  #onFocus(event: FocusEvent): void {
    this.quiet = this.#given;
    this.#given = false;
    const { control, menu } = (event.composedPath()[0] as HTMLElement).dataset;
    this.focused = control ?? menu ?? this.focused;
  }

  #unquiet(): void {
    this.quiet = false;
  }

  #buttons(): readonly HTMLElement[] {
    const all = [...this.renderRoot.querySelectorAll<HTMLElement>('.bar button')];
    return all.filter((button) => button.getClientRects().length > 0 && !button.classList.contains('over'));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'webrtc-controls': WebrtcControls;
  }
}
