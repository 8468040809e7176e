/** What a telephone shows while nothing rings: one's address, whom to call, who called. Templates. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import type { HistoryEntry, PhoneState } from '../core/phone/phone-state.js';
import { icon } from '../shared/icons.js';
import { moreIcon } from '../shared/more-icons.js';
import type { Localize } from '../shared/localize.js';
import { nameOf } from './faces.js';
import { phoneIcon } from './icons.js';
import { phoneErrorWords } from './phone-error-words.js';

export interface DeskView {
  readonly state: PhoneState;
  readonly dialed: string;
  readonly wrongAddress: boolean;
  readonly copied: boolean;
  readonly code: TemplateResult | null;
  readonly video: boolean;
  readonly mayNotify: boolean;
  readonly history: boolean;
}

export interface DeskActs {
  copy(): void;
  toggleCode(): void;
  type(text: string): void;
  dial(video: boolean): void;
  ring(entry: HistoryEntry): void;
  block(entry: HistoryEntry): void;
  clear(): void;
  unblockAll(): void;
  disturb(on: boolean): void;
  notify(): void;
  dismiss(): void;
}

export function desk(text: Localize, view: DeskView, acts: DeskActs): TemplateResult {
  return html`<div class="desk">
    ${ownAddress(text, view, acts)} ${dialForm(text, view, acts)} ${lastRing(text, view, acts)}
    ${view.history ? recent(text, view, acts) : nothing} ${settings(text, view, acts)}
  </div>`;
}

function ownAddress(text: Localize, { state, copied, code }: DeskView, acts: DeskActs): TemplateResult {
  const { address, error, connection } = state;
  if (address === null)
    return html`<section class="card" aria-label=${text.term('yourAddress')}>
      <p class="waits" role="status">
        ${error ? text.term(phoneErrorWords(error.code).title) : html`<span class="spinner"></span>${text.term('connecting')}`}
      </p>
      ${error ? html`<p class="help">${text.term(phoneErrorWords(error.code).help)}</p>` : nothing}
    </section>`;
  const long = address.length > 20;
  return html`<section class="card" aria-labelledby="own">
    <h2 id="own">
      <span class="dot ${connection === 'connected' ? (state.doNotDisturb ? 'off' : 'on') : 'off'}"></span
      >${text.term('yourAddress')}
    </h2>
    <p class="address ${long ? 'long' : ''}"><bdi dir="ltr">${grouped(address)}</bdi></p>
    <div class="tools">
      <button class="button" type="button" data-act="copy" @click=${acts.copy}>
        ${moreIcon(copied ? 'check' : 'copy')}${copied ? text.term('addressCopied') : text.term('copyAddress')}
      </button>
      <button
        class="button square"
        type="button"
        data-act="code"
        aria-expanded=${code !== null}
        aria-label=${code ? text.term('hideQr') : text.term('showQr')}
        title=${code ? text.term('hideQr') : text.term('showQr')}
        @click=${acts.toggleCode}
      >
        ${phoneIcon('code')}
      </button>
    </div>
    ${code ? html`<div class="code">${code}</div>` : nothing}
    ${connection === 'connected' ? nothing : html`<p class="help" role="status">${text.term('reconnecting')}</p>`}
  </section>`;
}

/** A line may break between groups, never within one. */
const grouped = (address: string): readonly (TemplateResult | string)[] =>
  address.split('-').flatMap((group, index) => [...(index ? [html`-<wbr />`] : []), html`<span class="group">${group}</span>`]);

function dialForm(text: Localize, { dialed, wrongAddress, video, state }: DeskView, acts: DeskActs): TemplateResult {
  const hear = (event: Event): void => acts.type((event.target as HTMLInputElement).value);
  const submit = (event: Event): void => {
    event.preventDefault();
    acts.dial(video);
  };
  return html`<form class="dial" novalidate @submit=${submit}>
    <label
      >${text.term('dial')}
      <input
        name="address"
        dir="ltr"
        autocomplete="off"
        autocapitalize="none"
        spellcheck="false"
        maxlength="128"
        aria-invalid=${wrongAddress}
        aria-describedby=${wrongAddress ? 'wrong' : nothing}
        .value=${live(dialed)}
        @input=${hear}
    /></label>
    ${wrongAddress ? html`<p class="wrong" id="wrong" role="alert">${text.term('notAnAddress')}</p>` : nothing}
    <div class="tools">
      <button class="button primary" data-act="call" aria-disabled=${state.phase !== 'idle'}>
        ${video ? icon('camera') : phoneIcon('phone')}${text.term('callVideo')}
      </button>
      ${
        video
          ? html`<button
              class="button square"
              type="button"
              data-act="call-audio"
              aria-label=${text.term('callAudio')}
              title=${text.term('callAudio')}
              @click=${() => acts.dial(false)}
            >
              ${phoneIcon('phone')}
            </button>`
          : nothing
      }
    </div>
  </form>`;
}

function lastRing(text: Localize, { state }: DeskView, acts: DeskActs): TemplateResult {
  const { last, error, address } = state;
  const words = last ? text.term('ringOutcome', last.outcome, nameOf(text, last.party)) : '';
  const trouble = error && address !== null ? text.term(phoneErrorWords(error.code).title) : '';
  const said = words || trouble;
  return html`<div class="last" role="status">
    ${
      said
        ? html`<p>${words ? phoneIcon('missed') : moreIcon('warning')}<span>${said}</span></p>
            <button class="plain" type="button" aria-label=${text.term('dismiss')} @click=${acts.dismiss}>
              ${moreIcon('close')}
            </button>`
        : nothing
    }
  </div>`;
}

function recent(text: Localize, { state: { history } }: DeskView, acts: DeskActs): TemplateResult | typeof nothing {
  if (history.length === 0) return nothing;
  return html`<section class="recent" aria-labelledby="recent">
    <div class="heading">
      <h2 id="recent">${text.term('recentCalls')}</h2>
      <button class="link" type="button" data-act="clear" @click=${acts.clear}>${text.term('clearList')}</button>
    </div>
    <ul>
      ${repeat(
        history,
        ({ id }) => id,
        (entry) => row(text, entry, acts),
      )}
    </ul>
  </section>`;
}

function row(text: Localize, entry: HistoryEntry, acts: DeskActs): TemplateResult {
  const { direction, outcome, at, address, keys } = entry;
  const name = nameOf(text, entry);
  const missed = outcome === 'missed';
  const time = new Intl.DateTimeFormat(text.lang(), { dateStyle: 'short', timeStyle: 'short' }).format(at);
  return html`<li class=${missed ? 'missed' : ''}>
    ${phoneIcon(missed ? 'missed' : direction === 'in' ? 'incoming' : 'outgoing')}
    <span class="who"
      ><bdi>${name}</bdi
      ><small
        >${text.term('callWord', outcome, direction)} · <time datetime=${new Date(at).toISOString()}>${time}</time></small
      ></span
    >
    ${
      keys.length
        ? html`<button
            class="plain"
            type="button"
            data-act="block"
            aria-label=${text.term('blockName', name)}
            title=${text.term('blockName', name)}
            @click=${() => acts.block(entry)}
          >
            ${phoneIcon('block')}
          </button>`
        : nothing
    }
    ${
      address
        ? html`<button
            class="plain"
            type="button"
            data-act="call-back"
            aria-label=${text.term('callName', name)}
            title=${text.term('callName', name)}
            @click=${() => acts.ring(entry)}
          >
            ${phoneIcon('phone')}
          </button>`
        : nothing
    }
  </li>`;
}

function settings(text: Localize, { state, mayNotify }: DeskView, acts: DeskActs): TemplateResult {
  const { doNotDisturb, blocked } = state;
  return html`<div class="settings">
    <button
      class="button"
      type="button"
      data-act="disturb"
      aria-pressed=${doNotDisturb}
      @click=${() => acts.disturb(!doNotDisturb)}
    >
      ${phoneIcon('quiet')}${text.term('doNotDisturb')}
    </button>
    ${
      mayNotify
        ? html`<button class="button" type="button" data-act="notify" @click=${acts.notify}>
            ${phoneIcon('bell')}${text.term('notifyCalls')}
          </button>`
        : nothing
    }
    ${
      blocked.length
        ? html`<p class="help">
            ${text.term('blockedCallers', blocked.length)}
            <button class="link" type="button" data-act="unblock" @click=${acts.unblockAll}>${text.term('unblockAll')}</button>
          </p>`
        : nothing
    }
  </div>`;
}
