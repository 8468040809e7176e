/**
 * The whole call in one tag. Owns a call, gives it to everything inside, and shows the face that fits:
 * door, call, farewell, trouble. Holds no call state of its own.
 */
import { ContextProvider } from '@lit/context';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { CallState } from '../core/call-state.js';
import type { ControlContext } from '../shared/controls/control.js';
import type { CallFact } from '../core/facts.js';
import { Announcer } from '../shared/announcer.js';
import { callContext } from '../shared/call-context.js';
import { bring } from '../shared/define.js';
import { CallReadyEvent } from '../shared/events/call-events.js';
import { Lazy } from '../shared/lazy.js';
import { Localize } from '../shared/localize.js';
import { plainFailure } from '../shared/plain-failure.js';
import { partsMissing, watchParts } from '../shared/parts.js';
import { selectState } from '../shared/selector.js';
import { States } from '../shared/states.js';
import { buttons, tokens } from '../shared/tokens.js';
import { announcements } from './announcements.js';
import type { InCall } from './in-call.js';
import { CONTROL_PARTS, PREJOIN_PARTS, STAGE_PARTS } from './exported-parts.js';
import { FocusKeeper } from './focus-keeper.js';
import { Moment } from './moment.js';
import type { PipContext } from './pip-content.js';
import { RoomActs } from './room-acts.js';
import { roomStates, roomView, type RoomView } from './room-view.js';
import { roomStyles } from './room.styles.js';
import { SIDE_PANELS } from './side-panels.js';
import { whenIdle } from '../shared/when-idle.js';
import { isAsked } from './typing.js';

const COPIED_MS = 3_000;
/** Shown only inside, so not part of the first load. */
const INSIDE = ['webrtc-stage', 'webrtc-controls'];

/**
 * @summary A whole call in one tag: the door, the people, the controls.
 *
 * @slot - Shown until the element is ready: a link to the room, for instance.
 * @slot header - Above everything.
 * @slot prejoin - Instead of the door.
 * @slot stage - Instead of the tiles.
 * @slot controls - Instead of the toolbar.
 * @slot side - Beside the tiles.
 * @slot empty - Instead of the invitation while nobody else is there.
 * @slot ended - Instead of the farewell.
 *
 * @csspart container - Everything.
 * @csspart stage - The list of tiles.
 * @csspart tile - Each tile.
 * @csspart video - Each picture.
 * @csspart avatar - What stands for a person without a picture.
 * @csspart name-tag - The name on a tile.
 * @csspart network-indicator - Tells on a tile that media is being connected, or cannot be, or that the connection is weak.
 * @csspart silenced-icon - Shown on a tile while the visitor has silenced somebody for themselves.
 * @csspart mic-off-icon - Tells on a tile that the microphone is off.
 * @csspart hand-icon - Tells on a tile that the hand is up.
 * @csspart tile-actions - The buttons that appear when one points at a tile.
 * @csspart pager - Leafs through the tiles that do not fit.
 * @csspart controlbar - The toolbar.
 * @csspart controlbar-button - Each button in it.
 * @csspart icon - Every icon.
 * @csspart label - The word in a button.
 * @csspart menu - The list of devices.
 * @csspart chat - The chat.
 * @csspart message - Each message in it.
 * @csspart participants - The list of people.
 * @csspart settings - The settings.
 * @csspart dialog - A question.
 * @csspart tooltip - What a button does.
 * @csspart notification - What needs attention.
 * @csspart prejoin - The door.
 * @csspart preview - One's own picture at the door.
 *
 * @cssState joined - In the call.
 * @cssState reconnecting - In the call, while the connection to the server is being mended.
 * @cssState muted - In the call, with our microphone off.
 * @cssState video-off - In the call, with our camera off.
 * @cssState low-data - In the call, with small pictures and few frames.
 * @cssState mesh - In the call, and media goes straight between the participants.
 *
 * @cssproperty --webrtc-bg - Behind everything.
 * @cssproperty --webrtc-bg2 - Surfaces on it: the door, panels, menus.
 * @cssproperty --webrtc-bg3 - Surfaces on those: fields, quiet buttons.
 * @cssproperty --webrtc-fg - Text.
 * @cssproperty --webrtc-fg2 - Quieter text.
 * @cssproperty --webrtc-border-color - Lines between surfaces.
 * @cssproperty --webrtc-accent-bg - What invites: the button to join.
 * @cssproperty --webrtc-accent-fg - Text on it.
 * @cssproperty --webrtc-danger - What ends or went wrong: the button to leave.
 * @cssproperty --webrtc-danger-fg - Text on it.
 * @cssproperty --webrtc-success - What went well.
 * @cssproperty --webrtc-control-bg - Buttons of the toolbar.
 * @cssproperty --webrtc-control-fg - Their icons.
 * @cssproperty --webrtc-control-hover-bg - Under the pointer.
 * @cssproperty --webrtc-control-active-bg - While pressed.
 * @cssproperty --webrtc-control-bar-height - Height of the toolbar.
 * @cssproperty --webrtc-button-radius - Roundness of buttons.
 * @cssproperty --webrtc-tile-bg - Behind a picture.
 * @cssproperty --webrtc-tile-radius - Roundness of tiles.
 * @cssproperty --webrtc-tile-aspect-ratio - One shape for all tiles, instead of the one that fills the box best.
 * @cssproperty --webrtc-grid-gap - Between tiles.
 * @cssproperty --webrtc-speaking-color - The ring around who speaks.
 * @cssproperty --webrtc-connection-excellent - The bars of an excellent connection.
 * @cssproperty --webrtc-connection-good - Those of a good one.
 * @cssproperty --webrtc-connection-poor - Those of a weak one, or of none.
 * @cssproperty --webrtc-focus-ring - The ring around what has the focus.
 * @cssproperty --webrtc-border-radius - Roundness of surfaces.
 * @cssproperty --webrtc-font-family - Type.
 * @cssproperty --webrtc-font-size - Its size; everything grows with it.
 *
 * @fires call-ready - The element is ready to be used.
 * @fires before-join - Cancelable: the visitor, or the page, is about to join.
 * @fires before-leave - Cancelable: the visitor, or the page, is about to leave.
 * @fires token-needed - Cancelable: the room needs another token; prevented, the page sets `token` in a moment.
 * @fires call-joining - Joining began.
 * @fires call-joined - In the call.
 * @fires call-left - Not in the call any more.
 * @fires call-error - The call could not begin or go on.
 * @fires call-warning - Something failed and the call goes on.
 * @fires participant-joined - Somebody came.
 * @fires participant-updated - Somebody changed: name, microphone, camera.
 * @fires participant-left - Somebody went.
 * @fires active-speaker-change - Somebody else speaks.
 * @fires microphone-toggle - Our microphone went on or off.
 * @fires camera-toggle - Our camera went on or off.
 * @fires screenshare-toggle - Our screen is shared, or not any more.
 * @fires available-devices-updated - Devices were plugged in or out.
 * @fires selected-devices-updated - Another device is used.
 * @fires device-error - A device could not be used.
 * @fires pip-toggle - The small window above all others was opened or closed.
 * @fires chat-message - Somebody wrote in the chat, or we did.
 * @fires chat-toggle - The chat was opened or closed.
 * @fires app-message - The page of somebody else sent something of its own.
 * @fires reaction - Somebody shows how they feel, or we do.
 * @fires raise-hand - A hand went up or down.
 * @fires people-toggle - The list of people was opened or closed.
 * @fires waiting-participant-added - Somebody wants to come in.
 * @fires waiting-participant-removed - Let in, turned away, or gone.
 * @fires recording-status-change - Somebody, or we, began or ended to record.
 * @fires playback-blocked - The browser refuses sound until the visitor taps.
 * @fires network-quality-change - The connection to somebody, or our own line, is better or worse now.
 * @fires connection-state-change - The connection to the server.
 *
 * @tag webrtc-room
 */
export class WebrtcRoom extends RoomActs {
  static override readonly styles = [tokens, buttons, roomStyles];

  readonly #locale = new Localize(this, () => this.translations);
  readonly #panels = new Lazy(this, () => import('./room-panels.js'));
  readonly #states = new States(this);
  readonly #focus = new FocusKeeper(this);
  readonly #copied = new Moment(this, COPIED_MS);
  readonly #announcer = new Announcer(this, (kind, names) => this.#panels.value?.sumUp(this.#locale, kind, names) ?? '');
  readonly #provider = new ContextProvider(this, { context: callContext, initialValue: this });
  readonly #state = selectState(this, this.owner, (s) => ({
    meeting: s.meeting,
    error: s.error,
    leftReason: s.leftReason,
    connection: s.connection,
    topology: s.topology,
    // Who wants to join is asked about first.
    alone: s.participants.length === 0 && !(s.local.grants.moderate && s.waiting.length > 0),
    pictures: s.participants.some(({ media }) => media.camera || media.screen),
    blocked: s.playbackBlocked,
    waiting: s.waiting,
    unread: s.chatUnread,
    local: s.local,
    recording: s.recording,
  }));
  readonly #live = new Lazy(this, () => import('./in-call.js'));
  #company: InCall | undefined;
  #unwatch: (() => void) | undefined;
  #view: RoomView = 'prejoin';
  #panelsFetched = false;
  /** Others were here, in this visit. */
  #hadCompany = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#unwatch ??= watchParts(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (this.isConnected) return;
    this.#unwatch?.();
    this.#unwatch = undefined;
  }

  protected override onFact(fact: CallFact, before: CallState, after: CallState): void {
    const { chatOpen } = this;
    const say = (): void => this.#panels.value?.say({ fact, before, after, chatOpen }, this.#announcer, this.#locale);
    void this.#panels.bring().then(say);
    this.#company?.onFact({ fact, before, after, chatOpen });
    for (const event of announcements(fact, before, after))
      if (!this.dispatchEvent(event) && fact.type === 'token-needed') fact.promise();
  }

  /** The call, or what the visitor wants of it, is another one now. */
  protected override onRoomChange(): void {
    this.#provider.setValue(this, true);
    this.requestUpdate();
  }

  protected override firstUpdated(): void {
    this.dispatchEvent(new CallReadyEvent());
    // Before there is trouble: they must be there when the server is not.
    whenIdle(() => (void this.#panels.bring(), bring(...INSIDE)));
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const now = this.#state.value;
    const view = roomView(now, this.prejoin !== 'off', this.#view);
    this.#view = view;
    if (this.panel) {
      if (view !== 'call') this.togglePanel(this.panel, false);
      else bring(SIDE_PANELS[this.panel].tag);
    }
    this.#focus.note(view, this.panel);
    // Comes beside the socket, and is there before the answer to the join.
    if (view === 'call' || now.meeting === 'joining' || now.connection !== 'disconnected') bring(...INSIDE);
    if (view === 'call') this.#company ??= this.#accompany();
    // A click is answered at once then, also on a slow line.
    this.#hadCompany = view === 'call' && (this.#hadCompany || this.now.participants.length > 0);
    if (view === 'call' && !this.#panelsFetched) {
      this.#panelsFetched = true;
      whenIdle(() => bring(...Object.values(SIDE_PANELS).map(({ tag }) => tag)));
    }
  }

  protected override render(): TemplateResult {
    const text = this.#locale;
    return html`<div
      part="container"
      class="room"
      role="region"
      tabindex="-1"
      dir=${text.dir()}
      aria-label=${text.term('call', this.room)}
    >
      <div class="frame ${this.#view}" @slotchange=${() => this.requestUpdate()}>
        <slot name="header"></slot>
        ${this.#face()}
      </div>
      <div class="notes">${partsMissing() ? this.#incomplete() : nothing} ${this.#company?.notes() ?? nothing}</div>
      ${this.#company?.render() ?? nothing} ${this.#announcer.render()}
    </div>`;
  }

  protected override updated(): void {
    this.#states.toggle(roomStates(this.#state.value, this.lowDataNow));
    this.#focus.follow(() => this.#panels.value !== undefined);
  }

  protected override pipContext(): PipContext {
    const at = (): ControlContext => ({ state: this.now, room: this, text: this.#locale });
    return { element: this, at, watch: (listener) => this.call.state.subscribe(listener) };
  }

  protected override showInvitation(): void {
    if (this.inviteLink) this.#company?.invite();
  }

  #accompany(): InCall | undefined {
    const part = this.#live.value;
    const state = (): CallState | null => (this.#view === 'call' ? this.now : null);
    return (
      part &&
      new part.InCall({
        room: this,
        text: this.#locale,
        announcer: this.#announcer,
        state,
        focusPending: () => this.#focus.pending,
      })
    );
  }

  #face(): TemplateResult {
    const [now, text] = [this.#state.value, this.#locale];
    if (this.#view === 'call') return this.#call(now.alone);
    // Waiting to be let in is the same place, unless the page has one of its own.
    const itsOwn = [...this.children].some((child) => child.slot === 'prejoin');
    if (this.#view === 'prejoin' || (this.#view === 'waiting' && !itsOwn))
      return html`<div class="whole">
        ${this.#slot('prejoin', () => html`<webrtc-prejoin data-focus exportparts=${PREJOIN_PARTS} .mirror=${this.mirror}></webrtc-prejoin>`)}
      </div>`;
    const acts = { again: () => void this.join().catch(() => undefined), cancel: () => void this.cancelKnock() };
    const face = (): TemplateResult | typeof nothing =>
      this.#panels.value?.face(this.#view, text, now, acts) ?? (this.#panels.failed ? this.#plain(acts.again) : nothing);
    return html`<div class="whole">${this.#view === 'left' ? this.#slot('ended', face) : face()}</div>`;
  }

  /** The words for it could not be fetched. */
  #plain(again: () => void): TemplateResult {
    const [title, help] = plainFailure(this.#locale, this.#state.value.error?.code);
    return html`<div role="alert" tabindex="-1" data-focus>
      <h2>${title}</h2>
      <p>${help}</p>
      <button class="button" @click=${again}>${this.#locale.term('tryAgain')}</button>
    </div>`;
  }

  #call(alone: boolean): TemplateResult {
    const invitation = (): TemplateResult | typeof nothing =>
      this.#panels.value?.emptyPanel(this.#locale, this.#hadCompany, this.#copied.value, {
        link: this.inviteLink,
        copy: () => this.#copy(),
        invite: () => this.showInvitation(),
      }) ?? nothing;
    return html`<div class="stage">
        ${this.#slot(
          'stage',
          () =>
            html`<webrtc-stage
              exportparts=${STAGE_PARTS}
              .layout=${this.layout}
              .videoFit=${this.videoFit}
              .mirror=${this.mirror}
            ></webrtc-stage>`,
        )}
        ${alone && !this.minimal ? this.#slot('empty', invitation) : nothing}
      </div>
      <slot name="side"></slot>
      ${this.panel ? html`<div class="side" @keydown=${this.#onPanelKey}>${SIDE_PANELS[this.panel].draw(this.settingsPane)}</div>` : nothing}
      <div class="bar">
        ${this.#slot('controls', () => html`<webrtc-controls data-focus exportparts=${CONTROL_PARTS} .controls=${this.minimal ? 'leave' : this.controls}></webrtc-controls>`)}
      </div>`;
  }

  /** Said with what is there from the first moment: what says the rest may be what is missing. */
  #incomplete(): TemplateResult {
    const text = this.#locale;
    return html`<div part="notification" class="incomplete" role="alert">
      <span>${text.term('partMissing')}</span>
      <button class="button primary" @click=${() => location.reload()}>${text.term('reloadPage')}</button>
    </div>`;
  }

  /** Ours only where the page put nothing: a hidden second stage would play everything twice. */
  #slot(name: string, ours: () => TemplateResult | typeof nothing): TemplateResult {
    const theirs = [...this.children].some((child) => child.slot === name);
    return html`<slot name=${name}>${theirs ? nothing : ours()}</slot>`;
  }

  /** A question of the panel is closed first, by itself. */
  #onPanelKey(event: KeyboardEvent): void {
    const asks = isAsked(event, this);
    if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented || asks || !this.panel) return;
    // Not for a dialog of the page around us as well, nor for its own handlers: one key closes one thing.
    event.preventDefault();
    event.stopPropagation();
    this.togglePanel(this.panel, false);
  }

  #copy(): void {
    // Where there is no clipboard, the link is shown, to be selected.
    Promise.resolve(this.inviteLink && navigator.clipboard.writeText(this.inviteLink)).then(
      () => this.#copied.begin(),
      () => this.showInvitation(),
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'webrtc-room': WebrtcRoom;
  }
}
