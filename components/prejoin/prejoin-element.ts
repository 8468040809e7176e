/**
 * The door of a room: how do I look, what is my name, who is inside. Opens nothing by itself: the
 * first press on a device does.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { CallSource } from '../shared/call-source.js';
import { DeviceMenus } from '../shared/device-menus.js';
import { icon, type IconName } from '../shared/icons.js';
import { Lazy } from '../shared/lazy.js';
import { Localize } from '../shared/localize.js';
import { plainFailure } from '../shared/plain-failure.js';
import { looksAtUs } from '../shared/mirror.js';
import { selectLevels, selectState } from '../shared/selector.js';
import { whenIdle } from '../shared/when-idle.js';
import { buttons, tokens } from '../shared/tokens.js';
import { WebrtcElement } from '../shared/webrtc-element.js';
import { doorDevice, METER_STEPS, meterStep, wasOpened } from './door.js';
import { prejoinStyles } from './prejoin.styles.js';
import { previewStyles } from './preview.styles.js';
import { times } from '../core/list.js';

const loadTrouble = () => import('./trouble.js');
const NAME_LENGTH = 64;
const ICONS: Readonly<Record<'microphone' | 'camera', readonly [on: IconName, off: IconName]>> = {
  microphone: ['microphone', 'microphoneOff'],
  camera: ['camera', 'cameraOff'],
};

/**
 * @summary The door of a room: camera preview, name, who is inside, help with permissions.
 *
 * @slot heading - Instead of “Ready to join?”.
 *
 * @csspart prejoin - The whole door.
 * @csspart preview - The picture of one's own camera.
 * @csspart video - The video in it.
 * @csspart controlbar-button - The switches for microphone and camera.
 * @csspart avatar - What stands there while the camera is off.
 * @csspart menu - The list of devices.
 * @csspart notification - What went wrong and how to mend it.
 * @csspart icon - Every icon.
 *
 * @tag webrtc-prejoin
 */
export class WebrtcPrejoin extends WebrtcElement {
  static override readonly styles = [tokens, buttons, previewStyles, prejoinStyles];

  /** Id of the room, when the door is not inside it. */
  @property() for = '';
  /** Our own camera as in a mirror: `on` or `off`. */
  @property() mirror: 'on' | 'off' = 'on';

  readonly #source = new CallSource(this);
  readonly #locale = new Localize(this, () => this.#source.room?.translations);
  readonly #state = selectState(this, this.#source, (s) => ({
    local: s.local,
    door: s.occupancy,
    error: s.error,
    meeting: s.meeting,
    room: s.room,
  }));
  readonly #level = selectLevels(this, this.#source, meterStep);
  readonly #menus = new DeviceMenus(this, this.#source, this.#locale);
  readonly #trouble = new Lazy(this, loadTrouble);
  #opened = false;
  #near = false;

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('input, h2[tabindex]')?.focus(options);
  }

  /** Before there is trouble: they must be there when the server is not. */
  protected override firstUpdated(): void {
    this.addEventListener('focusin', () => void this.#trouble.bring(), { once: true });
    whenIdle(() => void this.#trouble.bring());
  }

  protected override willUpdate(): void {
    const { local, meeting } = this.#state.value;
    // A try that failed has closed them: the switches say again how to join.
    this.#opened = meeting !== 'error' && meeting !== 'left' && (this.#opened || wasOpened(local));
  }

  protected override render(): TemplateResult {
    const text = this.#locale;
    const { local, error, meeting, room, door } = this.#state.value;
    const fixed = this.#source.room?.fixedName ?? null;
    const joining = meeting === 'joining';
    if (meeting === 'waiting') return this.#waiting();
    const needed = error ?? local.microphone.error ?? local.camera.error ?? door?.recording ?? fixed;
    const trouble = needed ? this.#trouble.value : undefined;
    const plain = error && !trouble && this.#trouble.failed ? plainFailure(text, error.code) : undefined;
    return html`<div class="scroll" dir=${text.dir()}>
        <form part="prejoin" class="form" @submit=${this.#submit}>
          <div part="preview" class="preview" role="group" aria-label=${text.term('preview')}>
            ${this.#picture()}
            <div class="devices">${this.#device('microphone')}${this.#device('camera')}</div>
          </div>
          <div class="door">
            ${room ? html`<p class="room"><bdi>${room}</bdi></p>` : nothing}
            <h2>
              <slot name="heading">${(error && trouble?.heading(text, error)) ?? plain?.[0] ?? text.term('readyToJoin')}</slot>
            </h2>
            ${
              (error && trouble?.refused(text, error, !this.querySelector('[slot=heading]'))) ??
              (plain ? html`<p role="alert">${plain[1]}</p>` : this.#inside())
            }
            <label>
              <span>${text.term('yourName')}</span>
              <input
                name="name"
                autocomplete="name"
                enterkeyhint="go"
                spellcheck="false"
                dir="auto"
                maxlength=${NAME_LENGTH}
                ?readonly=${fixed !== null}
                aria-describedby=${fixed === null ? nothing : 'fixed'}
                .value=${live(fixed ?? this.#source.room?.wanted.displayName ?? '')}
                @input=${this.#rename}
              />
            </label>
            ${fixed !== null && trouble ? html`<p id="fixed" class="hint">${text.term('nameIsSet')}</p>` : nothing}
            ${door?.recording && trouble ? html`<p class="hint recorded" role="status">${text.term('beingRecorded')}</p>` : nothing}
            ${trouble?.notices(text, local) ?? nothing}
            <button
              class="button join ${error && !(trouble?.mayRetry(error) ?? true) ? '' : 'primary'}"
              aria-disabled=${joining ? 'true' : nothing}
              aria-busy=${joining ? 'true' : nothing}
              @pointermove=${this.#approach}
              @pointerdown=${this.#approach}
              @focus=${this.#approach}
              @pointerleave=${this.#goAway}
            >
              ${text.term(joining ? 'joining' : error ? 'tryAgain' : 'join')}
            </button>
          </div>
        </form>
      </div>
      ${this.#menus.render()}`;
  }

  /** Asked to be let in: how one looks, and what is true. */
  #waiting(): TemplateResult {
    const text = this.#locale;
    const absent = this.#state.value.door?.hosted === false;
    return html`<div class="scroll" dir=${text.dir()}>
        <div part="prejoin" class="form">
          <div part="preview" class="preview" role="group" aria-label=${text.term('preview')}>
            ${this.#picture()}
            <div class="devices">${this.#device('microphone')}${this.#device('camera')}</div>
          </div>
          <div class="door">
            <div role="status">
              <h2 tabindex="-1">${text.term(absent ? 'hostAbsent' : 'waitingTitle')}</h2>
              <p class="inside">${text.term(absent ? 'hostAbsentHelp' : 'waitingHelp')}</p>
            </div>
            <button class="button" type="button" @click=${() => void this.#source.call?.cancelKnock()}>
              ${text.term('cancel')}
            </button>
          </div>
        </div>
      </div>
      ${this.#menus.render()}`;
  }

  #picture(): TemplateResult {
    const { local } = this.#state.value;
    const text = this.#locale;
    const opening = local.camera.status === 'turning-on' || local.microphone.status === 'turning-on';
    const opened =
      local.camera.status === 'on' || local.microphone.status === 'on' || (this.#opened && !opening && !local.camera.error);
    if (opened) {
      return html`<webrtc-video-tile
        exportparts="video,avatar,icon"
        local
        ?mirror=${this.mirror === 'on' && looksAtUs(local.streams.camera)}
        ?camera-off=${local.camera.status !== 'on'}
        ?microphone-off=${local.microphone.status !== 'on'}
        .stream=${local.streams.camera}
        .displayName=${this.#source.room?.wanted.displayName || local.displayName}
        .avatarUrl=${local.avatarUrl ?? ''}
      ></webrtc-video-tile>`;
    }
    const failed = local.microphone.error ?? local.camera.error;
    const hopeless = failed && this.#trouble.value?.hopeless(local);
    const off = failed ? html`<p>${icon('cameraOff')}${text.term('cameraIsOff')}</p>` : nothing;
    if (hopeless) return html`<div class="invite refused">${off}</div>`;
    return html`<div class="invite ${failed ? 'refused' : ''}">
      ${off}
      <button
        class="button ${failed ? '' : 'primary'}"
        type="button"
        aria-busy=${opening ? 'true' : nothing}
        aria-disabled=${opening ? 'true' : nothing}
        @click=${this.#open}
      >
        ${failed ? nothing : icon('camera')} ${text.term(failed ? 'tryAgain' : 'turnOnDevices')}
      </button>
      ${failed ? nothing : html`<p>${text.term('turnOnDevicesHint')}</p>`}
    </div>`;
  }

  #device(name: 'microphone' | 'camera'): TemplateResult {
    const text = this.#locale;
    const { on, pending, problem, ahead } = doorDevice(this.#state.value.local[name], this.#opened);
    const verb = ahead ? (on ? 'joinWithout' : 'joinWith') : on ? 'turnOff' : 'turnOn';
    const plain = text.term(verb, name);
    const label = problem ? text.term('hasProblem', plain) : plain;
    const meter = name === 'microphone' && on && !ahead;
    return html`<span class="split"
      ><button
        part="controlbar-button ${name}"
        class="device ${on ? '' : 'off'}"
        type="button"
        data-control=${name}
        title=${plain}
        aria-label=${label}
        aria-busy=${pending ? 'true' : nothing}
        @click=${() => this.#toggle(name, !on, ahead, pending)}
      >
        ${icon(ICONS[name][on ? 0 : 1])}
        ${
          meter
            ? html`<span class="meter" aria-hidden="true">
                ${times(METER_STEPS, (bar) => html`<i class=${bar < this.#level.value ? 'lit' : ''}></i>`)}
              </span>`
            : nothing
        }
        ${problem ? html`<span class="dot" aria-hidden="true">!</span>` : nothing}</button
      >${this.#menus.caret(name, 0)}</span
    >`;
  }

  #inside(): TemplateResult {
    const { door } = this.#state.value;
    return html`<p class="inside" role="status">
      ${
        door
          ? html`${door.participants > 0 && !door.full ? html`<span class="live"></span>` : icon('people')}
            ${door.full ? this.#locale.term('fullTitle') : this.#locale.term('inside', door.participants)}`
          : nothing
      }
    </p>`;
  }

  #open(): void {
    void this.#source.call?.preview();
  }

  #toggle(name: 'microphone' | 'camera', on: boolean, ahead: boolean, pending: boolean): void {
    const { call, room } = this.#source;
    if (!call || pending) return;
    room?.want(name === 'camera' ? { video: on } : { audio: on });
    if (ahead) return;
    // Why it failed is in the state, and shown beside the name.
    (name === 'camera' ? call.setCamera(on) : call.setMicrophone(on)).catch(() => undefined);
  }

  #rename(event: Event): void {
    this.#source.room?.want({ displayName: (event.target as HTMLInputElement).value });
  }

  /** On the button: they are about to join. A button that appears under a resting pointer says nothing. */
  #approach(): void {
    const { meeting } = this.#state.value;
    if (this.#near || (meeting !== 'new' && meeting !== 'prejoin')) return;
    this.#near = true;
    this.#source.call?.prepare(true).catch(() => undefined);
  }

  #goAway(): void {
    this.#near = false;
  }

  #submit(event: Event): void {
    event.preventDefault();
    // Why it failed is in the state.
    this.#source.room?.join().catch(() => undefined);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'webrtc-prejoin': WebrtcPrejoin;
  }
}
