/**
 * What is laid over a call and needs attention: sound that waits for a tap, a lost line, a device in trouble, who
 * records. Comes with the call.
 */
import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import type { DeviceError } from '../core/call-error.js';
import type { CallState } from '../core/call-state.js';
import type { CallFact } from '../core/facts.js';
import { deviceHelp, deviceTroubles, type DeviceTrouble } from '../shared/device-help.js';
import { icon } from '../shared/icons.js';
import { moreIcon } from '../shared/more-icons.js';
import type { Localize } from '../shared/localize.js';
import { Delay } from './delay.js';
import { Moment } from './moment.js';
import type { RoomActs } from './room-acts.js';
import { recorders } from './spoken.js';

const NOTED_MS = 6_000;
/** A line that is back sooner was never missed. */
const PATIENCE_MS = 3_000;

export interface NotesHost {
  readonly room: RoomActs;
  readonly text: Localize;
  /** The room shows a call, and what is in it. */
  state(): CallState | null;
}

export class CallNotes implements ReactiveController {
  readonly #of: NotesHost;
  readonly #noted: Moment;
  readonly #trouble: Delay;
  #words = '';
  #dismissed: readonly DeviceError[] = [];

  constructor(host: NotesHost) {
    this.#of = host;
    host.room.addController(this);
    this.#noted = new Moment(host.room, NOTED_MS);
    this.#trouble = new Delay(host.room, PATIENCE_MS);
  }

  hostUpdate(): void {
    this.#trouble.set(this.#of.state()?.connection === 'reconnecting');
  }

  /** What has just happened to our microphone or picture is shown for a while. */
  heard(fact: CallFact): void {
    const { text } = this.#of;
    if (fact.type === 'muted-by-host') this.#words = text.term('mutedByHost');
    else if (fact.type === 'effect-failed') this.#words = text.term('effectStopped', fact.source);
    else return;
    this.#noted.begin();
  }

  /** The most useful first: a small box shows only that. @param talking Into a microphone that is off. */
  render(talking: boolean): TemplateResult | typeof nothing {
    const state = this.#of.state();
    if (!state) return nothing;
    const { local, playbackBlocked } = state;
    const errors = [local.microphone.error, local.camera.error, local.screen.error];
    const trouble = deviceTroubles(errors).find(({ error }) => !this.#dismissed.includes(error));
    return html`${playbackBlocked ? this.#hear() : nothing} ${this.#trouble.value ? this.#reconnecting() : nothing}
    ${this.#noted.value ? this.#note() : talking ? this.#muted() : nothing} ${trouble ? this.#device(trouble) : nothing}`;
  }

  /** Everybody sees it, as long as it lasts; nobody can put it away. */
  recording(): TemplateResult | typeof nothing {
    const state = this.#of.state();
    if (!state?.recording.length) return nothing;
    const { text } = this.#of;
    const who = recorders(state.recording, state, text);
    return html`<div part="notification" class="recording" title=${who}>
      <span class="lamp"></span>${text.term('recording')}<span class="visually-hidden">${who}</span>
    </div>`;
  }

  #hear(): TemplateResult {
    const { room, text } = this.#of;
    return html`<button
      part="notification"
      class="button primary hear"
      @click=${() => void room.startAudio().catch(() => undefined)}
    >
      ${moreIcon('sound')}${text.term('tapToHear')}
    </button>`;
  }

  #reconnecting(): TemplateResult {
    return html`<div part="notification" class="badge"><span class="spinner"></span>${this.#of.text.term('reconnecting')}</div>`;
  }

  #note(): TemplateResult {
    return html`<div part="notification" class="badge">${moreIcon('warning')}${this.#words}</div>`;
  }

  #muted(): TemplateResult {
    const { room, text } = this.#of;
    const unmute = (): void => void room.toggleMicrophone(true).catch(() => undefined);
    return html`<div part="notification" class="badge">
      ${icon('microphoneOff')}<span>${text.term('mutedHint')}</span>
      <button class="button small" @click=${unmute}>${text.term('turnOn', 'microphone')}</button>
    </div>`;
  }

  #device(trouble: DeviceTrouble): TemplateResult {
    const { room, text } = this.#of;
    const help = deviceHelp(trouble);
    const dismiss = (): void => {
      this.#dismissed = [...this.#dismissed, trouble.error];
      room.requestUpdate();
    };
    return html`<div part="notification" class="notice" role="alert">
      ${moreIcon('warning')}
      <div>${text.term(help.key, help.device)} ${help.code ? html`<code dir="ltr">${help.code}</code>` : nothing}</div>
      <button class="dismiss" aria-label=${text.term('dismiss')} @click=${dismiss}>${moreIcon('close')}</button>
    </div>`;
  }
}
