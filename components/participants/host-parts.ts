/** What only those see who keep order: who waits outside, and how the room is set. Templates. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { RoomSettings, WaitingParticipant } from '../../server/protocol/rights.js';
import type { Call } from '../core/call.js';
import { initials } from '../shared/avatar.js';
import { icon } from '../shared/icons.js';
import type { Localize } from '../shared/localize.js';

export type Ask = (act: (call: Call) => Promise<void>) => void;

export function avatar(id: string, name: string): TemplateResult {
  return html`<span part="avatar" class="avatar" data-of=${id} aria-hidden="true">${initials(name) || icon('people')}</span>`;
}

export function waitingList(text: Localize, waiting: readonly WaitingParticipant[], ask: Ask): TemplateResult {
  return html`<div class="heading news">
      <h3 id="waiting">${text.term('waitingHere')} <span class="number">${waiting.length}</span></h3>
      ${
        waiting.length > 1
          ? html`<button
              class="link"
              type="button"
              @click=${() => waiting.forEach(({ waitingId }) => ask((call) => call.acceptWaitingParticipant(waitingId)))}
            >
              ${text.term('letAllIn')}
            </button>`
          : nothing
      }
    </div>
    <ul aria-labelledby="waiting">
      ${repeat(
        waiting,
        ({ waitingId }) => waitingId,
        (who) => waits(text, who, ask),
      )}
    </ul>`;
}

function waits(text: Localize, { waitingId, displayName }: WaitingParticipant, ask: Ask): TemplateResult {
  const name = displayName || text.term('guest');
  return html`<li class="waits">
    ${avatar(waitingId, displayName)}
    <span class="name"><bdi>${name}</bdi></span>
    <span class="decide">
      <button
        class="button small"
        type="button"
        aria-label=${`${text.term('reject')}: ${name}`}
        @click=${() => ask((call) => call.rejectWaitingParticipant(waitingId))}
      >
        ${text.term('reject')}
      </button>
      <button
        class="button small primary"
        type="button"
        aria-label=${`${text.term('admit')}: ${name}`}
        @click=${() => ask((call) => call.acceptWaitingParticipant(waitingId))}
      >
        ${text.term('admit')}
      </button>
    </span>
  </li>`;
}

export function roomSettings(text: Localize, { locked, waitingRoom }: RoomSettings, ask: Ask): TemplateResult {
  return html`<div class="settings">
    ${toggle(text, 'lockRoom', locked, () => ask((call) => call.lockRoom(!locked)))}
    ${toggle(text, 'waitingRoom', waitingRoom, () => ask((call) => call.setWaitingRoom(!waitingRoom)))}
  </div>`;
}

function toggle(text: Localize, key: 'lockRoom' | 'waitingRoom', on: boolean, act: () => void): TemplateResult {
  return html`<button
    class="switch"
    type="button"
    role="switch"
    aria-checked=${on}
    aria-labelledby=${key}
    aria-describedby="${key}-help"
    @click=${act}
  >
    <span><span id=${key}>${text.term(key)}</span><small id="${key}-help">${text.term(`${key}Help`)}</small></span>
    <i aria-hidden="true"></i>
  </button>`;
}
