/**
 * The toolbar of a call. Asks for things and shows what is; never assumes that what it asked for came
 * true. Works inside a room and anywhere else with `for`.
 */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { LocalSource } from '../core/participant.js';
import { CallSource } from '../shared/call-source.js';
import { DeviceMenus } from '../shared/device-menus.js';
import { icon, type IconName } from '../shared/icons.js';
import { Localize } from '../shared/localize.js';
import { selectState } from '../shared/selector.js';
import { tokens } from '../shared/tokens.js';
import { controlList, controlState, nextIndex, type ControlName } from './control-list.js';
import { controlsStyles } from './controls.styles.js';
import { extrasStyles } from './extras.styles.js';

type Device = Exclude<ControlName, 'leave' | 'people'>;

const ICONS: Readonly<Record<Device, { on: IconName; off: IconName }>> = {
  microphone: { on: 'microphone', off: 'microphoneOff' },
  camera: { on: 'camera', off: 'cameraOff' },
  screenshare: { on: 'screenOff', off: 'screen' },
};

/**
 * @summary The toolbar of a call: microphone, camera, screen share, people, leave.
 *
 * @slot start - Buttons of your own, before ours.
 * @slot end - Buttons of your own, before the leave button.
 *
 * @csspart controlbar - The bar.
 * @csspart controlbar-button - Each button.
 * @csspart icon - The icon in a button.
 * @csspart label - The word in a button.
 * @csspart menu - The list of devices.
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
export class WebrtcControls extends LitElement {
  static override readonly styles = [tokens, extrasStyles, controlsStyles];

  /** Id of the room, when the toolbar is not inside it. */
  @property() for = '';
  /** Which ones: any of `microphone camera screenshare people leave`. Empty: all. */
  @property() controls = '';

  @state() private focused = '';
  @state() private quiet = false;

  readonly #source = new CallSource(this);
  readonly #locale = new Localize(this, () => this.#source.room?.translations);
  readonly #state = selectState(this, this.#source, (s) => ({
    microphone: s.local.microphone,
    camera: s.local.camera,
    screenshare: s.local.screen,
    meeting: s.meeting,
    publish: s.local.grants.publish,
    count: s.participants.length + 1,
    waiting: s.waiting.length,
  }));
  readonly #menus = new DeviceMenus(this, this.#source, this.#locale);

  #given = false;

  /** Puts the focus on the first button, without its tooltip: nobody pointed at it. */
  override focus(options?: FocusOptions): void {
    this.#given = true;
    this.renderRoot.querySelector<HTMLElement>('button[tabindex="0"]')?.focus(options);
  }

  protected override render(): TemplateResult {
    const names = this.#names();
    return html`<div
        part="controlbar"
        class="bar ${this.quiet ? 'quiet' : ''} ${this.#idle ? 'idle' : ''} ${names.length > 4 ? 'many' : ''}"
        role="toolbar"
        dir=${this.#locale.dir()}
        aria-label=${this.#locale.term('controls')}
        @keydown=${this.#onKey}
        @focusin=${this.#onFocus}
        @pointerover=${this.#unquiet}
      >
        <slot name="start"></slot>
        ${names.map((name) => (name === 'leave' ? nothing : name === 'people' ? this.#people() : this.#device(name)))}
        <slot name="end"></slot>
        ${names.includes('leave') ? this.#leave() : nothing}
      </div>
      ${this.#menus.render()}`;
  }

  /** Nothing to control yet, or any more. The bar keeps its place in the page, and shows nothing. */
  get #idle(): boolean {
    return this.#state.value.meeting !== 'joined';
  }

  #names(): readonly ControlName[] {
    return controlList(this.controls, {
      publish: this.#state.value.publish,
      screenshare: typeof navigator !== 'undefined' && 'getDisplayMedia' in (navigator.mediaDevices ?? {}),
    });
  }

  /** One stop of the Tab key: where the focus was last, or the first. */
  #tab(key: string): number {
    const names: readonly string[] = this.#names();
    return key === (names.includes(this.focused) ? this.focused : names[0]) ? 0 : -1;
  }

  #device(name: Device): TemplateResult {
    const source: LocalSource = this.#state.value[name];
    const { on, pending, problem } = controlState(source);
    const word = name === 'screenshare' ? 'screen' : name;
    const plain = this.#locale.term(on ? 'turnOff' : 'turnOn', word);
    const label = problem && name !== 'screenshare' ? this.#locale.term('hasProblem', plain) : plain;
    const look = name === 'screenshare' ? (on ? 'sharing' : '') : on ? '' : 'off';
    const button = html`<button
      part="controlbar-button ${name}"
      type="button"
      class="main ${look}"
      data-control=${name}
      tabindex=${this.#tab(name)}
      aria-label=${label}
      aria-busy=${pending ? 'true' : nothing}
      aria-disabled=${pending ? 'true' : nothing}
      @click=${() => this.#press(name, on, pending)}
      @contextmenu=${(event: Event) => this.#options(event, name)}
    >
      ${icon(on ? ICONS[name].on : ICONS[name].off)}
      ${problem && name !== 'screenshare' ? html`<span class="dot"></span>` : nothing}
      <span part="tooltip" class="tooltip" aria-hidden="true">${label}</span>
    </button>`;
    if (name === 'screenshare') return button;
    return html`<span class="split ${look}">${button}${this.#menus.caret(name, -1)}</span>`;
  }

  #people(): TemplateResult {
    const { count, waiting } = this.#state.value;
    const plain = this.#locale.term(this.#source.room?.peopleOpen ? 'hidePeople' : 'showPeople');
    const label = `${plain} (${count})`;
    return html`<button
      part="controlbar-button people"
      type="button"
      class="people ${this.#source.room?.peopleOpen ? 'open' : ''}"
      data-control="people"
      tabindex=${this.#tab('people')}
      aria-label=${label}
      @click=${() => this.#source.room?.togglePeople()}
    >
      ${icon('people')}<span class="count ${waiting ? 'news' : ''}" data-count=${count}></span>
      <span part="tooltip" class="tooltip" aria-hidden="true">${plain}</span>
    </button>`;
  }

  #leave(): TemplateResult {
    const label = this.#locale.term('leave');
    return html`<button
      part="controlbar-button leave"
      type="button"
      class="leave"
      data-control="leave"
      tabindex=${this.#tab('leave')}
      aria-label=${label}
      @click=${() => void this.#source.room?.leave()}
    >
      ${icon('leave')}<span part="label" class="word" aria-hidden="true">${label}</span>
    </button>`;
  }

  /** The menu by a long press, too: where the box is too small for its own button. */
  #options(event: Event, name: Device): void {
    if (name === 'screenshare' || this.#idle) return;
    event.preventDefault();
    this.#menus.toggle(name);
  }

  #press(name: Device, on: boolean, pending: boolean): void {
    const call = this.#source.call;
    if (!call || pending || this.#idle) return;
    const done =
      name === 'microphone' ? call.setMicrophone(!on) : name === 'camera' ? call.setCamera(!on) : call.setScreenshare(!on);
    // Why it failed is in the state, and said by the room.
    done.catch(() => undefined);
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
    return all.filter((button) => button.getClientRects().length > 0);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'webrtc-controls': WebrtcControls;
  }
}
