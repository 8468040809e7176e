/**
 * The chat of a call: what was said, and a place to write. Loaded when it is first opened. Asks the call to send;
 * shows what is in its state. What people write is text here, never markup.
 */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Call } from '../core/call.js';
import { CallError } from '../core/call-error.js';
import type { ChatMessage } from '../core/messaging/chat-log.js';
import { enMore } from '../lang/en-more.js';
import { hueOf, initials } from '../shared/avatar.js';
import { CallSource } from '../shared/call-source.js';
import { icon } from '../shared/icons.js';
import { Localize, register } from '../shared/localize.js';
import { moreIcon } from '../shared/more-icons.js';
import { panelCard } from '../shared/panel.styles.js';
import { selectState } from '../shared/selector.js';
import { buttons, tokens } from '../shared/tokens.js';
import { WebrtcElement } from '../shared/webrtc-element.js';
import { chatGroups, firstUnread, keyOf, type ChatGroup, type KnownGroups } from './chat-groups.js';
import { chatStyles } from './chat.styles.js';
import { composerStyles } from './composer.styles.js';
import { textParts } from './links.js';
import { ReadingPlace } from './reading-place.js';
import { kept, lengthOf, MOST, MOST_KEPT, rowsOf } from './writing.js';

register('en', enMore);

/** From here on the visitor sees how much is left. */
const NEARLY = 1_800;
/** As good as the end of the list. */
const END_PX = 40;

/**
 * @summary The chat: messages between the people of a call, from browser to browser. The server never sees them.
 *
 * @csspart chat - The whole panel.
 * @csspart message - Each message.
 * @csspart avatar - What stands for a person.
 * @csspart icon - Every icon.
 *
 * @tag webrtc-chat
 */
export class WebrtcChat extends WebrtcElement {
  static override readonly styles = [tokens, buttons, panelCard, chatStyles, composerStyles];
  /** What was being written while the panel is closed, by call. */
  static readonly #drafts = new WeakMap<Call, string>();

  /** Id of the room, when the panel is not inside it. */
  @property() for = '';

  @state() private draft = '';
  @state() private hasty = false;
  @state() private atEnd = true;

  readonly #source = new CallSource(this);
  readonly #locale = new Localize(this, () => this.#source.room?.translations);
  readonly #state = selectState(this, this.#source, ({ chat, chatUnread, local, meeting, participants }) => ({
    chat,
    chatUnread,
    meeting,
    mayWrite: local.grants.chat,
    participants,
  }));
  #firstNew: string | null = null;
  #page = document;
  readonly #groups: KnownGroups = new Map();
  readonly #place = new ReadingPlace();
  readonly #times = new Map<string, Intl.DateTimeFormat>();

  constructor() {
    super();
    this.#source.onCall((call) => {
      if (call && !this.draft) this.draft = WebrtcChat.#drafts.get(call) ?? '';
    });
  }

  /** Where one writes; on a touch screen that would bring the keyboard up, so there it is the heading. */
  override focus(options?: FocusOptions): void {
    const touch = matchMedia('(pointer: coarse)').matches;
    const field = touch ? null : this.renderRoot.querySelector('textarea');
    (field ?? this.renderRoot.querySelector('h2'))?.focus(options);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#page = this.ownerDocument;
    this.#page.addEventListener('visibilitychange', this.#seen);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#page.removeEventListener('visibilitychange', this.#seen);
    this.#firstNew = null;
  }

  protected override willUpdate(_changed: PropertyValues<this>): void {
    const { chat, chatUnread } = this.#state.value;
    if (chatUnread > 0) this.#firstNew ??= firstUnread(chat, chatUnread);
    if (chat.at(-1)?.own) this.#firstNew = null;
    if (this.hasUpdated) this.#place.note(this.renderRoot.querySelector('.scroll'), this.atEnd);
  }

  protected override render(): TemplateResult {
    const [text, { chat, mayWrite }] = [this.#locale, this.#state.value];
    return html`<section part="chat" class="panel" dir=${text.dir()} aria-label=${text.term('chat')}>
      <header>
        <h2 tabindex="-1">${text.term('chat')}</h2>
        ${
          this.#source.room?.chatOpen
            ? html`<button class="plain" type="button" aria-label=${text.term('close')} @click=${this.#close}>
                ${moreIcon('close')}
              </button>`
            : nothing
        }
      </header>
      <div class="list">
        <div class="scroll" role="log" tabindex="0" aria-label=${text.term('chat')} @scroll=${this.#onScroll}>
          ${chat.length ? nothing : this.#empty()}
          ${repeat(
            chatGroups(chat, this.#firstNew, this.#groups),
            ({ key }) => key,
            (group) => this.#group(group),
          )}
        </div>
        ${this.#jump()}
      </div>
      ${mayWrite ? this.#composer() : html`<p class="quiet">${text.term('mayNotWrite')}</p>`}
    </section>`;
  }

  protected override updated(): void {
    for (const avatar of this.renderRoot.querySelectorAll<HTMLElement>('.avatar:not([style])'))
      avatar.style.setProperty('--_hue', String(hueOf(avatar.dataset['of'] ?? '')));
    if (this.atEnd) this.#toEnd();
    else this.#place.keep(this.renderRoot.querySelector('.scroll'));
    this.#seen();
  }

  #empty(): TemplateResult {
    return html`<div class="empty">
      <span class="medal">${moreIcon('chat')}</span>
      <strong>${this.#locale.term('chatEmpty')}</strong>
      <p>${this.#locale.term('chatEmptyHelp')}</p>
    </div>`;
  }

  #group({ from, displayName, own, sentAt, messages, receivedFrom, firstNew }: ChatGroup): TemplateResult {
    const text = this.#locale;
    const name = displayName || text.term('guest');
    return html`${receivedFrom === null ? nothing : html`<p class="note">${text.term('receivedFrom', this.#nameOf(receivedFrom))}</p>`}
      ${firstNew ? html`<p class="divider"><span>${text.term('newMessages')}</span></p>` : nothing}
      <div class="group ${own ? 'own' : ''}">
        <p class="who">
          ${
            own
              ? html`<span class="visually-hidden">${text.term('yourself')}</span>`
              : html`<span part="avatar" class="avatar" data-of=${from} aria-hidden="true">
                    ${initials(displayName) || icon('people')}</span
                  ><bdi>${name}</bdi>`
          }
          <time datetime=${new Date(sentAt).toISOString()}>${this.#time(sentAt)}</time>
        </p>
        ${repeat(messages, keyOf, (message) => this.#message(message))}
      </div>`;
  }

  #message({ id, text, status }: ChatMessage): TemplateResult {
    // Found once in each message, however often the list is drawn.
    const parts = guard([text], () =>
      textParts(text).map((part) =>
        typeof part === 'string'
          ? part
          : html`<a href=${part.href} target="_blank" rel="noopener noreferrer" dir="ltr">${part.text}</a>`,
      ),
    );
    return html`<p part="message" class="message ${status}" dir="auto">${parts}</p>
      ${
        status === 'failed'
          ? html`<p class="failed">
              ${moreIcon('warning')}<span>${this.#locale.term('notDelivered')}</span>
              <button class="link" type="button" @click=${() => this.#retry(id)}>${this.#locale.term('tryAgain')}</button>
            </p>`
          : nothing
      }`;
  }

  #jump(): TemplateResult | typeof nothing {
    const { chatUnread } = this.#state.value;
    if (this.atEnd || chatUnread === 0) return nothing;
    return html`<button class="button primary jump" type="button" @click=${this.#toEnd}>
      ${moreIcon('down')}${this.#locale.term('unread', chatUnread)}
    </button>`;
  }

  #composer(): TemplateResult {
    const text = this.#locale;
    const length = lengthOf(this.draft);
    const over = length > MOST;
    const ready = this.draft.trim() !== '' && !over && this.#state.value.meeting === 'joined';
    return html`<form @submit=${this.#submit}>
      <p class="hint ${over ? 'over' : ''}" role="status">
        ${this.hasty ? text.term('tooFast') : length > NEARLY ? `${this.#number(length)} / ${this.#number(MOST)}` : nothing}
      </p>
      <div class="field ${over ? 'over' : ''}">
        <textarea
          rows=${rowsOf(this.draft, 5)}
          dir="auto"
          autocomplete="off"
          enterkeyhint="send"
          aria-label=${text.term('writeMessage')}
          aria-invalid=${over ? 'true' : nothing}
          placeholder=${text.term('writeMessage')}
          .value=${this.draft}
          @input=${this.#onInput}
          @paste=${this.#onPaste}
          @keydown=${this.#onKey}
        ></textarea>
        <button
          class="send"
          type="submit"
          aria-label=${text.term('send')}
          title=${text.term('send')}
          aria-disabled=${ready ? nothing : 'true'}
        >
          ${moreIcon('send')}
        </button>
      </div>
    </form>`;
  }

  #nameOf(id: string): string {
    return this.#state.value.participants.find((each) => each.id === id)?.displayName || this.#locale.term('guest');
  }

  #number(count: number): string {
    return new Intl.NumberFormat(this.#locale.lang()).format(count);
  }

  #time(at: number): string {
    const today = new Date(at).toDateString() === new Date().toDateString();
    const day = today ? ({} as const) : ({ day: 'numeric', month: 'short' } as const);
    const style: Intl.DateTimeFormatOptions = { hour: 'numeric', minute: '2-digit', ...day };
    const key = `${this.#locale.lang()} ${today}`;
    const format = this.#times.get(key) ?? new Intl.DateTimeFormat(this.#locale.lang(), style);
    this.#times.set(key, format);
    return format.format(at);
  }

  #onInput(event: Event): void {
    const field = event.target as HTMLTextAreaElement;
    if (field.value.length > MOST_KEPT) field.value = kept(field.value);
    this.#write(field.value);
  }

  /** Before a whole book is laid out in the field. */
  #onPaste(event: ClipboardEvent): void {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (text.length <= MOST_KEPT) return;
    event.preventDefault();
    const field = event.target as HTMLTextAreaElement;
    const { selectionStart: from, selectionEnd: to, value } = field;
    field.setRangeText(kept(text, MOST_KEPT - value.length + to - from), from, to, 'end');
    this.#write(field.value);
  }

  #write(draft: string): void {
    this.draft = draft;
    this.hasty = false;
    const { call } = this.#source;
    if (call) WebrtcChat.#drafts.set(call, draft);
  }

  /** Enter of an input method chooses a word; it does not send. Safari ends the composition first, and says so by 229. */
  #onKey(event: KeyboardEvent): void {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing else tells it there
    if (event.isComposing || event.keyCode === 229) {
      event.stopPropagation();
    } else if (event.key === 'Enter' && !event.shiftKey && !event.ctrlKey && !event.altKey && !event.metaKey) {
      this.#submit(event);
    }
  }

  #submit(event: Event): void {
    event.preventDefault();
    const { call } = this.#source;
    const text = this.draft;
    if (!call || !text.trim() || lengthOf(text) > MOST || this.#state.value.meeting !== 'joined') return;
    this.#write('');
    this.atEnd = true;
    call.sendChatMessage(text).catch((error: unknown) => {
      // What could not be delivered stands in the list. What was not even taken is still the visitor's to send.
      if (!(error instanceof CallError) || error.code !== 'RATE_LIMITED') return;
      if (!this.draft) this.#write(text);
      this.hasty = true;
    });
  }

  #retry(id: string): void {
    this.#source.call?.retryChatMessage(id).catch(() => undefined); // it stands as failed again
  }

  #close(): void {
    this.#source.room?.toggleChat(false);
  }

  #onScroll(event: Event): void {
    const { scrollHeight, scrollTop, clientHeight } = event.currentTarget as HTMLElement;
    this.atEnd = scrollHeight - scrollTop - clientHeight < END_PX;
  }

  #toEnd(): void {
    const list = this.renderRoot.querySelector('.scroll');
    if (list) list.scrollTop = list.scrollHeight;
  }

  /** Read is what was on the screen. */
  readonly #seen = (): void => {
    if (
      this.atEnd &&
      this.#page.visibilityState === 'visible' &&
      this.getClientRects().length > 0 &&
      this.#state.value.chatUnread
    )
      this.#source.call?.markChatRead();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'webrtc-chat': WebrtcChat;
  }
}
