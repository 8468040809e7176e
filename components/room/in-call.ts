/**
 * What accompanies a call and is not needed to draw it: keys and their list, the awake screen, the notes laid over
 * it, the hint for who talks while muted. Comes with the call.
 */
import { css, html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import type { ControlContext, ButtonView, Controls } from '../shared/controls/control.js';
import { controlList, type ControlName } from '../shared/controls/control-list.js';
import { FIRST } from '../shared/controls/first-controls.js';
import { MORE } from '../shared/controls/more-controls.js';
import { SHORTCUTS } from '../shared/controls/shortcuts.js';
import { CallError } from '../core/call-error.js';
import type { CallState } from '../core/call-state.js';
import { CallWarningEvent } from '../shared/events/call-events.js';
import type { Announcer } from '../shared/announcer.js';
import { CallNotes, type NotesHost } from './call-notes.js';
import { helpDialog, helpStyles, type Keys } from './help.js';
import { Moment } from './moment.js';
import { Notifications } from './notifications/notifications.js';
import { notificationsStyles } from './notifications/notifications.styles.js';
import { Invitation } from './invite/invitation.js';
import { inviteStyles } from './invite/invite.styles.js';
import { MutedSpeech } from './muted-speech.js';
import { notesStyles } from './notes.styles.js';
import type { RoomActs } from './room-acts.js';
import { Shortcuts } from './shortcuts.js';
import type { Happened } from './spoken.js';
import { WakeLock } from './wake-lock.js';

export { enMore as texts } from '../lang/en-more.js';
export const styles = css`
  ${helpStyles}
  ${notesStyles}
  ${notificationsStyles}
  ${inviteStyles}
`;

const HINT_MS = 8_000;

export interface Company extends NotesHost {
  readonly announcer: Announcer;
  /** A panel was asked for, and is not there yet to get what is typed. */
  focusPending(): boolean;
}

export class InCall implements ReactiveController {
  readonly #of: Company;
  readonly #speech = new MutedSpeech();
  readonly #hint: Moment;
  readonly #notes: CallNotes;
  readonly #notifications: Notifications;
  readonly #invitation: Invitation;
  #lock: WakeLock | undefined;
  #unhear: (() => void) | undefined;
  #help = false;
  #wished: RoomActs['topology'] = 'auto';

  constructor(company: Company) {
    this.#of = company;
    const { room } = company;
    room.addController(this);
    this.#hint = new Moment(room, HINT_MS);
    this.#notes = new CallNotes(company);
    this.#notifications = new Notifications(company);
    this.#invitation = new Invitation(company);
    new Shortcuts(room, {
      enabled: () => room.shortcuts !== 'off' && company.state() !== null && !company.focusPending(),
      call: () => room.call,
      control: (name) => this.#control(name),
      help: () => {
        this.#help = true;
        room.requestUpdate();
      },
    });
  }

  invite(): void {
    this.#invitation.open();
  }

  onFact(moment: Happened): void {
    this.#notes.heard(moment.fact);
    this.#notifications.onFact(moment);
  }

  notes(): TemplateResult | typeof nothing {
    return html`${this.#notifications.render()} ${this.#notes.render(this.#hint.value && this.#muted)}`;
  }

  render(): TemplateResult {
    return html`${this.#notes.recording()} ${this.#help ? this.#list() : nothing} ${this.#invitation.render()}`;
  }

  #list(): TemplateResult {
    return helpDialog(this.#of.text, this.#keys(), () => {
      this.#help = false;
      this.#of.room.requestUpdate();
    });
  }

  hostUpdated(): void {
    this.#tellTopology();
    const dialog = this.#of.room.renderRoot.querySelector<HTMLDialogElement>('dialog.keys:not(.invite)');
    if (dialog && !dialog.open) {
      dialog.showModal();
      dialog.querySelector('h2')?.focus();
    }
    const state = this.#of.state();
    this.#lock?.want(state !== null && shows(state));
    this.#listen(this.#muted);
  }

  /** Once for each wish that cannot be met. */
  #tellTopology(): void {
    const { room, state } = this.#of;
    const is = state()?.topology;
    if (!is || room.topology === this.#wished) return;
    this.#wished = room.topology;
    if (this.#wished !== 'auto' && this.#wished !== is)
      room.dispatchEvent(new CallWarningEvent(new CallError('TOPOLOGY_UNAVAILABLE')));
  }

  hostConnected(): void {
    this.#lock ??= new WakeLock(this.#of.room.ownerDocument);
  }

  hostDisconnected(): void {
    this.#lock?.close();
    this.#lock = undefined;
    this.#listen(false);
  }

  get #muted(): boolean {
    return this.#of.state()?.local.microphone.status === 'off';
  }

  /** The loudness is measured only while it is of use. */
  #listen(on: boolean): void {
    if (on === Boolean(this.#unhear)) return;
    this.#unhear?.();
    this.#unhear = undefined;
    this.#speech.reset();
    if (this.#hint.value) this.#hint.end();
    if (!on) return;
    this.#unhear = this.#of.room.call.levels.subscribe((levels) => {
      if (this.#speech.heard(levels.get('local') ?? 0, performance.now())) this.#tell();
    });
  }

  #tell(): void {
    const { announcer, text } = this.#of;
    this.#hint.begin();
    announcer.urgent(text.term('mutedHint'));
  }

  #control(name: ControlName): ButtonView | null {
    const { room } = this.#of;
    const offered = room.minimal ? [] : controlList(room.controls);
    if (!offered.includes(name)) return null;
    const table: Controls = { ...MORE, ...FIRST };
    return table[name]?.(this.#at()) ?? null;
  }

  #keys(): Keys {
    const { text } = this.#of;
    const letters = (Object.keys(SHORTCUTS) as ControlName[]).flatMap((name) => {
      const face = this.#control(name);
      return face ? [[SHORTCUTS[name] ?? '', face.label] as const] : [];
    });
    return [...letters, [text.term('spaceKey'), text.term('pushToTalk')], ['?', text.term('shortcutsShow')]];
  }

  #at(): ControlContext {
    const { room, text } = this.#of;
    return { state: room.call.state.get(), room, text };
  }
}

/** There is a picture to look at. */
function shows({ participants, local }: CallState): boolean {
  const sends = ({ status }: { readonly status: string }): boolean => status === 'on';
  return sends(local.camera) || participants.some(({ media }) => media.camera || media.screen);
}
