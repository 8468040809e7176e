/** Who wants to join, over the call, with words to answer with. A template. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { WaitingParticipant } from '../../../server/protocol/rights.js';
import { moreIcon } from '../../shared/more-icons.js';
import type { Localize } from '../../shared/localize.js';

/** More are in the list of people. */
const ROWS = 3;

export interface KnockAnswers {
  admit(ids: readonly string[]): void;
  reject(ids: readonly string[]): void;
  people(): void;
}

export function knockCard(text: Localize, waiting: readonly WaitingParticipant[], answers: KnockAnswers): TemplateResult {
  const one = waiting.length === 1;
  const all = waiting.map(({ waitingId }) => waitingId);
  const names = waiting.map(({ displayName }) => displayName || text.term('guest'));
  return html`<section part="notification" class="knock ${one ? 'one' : ''}" aria-labelledby="knock">
    <div class="head">
      ${moreIcon('door')}
      <strong id="knock">${text.term('waitingSpoken', names)}</strong>
      ${
        one
          ? nothing
          : html`<button class="button small primary" type="button" @click=${() => answers.admit(all)}>
              ${text.term('letAllIn')}
            </button>`
      }
    </div>
    <ul>
      ${repeat(
        waiting.slice(0, ROWS),
        ({ waitingId }) => waitingId,
        ({ waitingId }, at) => {
          const name = names[at] ?? '';
          return html`<li>
            ${one ? nothing : html`<bdi>${name}</bdi>`}
            <button
              class="button small"
              type="button"
              aria-label=${`${text.term('reject')}: ${name}`}
              @click=${() => answers.reject([waitingId])}
            >
              ${text.term('reject')}
            </button>
            <button
              class="button small primary"
              type="button"
              aria-label=${`${text.term('admit')}: ${name}`}
              @click=${() => answers.admit([waitingId])}
            >
              ${text.term('admit')}
            </button>
          </li>`;
        },
      )}
    </ul>
    ${
      waiting.length > 1
        ? html`<button class="button small more ${waiting.length > ROWS ? 'over' : ''}" type="button" @click=${answers.people}>
            ${text.term('showPeople')}
          </button>`
        : nothing
    }
  </section>`;
}
