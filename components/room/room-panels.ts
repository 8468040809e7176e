/** The faces of a room that are only words and a button, as templates. */
import { html, nothing, type TemplateResult } from 'lit';
import type { CallError } from '../core/call-error.js';
import type { LeftReason } from '../core/call-state.js';
import { deviceHelp, type DeviceTrouble } from '../shared/device-help.js';
import { errorWords } from '../shared/error-words.js';
import { icon } from '../shared/icons.js';
import type { Localize } from '../shared/localize.js';
import { farewell } from './room-view.js';

export function joiningPanel(text: Localize): TemplateResult {
  return html`<div class="panel" tabindex="-1" data-focus role="status">
    <span class="spinner"></span>
    <p>${text.term('joining')}</p>
  </div>`;
}

export function leftPanel(text: Localize, reason: LeftReason | null, rejoin: () => void): TemplateResult {
  const { title, rejoin: may } = farewell(reason);
  return html`<div class="panel" tabindex="-1" data-focus>
    <span class="medal ${reason === 'voluntary' || !reason ? '' : 'trouble'}">${icon('leave')}</span>
    <h2>${text.term(title)}</h2>
    ${may ? html`<button class="button primary" data-focus @click=${rejoin}>${text.term('rejoin')}</button>` : nothing}
  </div>`;
}

export function errorPanel(text: Localize, error: CallError | null, retry: () => void): TemplateResult {
  const words = errorWords(error?.code ?? 'INTERNAL');
  return html`<div class="panel" role="alert" tabindex="-1" data-focus>
    <span class="medal trouble">${icon('warning')}</span>
    <h2>${text.term(words.title)}</h2>
    <p>${text.term(words.help)}</p>
    ${words.retry ? html`<button class="button primary" data-focus @click=${retry}>${text.term('tryAgain')}</button>` : nothing}
  </div>`;
}

export function emptyPanel(text: Localize, copied: boolean, copy: () => void): TemplateResult {
  return html`<div class="empty">
    <div>
      <strong>${text.term('firstHere')}</strong>
      <p>${text.term('firstHereHelp')}</p>
    </div>
    <button class="button primary" @click=${copy}>
      ${icon(copied ? 'check' : 'link')}<span role="status">${text.term(copied ? 'copied' : 'copyLink')}</span>
    </button>
  </div>`;
}

export interface Notes {
  readonly blocked: boolean;
  readonly reconnecting: boolean;
  readonly trouble: DeviceTrouble | undefined;
  hear(): void;
  dismiss(trouble: DeviceTrouble): void;
}

/** What needs attention during a call, the most useful first: a small box shows only that. */
export function notes(text: Localize, { blocked, reconnecting, trouble, hear, dismiss }: Notes): TemplateResult {
  return html`${
    blocked
      ? html`<button part="notification" class="button primary hear" @click=${hear}>
          ${icon('sound')}${text.term('tapToHear')}
        </button>`
      : nothing
  }
  ${
    reconnecting
      ? html`<div part="notification" class="badge"><span class="spinner"></span>${text.term('reconnecting')}</div>`
      : nothing
  }
  ${trouble ? deviceNotice(text, trouble, () => dismiss(trouble)) : nothing}`;
}

function deviceNotice(text: Localize, trouble: DeviceTrouble, dismiss: () => void): TemplateResult {
  const help = deviceHelp(trouble);
  return html`<div part="notification" class="notice" role="alert">
    ${icon('warning')}
    <div>${text.term(help.key, help.device)} ${help.code ? html`<code dir="ltr">${help.code}</code>` : nothing}</div>
    <button class="dismiss" aria-label=${text.term('dismiss')} @click=${dismiss}>${icon('close')}</button>
  </div>`;
}
