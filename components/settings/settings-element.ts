/**
 * What a visitor can set during a call: devices, sound and picture, language, keys. Loaded when it is first
 * opened. Asks the call and the room for things; shows only what came true.
 */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { DeviceKind } from '../core/local-media.js';
import { enMore } from '../lang/en-more.js';
import type { SettingsPane } from '../shared/call-context.js';
import { CallSource } from '../shared/call-source.js';
import { chime } from '../shared/chime.js';
import { deviceMenuItems, type DeviceGroup } from '../shared/device-menu-items.js';
import { moreIcon } from '../shared/more-icons.js';
import { Localize, register } from '../shared/localize.js';
import { networkBarStyles } from '../shared/network-bars.js';
import { selectLevels, selectState } from '../shared/selector.js';
import { panelCard, switchStyles } from '../shared/panel.styles.js';
import { buttons, tokens } from '../shared/tokens.js';
import { WebrtcElement } from '../shared/webrtc-element.js';
import { LANGUAGE_NAMES } from './language-names.js';
import { preview } from './settings-preview.js';
import { Statistics } from './statistics.js';
import { settingsStyles } from './settings.styles.js';

register('en', enMore);

const PICTURES = ['builtin:dusk', 'builtin:meadow', 'builtin:studio'] as const;
const NOISE = ['off', 'on', 'strong'] as const;

type Options = readonly (readonly [value: string, words: string])[];

/**
 * @summary What can be set during a call: devices, sound and picture, language, keys; and how well media travels.
 *
 * @csspart settings - The whole panel.
 * @csspart icon - Every icon.
 *
 * @cssproperty --webrtc-connection-excellent - The bars of an excellent connection.
 * @cssproperty --webrtc-connection-good - Those of a good one.
 * @cssproperty --webrtc-connection-poor - Those of a weak one, or of none.
 *
 * @tag webrtc-settings
 */
export class WebrtcSettings extends WebrtcElement {
  static override readonly styles = [tokens, buttons, panelCard, switchStyles, networkBarStyles, settingsStyles];

  /** Id of the room, when the panel is not inside it. */
  @property() for = '';
  /** Which part gets the focus: `devices`, `picture`, `connection` or `general`. */
  @property() pane: SettingsPane | '' = '';

  readonly #source = new CallSource(this);
  readonly #locale = new Localize(this, () => this.#source.room?.translations);
  readonly #state = selectState(this, this.#source, ({ devices, local, speakerId }) => ({ devices, local, speakerId }));
  readonly #statistics = new Statistics(this, this.#source, this.#locale);
  readonly #level = selectLevels(this, this.#source, (levels) => Math.round((levels.get('local') ?? 0) * 10) / 10);

  override focus(options?: FocusOptions): void {
    const heading = this.renderRoot.querySelector<HTMLElement>(this.pane ? `#${this.pane}` : 'h2');
    heading?.focus(options);
    if (this.pane) heading?.scrollIntoView({ block: 'nearest' });
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('pane') || !this.pane) return;
    const [heading, scroll] = [`#${this.pane}`, '.scroll'].map((name) => this.renderRoot.querySelector<HTMLElement>(name));
    if (heading && scroll) scroll.scrollTop = heading.offsetTop - scroll.offsetTop;
  }

  protected override render(): TemplateResult {
    const text = this.#locale;
    return html`<section
      part="settings"
      class="panel"
      dir=${text.dir()}
      aria-label=${text.term('settings')}
      @keydown=${this.#onKey}
    >
      <div class="head">
        <h2 tabindex="-1">${text.term('settings')}</h2>
        <button class="plain" type="button" aria-label=${text.term('close')} @click=${this.#close}>${moreIcon('close')}</button>
      </div>
      <div class="scroll">
        <h3 id="devices" tabindex="-1">${text.term('devices')}</h3>
        ${preview(this.#state.value.local, this.#mirrored(), text)} ${this.#devices()}
        <h3 id="picture" tabindex="-1">${text.term('soundAndPicture')}</h3>
        ${this.#picture()}
        <h3 id="connection" tabindex="-1">${text.term('statistics')}</h3>
        ${this.#statistics.render()}
        <h3 id="general" tabindex="-1">${text.term('general')}</h3>
        ${this.#general()}
      </div>
    </section>`;
  }

  #devices(): TemplateResult {
    const state = this.#state.value;
    const can = { chooseSpeaker: 'setSinkId' in HTMLMediaElement.prototype, handheld: false };
    const groups = [...deviceMenuItems('camera', state, can).groups, ...deviceMenuItems('microphone', state, can).groups];
    return html`${groups.filter(({ choices }) => choices.length).map((group) => this.#device(group))}`;
  }

  #device({ kind, choices }: DeviceGroup): TemplateResult {
    const text = this.#locale;
    const label = text.term('deviceKind', kind);
    const options = choices.map(
      ({ id, label: name }, at) => [id, name || (id ? `${label} ${at + 1}` : text.term('systemDefault'))] as const,
    );
    const chosen = choices.find(({ checked }) => checked)?.id ?? '';
    return html`${this.#select(kind, label, options, chosen, (id) => this.#switch(kind, id))}
    ${
      kind === 'microphone'
        ? html`<div class="row">
            <meter min="0" max="1" .value=${this.#level.value} aria-label=${text.term('level')}></meter>
          </div>`
        : nothing
    }
    ${
      kind === 'speaker'
        ? html`<div class="row">
            <button class="button small" type="button" @click=${() => void chime(this.#state.value.speakerId)}>
              ${moreIcon('sound')}${text.term('testSound')}
            </button>
          </div>`
        : nothing
    }`;
  }

  #picture(): TemplateResult {
    const [text, { background, noiseSuppression }] = [this.#locale, this.#state.value.local];
    const { room, call } = this.#source;
    const noise = NOISE.map((level) => [level, text.term('noiseLevel', level)] as const);
    const behind: Options = [
      ['none', text.term('backgroundNone')],
      ['blur', text.term('backgroundBlur')],
      ...PICTURES.map((name, at) => [name, text.term('backgroundPicture', at + 1)] as const),
      // A picture of the page's own.
      ...(['none', 'blur', ...PICTURES].includes(background) ? [] : [[background, text.term('backgroundPicture', 4)] as const]),
    ];
    return html`${this.#select('noise', text.term('noiseSuppression'), noise, noiseSuppression, (level) =>
      call?.setNoiseSuppression(level as (typeof NOISE)[number]),
    )}
    ${this.#select('background', text.term('background'), behind, background, (name) => call?.setBackground(name))}
    ${this.#switchOf('lowData', room?.lowData === 'on', () => {
      if (room) room.lowData = room.lowData === 'on' ? 'auto' : 'on';
    })}`;
  }

  #general(): TemplateResult {
    const text = this.#locale;
    const { room } = this.#source;
    const known = Object.keys(LANGUAGE_NAMES);
    const now =
      known.find((code) => code === text.lang()) ?? known.find((code) => text.lang().split('-')[0] === code.split('-')[0]);
    return html`${this.#select('lang', text.term('language'), Object.entries(LANGUAGE_NAMES), now ?? 'en', (code) => {
      if (!room) return;
      room.lang = code;
      room.want({ lang: code });
    })}
    ${
      room?.notifications === 'off'
        ? nothing
        : this.#switchOf('notifications', room?.view.notifications !== false, () =>
            room?.setView({ notifications: !room.view.notifications }),
          )
    }
    ${room?.sounds === 'off' ? nothing : this.#switchOf('sounds', room?.view.sounds !== false, () => room?.setView({ sounds: !room.view.sounds }))}
    ${this.#switchOf('shortcuts', room?.shortcuts !== 'off', () => {
      if (room) room.shortcuts = room.shortcuts === 'off' ? 'on' : 'off';
    })}`;
  }

  #select(id: string, label: string, options: Options, chosen: string, choose: (value: string) => unknown): TemplateResult {
    const change = (event: Event): void => {
      const list = event.currentTarget as HTMLSelectElement;
      // Why it failed is told by the room; the list shows again what is.
      void Promise.resolve(choose(list.value))
        .catch(() => undefined)
        .finally(() => this.requestUpdate());
    };
    return html`<label class="field">
      <span>${label}</span>
      <select data-setting=${id} @change=${change}>
        ${options.map(([value, words]) => html`<option value=${value} .selected=${live(value === chosen)}>${words}</option>`)}
      </select>
    </label>`;
  }

  #switchOf(key: 'lowData' | 'notifications' | 'shortcuts' | 'sounds', on: boolean, act: () => void): TemplateResult {
    const text = this.#locale;
    return html`<button
      class="switch"
      type="button"
      role="switch"
      data-setting=${key}
      aria-checked=${on}
      aria-labelledby=${key}
      aria-describedby=${key === 'sounds' ? nothing : `${key}-help`}
      @click=${act}
    >
      <span
        ><span id=${key}>${text.term(key)}</span
        >${key === 'sounds' ? nothing : html`<small id="${key}-help">${text.term(`${key}Help`)}</small>`}</span
      >
      <i aria-hidden="true"></i>
    </button>`;
  }

  /** As on the stage: what the visitor chose there counts, then what the page says. */
  #mirrored(): boolean {
    const { room } = this.#source;
    return room?.view.mirror ?? room?.mirror !== 'off';
  }

  #switch(kind: DeviceKind, id: string): Promise<void> | undefined {
    return this.#source.room?.switchActiveDevice(kind, id);
  }

  #close(): void {
    this.#source.room?.togglePanel('settings', false);
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    this.#close();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'webrtc-settings': WebrtcSettings;
  }
}
