/**
 * The faces of a room that are only words and a button, as templates. Not part of the first load: the room brings
 * them once it stands.
 */
import { css, html, nothing, type TemplateResult } from 'lit';
import type { CallError } from '../core/call-error.js';
import type { CallState } from '../core/call-state.js';
import { errorWords } from '../shared/error-words.js';
import { moreIcon } from '../shared/more-icons.js';
import type { Localize } from '../shared/localize.js';
import { farewell } from './farewell.js';
import { invitationStyles } from './invitation.styles.js';
import { panelStyles } from './panels.styles.js';
import { refused, type RoomView } from './room-view.js';

export { enMore as texts } from '../lang/en-more.js';
export { say, sumUp } from './spoken.js';
export const styles = css`
  ${panelStyles}
  ${invitationStyles}
`;

export interface Acts {
  again(): void;
  cancel(): void;
}

/** The whole room as words and at most one button; nothing for the views that are more than that. */
export function face(
  view: RoomView,
  text: Localize,
  { leftReason, error }: Pick<CallState, 'error' | 'leftReason'>,
  { again, cancel }: Acts,
): TemplateResult | typeof nothing {
  switch (view) {
    case 'joining':
      return joiningPanel(text);
    case 'waiting':
      return waitingPanel(text, cancel);
    case 'left':
      return leftPanel(text, { leftReason, error }, again);
    case 'error':
      return errorPanel(text, error, again);
    default:
      return nothing;
  }
}

function joiningPanel(text: Localize): TemplateResult {
  return html`<div class="panel" tabindex="-1" data-focus role="status">
    <span class="spinner"></span>
    <p>${text.term('joining')}</p>
  </div>`;
}

/** Outside, until somebody inside opens. */
function waitingPanel(text: Localize, cancel: () => void): TemplateResult {
  return html`<div class="panel" tabindex="-1" data-focus>
    <span class="medal waiting">${moreIcon('door')}</span>
    <div role="status">
      <h2>${text.term('waitingTitle')}</h2>
      <p>${text.term('waitingHelp')}</p>
    </div>
    <button class="button" @click=${cancel}>${text.term('cancel')}</button>
  </div>`;
}

function leftPanel(
  text: Localize,
  { leftReason: reason, error }: Pick<CallState, 'error' | 'leftReason'>,
  again: () => void,
): TemplateResult {
  // Full, locked, an invitation that is over: what helps depends on which.
  if (error && refused(reason)) return errorPanel(text, error, again);
  const { title, help, again: words, primary } = farewell(reason);
  const wanted = reason === 'voluntary' || !reason;
  // Whatever one was doing elsewhere in the page: the others do not hear one any more.
  return html`<div class="panel" role=${wanted ? nothing : 'alert'} tabindex="-1" data-focus>
    <span class="medal ${wanted ? '' : 'trouble'}">${moreIcon('leave')}</span>
    <h2>${text.term(title)}</h2>
    ${help ? html`<p>${text.term(help)}</p>` : nothing}
    ${words ? html`<button class="button ${primary ? 'primary' : ''}" data-focus @click=${again}>${text.term(words)}</button>` : nothing}
  </div>`;
}

function errorPanel(text: Localize, error: CallError | null, retry: () => void): TemplateResult {
  const words = errorWords(error?.code ?? 'INTERNAL', navigator.onLine);
  return html`<div class="panel" role="alert" tabindex="-1" data-focus>
    <span class="medal trouble">${moreIcon('warning')}</span>
    <h2>${text.term(words.title)}</h2>
    <p>${text.term(words.help)}</p>
    ${words.retry ? html`<button class="button primary" data-focus @click=${retry}>${text.term('tryAgain')}</button>` : nothing}
  </div>`;
}

export interface InviteActs {
  readonly link: string | null;
  copy(): void;
  invite(): void;
}

/** @param left There were others before. */
export function emptyPanel(text: Localize, left: boolean, copied: boolean, act: InviteActs): TemplateResult {
  return html`<div class="empty">
    <div>
      <strong>${text.term(left ? 'onlyOneHere' : 'firstHere')}</strong>
      ${act.link ? html`<p>${text.term('firstHereHelp')}</p>` : nothing}
    </div>
    ${
      act.link
        ? html`<div class="ways">
            <button class="button" @click=${act.invite}>${moreIcon('invite')}<span>${text.term('invite')}</span></button>
            <button class="button primary" @click=${act.copy}>
              ${moreIcon(copied ? 'check' : 'link')}<span role="status">${text.term(copied ? 'copied' : 'copyLink')}</span>
            </button>
          </div>`
        : nothing
    }
  </div>`;
}
