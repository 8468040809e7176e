/**
 * Who is here, and for those who keep order: who wants to come in, and how the room is set. Loaded when it
 * is first opened. Asks the call for things; shows only what came true.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Call } from '../core/call.js';
import { enMore } from '../lang/en-more.js';
import { hueOf } from '../shared/avatar.js';
import { CallSource } from '../shared/call-source.js';
import { icon } from '../shared/icons.js';
import { Localize, register } from '../shared/localize.js';
import { moreIcon } from '../shared/more-icons.js';
import { selectState } from '../shared/selector.js';
import { panelCard, switchStyles } from '../shared/panel.styles.js';
import { buttons, tokens } from '../shared/tokens.js';
import { WebrtcElement } from '../shared/webrtc-element.js';
import { avatar, roomSettings, waitingList } from './host-parts.js';
import { hostStyles } from './host.styles.js';
import { participantsStyles } from './participants.styles.js';
import { peopleList, type PersonRow } from './people-list.js';

register('en', enMore);

type Question = { readonly kick: PersonRow } | 'end';

/**
 * @summary Who is in the call; for a host also who waits outside, and how the room is set.
 *
 * @csspart participants - The whole panel.
 * @csspart dialog - The question before something that cannot be undone.
 * @csspart avatar - What stands for a person.
 * @csspart icon - Every icon.
 *
 * @tag webrtc-participants
 */
export class WebrtcParticipants extends WebrtcElement {
  static override readonly styles = [tokens, buttons, panelCard, switchStyles, participantsStyles, hostStyles];

  /** Id of the room, when the panel is not inside it. */
  @property() for = '';

  @state() private question: Question | null = null;

  readonly #source = new CallSource(this);
  readonly #locale = new Localize(this, () => this.#source.room?.translations);
  readonly #state = selectState(this, this.#source, ({ local, participants, settings, waiting }) => ({
    local,
    participants,
    settings,
    waiting,
  }));

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('h2')?.focus(options);
  }

  protected override render(): TemplateResult {
    const [text, { local, participants, settings, waiting }] = [this.#locale, this.#state.value];
    const { moderate } = local.grants;
    const rows = peopleList({ local, participants });
    const loud = rows.filter(({ mayMute }) => mayMute);
    return html`<section
      part="participants"
      class="panel"
      dir=${text.dir()}
      aria-label=${text.term('people')}
      @keydown=${this.#onKey}
    >
      <header>
        <h2 tabindex="-1">${text.term('people')}</h2>
        <button class="plain" type="button" aria-label=${text.term('close')} @click=${this.#close}>${moreIcon('close')}</button>
      </header>
      <div class="scroll">
        ${
          this.#source.room?.inviteLink
            ? html`<button class="button invite" type="button" @click=${() => this.#source.room?.openInvitation()}>
                ${moreIcon('invite')}${text.term('invite')}
              </button>`
            : nothing
        }
        ${moderate && waiting.length ? waitingList(text, waiting, (act) => this.#ask(act)) : nothing}
        <div class="heading" id="here">
          <h3>${text.term('inTheCall')} <span class="number">${rows.length}</span></h3>
          ${loud.length > 1 ? html`<button class="link" type="button" @click=${() => this.#mute(loud)}>${text.term('muteAll')}</button>` : nothing}
        </div>
        <ul aria-labelledby="here">
          ${repeat(
            rows,
            ({ id }) => id,
            (row) => this.#person(row),
          )}
        </ul>
        ${moderate ? roomSettings(text, settings, (act) => this.#ask(act)) : nothing}
        ${
          local.role === 'host'
            ? html`<footer>
                <button class="button danger" type="button" @click=${() => (this.question = 'end')}>
                  ${moreIcon('endCall')}${text.term('endMeeting')}
                </button>
              </footer>`
            : nothing
        }
      </div>
      ${this.#dialog()}
    </section>`;
  }

  protected override updated(): void {
    const dialog = this.renderRoot.querySelector('dialog');
    if (this.question && dialog && !dialog.open) dialog.showModal();
    for (const avatar of this.renderRoot.querySelectorAll<HTMLElement>('.avatar'))
      avatar.style.setProperty('--_hue', String(hueOf(avatar.dataset['of'] ?? '')));
  }

  #person(row: PersonRow): TemplateResult {
    const text = this.#locale;
    const name = row.displayName || text.term('guest');
    const notes = [...(row.role === 'speaker' ? [] : [text.term(row.role)]), ...(row.away ? [text.term('away')] : [])].join(
      ' · ',
    );
    const lower = row.local ? text.term('lowerHand') : text.term('lowerHandOf', name);
    return html`<li class=${row.away ? 'away' : ''}>
      ${avatar(row.id, row.displayName)}
      <span class="name">
        <bdi>${row.local ? (row.displayName ? text.term('you', name) : text.term('yourself')) : name}</bdi>
        ${notes ? html`<small>${notes}</small>` : nothing}
      </span>
      ${
        row.mayLower
          ? html`<button class="plain hand" type="button" aria-label=${lower} title=${lower} @click=${() => this.#lower(row)}>
              ${moreIcon('hand')}
            </button>`
          : row.handRaised
            ? html`<span class="sign hand" role="img" aria-label=${text.term('handRaised')}>${moreIcon('hand')}</span>`
            : nothing
      }
      ${
        row.mayMute
          ? html`<button
              class="plain"
              type="button"
              aria-label=${text.term('muteName', name)}
              title=${text.term('muteName', name)}
              @click=${() => this.#mute([row])}
            >
              ${icon('microphone')}
            </button>`
          : html`<span
              class="sign ${row.microphoneOff ? 'off' : ''}"
              role="img"
              aria-label=${row.microphoneOff ? text.term('microphoneOff') : text.term('deviceKind', 'microphone')}
            >
              ${icon(row.microphoneOff ? 'microphoneOff' : 'microphone')}
            </span>`
      }
      ${
        row.mayKick
          ? html`<button
              class="plain"
              type="button"
              aria-label=${text.term('kickName', name)}
              title=${text.term('kickName', name)}
              @click=${() => (this.question = { kick: row })}
            >
              ${moreIcon('kick')}
            </button>`
          : nothing
      }
    </li>`;
  }

  /** Nobody is put out, and no call ended, by a slip of the finger. */
  #dialog(): TemplateResult | typeof nothing {
    const [text, question] = [this.#locale, this.question];
    if (!question) return nothing;
    const name = question === 'end' ? '' : question.kick.displayName || text.term('guest');
    const act = (call: Call): Promise<void> => (question === 'end' ? call.endMeeting() : call.kickParticipant(question.kick.id));
    return html`<dialog part="dialog" aria-labelledby="question" @close=${() => (this.question = null)}>
      <p id="question">${question === 'end' ? text.term('endMeetingAsk') : text.term('kickAsk', name)}</p>
      <div class="answers">
        <button class="button" type="button" @click=${this.#dismiss}>${text.term('cancel')}</button>
        <button
          class="button danger"
          type="button"
          @click=${() => {
            this.#ask(act);
            this.#dismiss();
          }}
        >
          ${question === 'end' ? text.term('endMeeting') : text.term('kick')}
        </button>
      </div>
    </dialog>`;
  }

  #dismiss(): void {
    this.renderRoot.querySelector('dialog')?.close();
  }

  #mute(rows: readonly PersonRow[]): void {
    this.#ask((call) => call.muteParticipants(rows.map(({ id }) => id)));
  }

  #lower({ id, local }: PersonRow): void {
    this.#ask((call) => (local ? call.setHandRaised(false) : call.lowerHand(id)));
  }

  /** What came of it is in the state; a refusal changes nothing. */
  #ask(act: (call: Call) => Promise<void>): void {
    const { call } = this.#source;
    if (call) act(call).catch(() => undefined);
  }

  #close(): void {
    this.#source.room?.togglePeople(false);
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || this.question) return;
    event.preventDefault();
    event.stopPropagation();
    this.#close();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'webrtc-participants': WebrtcParticipants;
  }
}
