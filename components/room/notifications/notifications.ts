/**
 * Tells who is in the call, and maybe looks elsewhere, what happens: who wants to join, who came and went, what was
 * written. Never takes the focus. Screen readers hear of it from the live regions of the room, so nothing here is one.
 */
import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { CallState } from '../../core/call-state.js';
import { moreIcon } from '../../shared/more-icons.js';
import type { NotesHost } from '../call-notes.js';
import type { Happened } from '../spoken.js';
import { happening, recordingChange, type Happening } from './happenings.js';
import { knockCard } from './knock-card.js';
import { NotificationList, type Note } from './notification-list.js';
import { Sounds } from './sounds.js';
import { TitleSign } from './title-sign.js';

const ICONS = {
  chat: 'chat',
  hand: 'hand',
  joined: 'enter',
  left: 'leave',
  recording: 'record',
  recordingOver: 'stop',
} as const satisfies Record<Note['kind'], Parameters<typeof moreIcon>[0]>;

export class Notifications implements ReactiveController {
  readonly #of: NotesHost;
  readonly #list = new NotificationList();
  readonly #sounds = new Sounds();
  readonly #title = new TitleSign();
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** An answer was given here: the focus goes to the next question, or back to the toolbar. */
  #answered = false;

  constructor(host: NotesHost) {
    this.#of = host;
    host.room.addController(this);
  }

  hostConnected(): void {
    this.#title.connect();
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#list.clear();
    this.#title.disconnect();
  }

  onFact(moment: Happened): void {
    const { room } = this.#of;
    if (moment.fact.type === 'waiting-participant-added' && moment.after.local.grants.moderate) {
      if (room.soundsOn) this.#sounds.play('knock', moment.after.speakerId);
    }
    for (const found of [happening(moment), recordingChange(moment.before, moment.after)]) if (found) this.#tell(found, moment);
  }

  hostUpdate(): void {
    const state = this.#of.state();
    if (!state && this.#list.notes.length) this.#list.clear();
    if (this.#of.room.chatOpen) this.#list.remove('chat');
  }

  hostUpdated(): void {
    this.#title.set(this.#sign(this.#of.state()));
    if (this.#answered) void this.#refocus();
  }

  render(): TemplateResult | typeof nothing {
    const { room, text } = this.#of;
    const state = this.#of.state();
    if (!state) return nothing;
    const waiting = state.local.grants.moderate && !room.peopleOpen ? state.waiting : [];
    return html`${
      waiting.length
        ? knockCard(text, waiting, {
            admit: (ids) => this.#answer(ids, (id) => room.acceptWaitingParticipant(id)),
            reject: (ids) => this.#answer(ids, (id) => room.rejectWaitingParticipant(id)),
            people: () => room.togglePeople(true),
          })
        : nothing
    }
    ${room.notificationsOn ? this.#notes() : nothing}`;
  }

  #notes(): TemplateResult {
    const stay = (): void => {
      this.#list.extend(performance.now());
      this.#schedule();
    };
    return html`${repeat(
      this.#list.notes,
      ({ id }) => id,
      (note) =>
        note.kind === 'chat'
          ? html`<button
              part="notification"
              class="badge toast message"
              type="button"
              @pointerenter=${stay}
              @focus=${stay}
              @click=${() => this.#of.room.toggleChat(true)}
            >
              ${moreIcon('chat')}<span><b>${this.#nameOf(note.names[0])}</b> <span dir="auto">${note.body}</span></span>
            </button>`
          : html`<div part="notification" class="badge toast" @pointerenter=${stay}>
              ${moreIcon(ICONS[note.kind])}<span>${this.#words(note)}</span>
            </div>`,
    )}`;
  }

  #words({ kind, names }: Note): string {
    const { text } = this.#of;
    const who = names.map((name) => this.#nameOf(name));
    switch (kind) {
      case 'joined':
        return text.term('joinedSpoken', who);
      case 'left':
        return text.term('leftSpoken', who);
      case 'hand':
        return text.term('handRaisedSpoken', who);
      case 'recording':
        return text.term('recordingBy', who);
      default:
        return text.term('recordingOver');
    }
  }

  #nameOf(name: string | undefined): string {
    return name || this.#of.text.term('guest');
  }

  #tell(what: Happening, { after }: Happened): void {
    const { room } = this.#of;
    if (room.soundsOn && what.sound) this.#sounds.play(what.sound, after.speakerId);
    if (!room.notificationsOn) return;
    this.#list.add(what, performance.now());
    this.#schedule();
    room.requestUpdate();
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    const end = this.#list.nextEnd;
    if (end === Infinity) return;
    this.#timer = setTimeout(
      () => {
        this.#list.expire(performance.now());
        this.#schedule();
        this.#of.room.requestUpdate();
      },
      Math.max(0, end - performance.now()),
    );
  }

  #answer(ids: readonly string[], act: (id: string) => Promise<void>): void {
    this.#answered = true;
    // Who is gone meanwhile is not in the list any more; a refusal changes nothing.
    for (const id of ids) act(id).catch(() => undefined);
  }

  /** Only when the button that had the focus went away with its question. */
  async #refocus(): Promise<void> {
    const { renderRoot } = this.#of.room;
    if ((renderRoot as ShadowRoot).activeElement) return;
    this.#answered = false;
    const next =
      renderRoot.querySelector<HTMLElement>('.knock .primary') ?? renderRoot.querySelector<HTMLElement>('webrtc-controls');
    next?.focus({ preventScroll: true });
  }

  #sign(state: CallState | null): string {
    const { room, text } = this.#of;
    if (!state || !room.notificationsOn) return '';
    if (state.local.grants.moderate && state.waiting.length)
      return text.term(
        'waitingSpoken',
        state.waiting.map(({ displayName }) => this.#nameOf(displayName)),
      );
    return state.chatUnread ? `(${state.chatUnread})` : '';
  }
}
