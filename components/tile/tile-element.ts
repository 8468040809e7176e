/**
 * One participant's camera or screen. A view of what it is given: works inside a room and alone
 * with any MediaStream. Knows nothing of who else is there or where it stands.
 */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { LinkState } from '../core/participant.js';
import { CallSource } from '../shared/call-source.js';
import { icon } from '../shared/icons.js';
import { Lazy } from '../shared/lazy.js';
import { Localize } from '../shared/localize.js';
import { Selector } from '../shared/selector.js';
import { States } from '../shared/states.js';
import { tokens } from '../shared/tokens.js';
import { hueOf, initials } from '../shared/avatar.js';
import { WebrtcElement } from '../shared/webrtc-element.js';
import { Player } from './player.js';
import { tileLabel, tileName } from './tile-label.js';
import type { TileMore } from './tile-more.js';
import { tileStyles } from './tile.styles.js';

/** Brought with the stage, too. */
export const loadMore = () => import('./tile-more.js');

/**
 * @summary One participant's camera or screen; also usable alone with any `MediaStream`.
 *
 * @slot - Anything to lay over the picture.
 *
 * @csspart tile - The whole tile.
 * @csspart video - The picture.
 * @csspart avatar - What stands for a person without a picture.
 * @csspart name-tag - The name at the lower edge.
 * @csspart mic-off-icon - Shown while the microphone is off.
 * @csspart hand-icon - Tells that the hand is up.
 * @csspart network-indicator - Tells that media is being connected, or cannot be; or, in a room, that the connection is weak.
 * @csspart silenced-icon - Shown in a room while the visitor has silenced this person for themselves.
 * @csspart tile-actions - The buttons that appear when one points at the tile of a room.
 * @csspart menu - What opens from them.
 * @csspart icon - Every icon.
 *
 * @cssState speaking - This person speaks.
 * @cssState muted - The microphone is off.
 * @cssState video-off - No picture is shown.
 * @cssState screen - A screen, not a camera.
 * @cssState local - Our own.
 * @cssState pinned - Kept large by the visitor.
 * @cssState reconnecting - Media is being connected again.
 *
 * @cssproperty --webrtc-tile-bg - Behind the picture.
 * @cssproperty --webrtc-tile-radius - Roundness of the corners.
 * @cssproperty --webrtc-tile-aspect-ratio - Shape of a tile that stands alone.
 * @cssproperty --webrtc-connection-poor - The bars of a weak connection.
 * @cssproperty --webrtc-speaking-color - The ring around who speaks.
 *
 * @tag webrtc-video-tile
 */
export class WebrtcVideoTile extends WebrtcElement {
  static override readonly styles = [tokens, tileStyles];

  /** What to play. The same stream is never set twice, so playing goes on undisturbed. */
  @property({ attribute: false }) stream: MediaStream | null = null;
  /** Whose tile it is; the colour of the avatar comes of it. */
  @property({ attribute: 'participant-id' }) participantId = '';
  /** The name at its lower edge. */
  @property({ attribute: 'display-name' }) displayName = '';
  /** A picture instead of the initials while the camera is off. */
  @property({ attribute: 'avatar-url' }) avatarUrl = '';
  /** Our own picture: never heard, whatever `muted-audio` says. */
  @property({ type: Boolean, reflect: true }) local = false;
  /** A screen instead of a camera: shown whole. */
  @property({ type: Boolean, reflect: true }) screen = false;
  /** The picture as in a mirror. */
  @property({ type: Boolean, reflect: true }) mirror = false;
  /** Fills the tile, cut at the edges, or shown whole. */
  @property({ attribute: 'video-fit', reflect: true }) videoFit: 'cover' | 'contain' = 'cover';
  /** Do not play the sound. */
  @property({ type: Boolean, attribute: 'muted-audio', reflect: true }) mutedAudio = false;
  /** Shows that the microphone is off. */
  @property({ type: Boolean, attribute: 'microphone-off', reflect: true }) microphoneOff = false;
  /** Shows the avatar instead of the picture. */
  @property({ type: Boolean, attribute: 'camera-off', reflect: true }) cameraOff = false;
  /** No picture is wanted here, even if there is one: none is sent. @internal */
  @property({ attribute: false }) unwatched = false;
  /** Shows that this person's hand is up. */
  @property({ type: Boolean, attribute: 'hand-raised', reflect: true }) handRaised = false;
  /** Shows that this person speaks. */
  @property({ type: Boolean, reflect: true }) speaking = false;
  /** Kept large by the visitor. */
  @property({ type: Boolean, reflect: true }) pinned = false;
  /** Whether media arrives; anything but `connected` is told on the tile. */
  @property({ attribute: 'link-state', reflect: true }) linkState: LinkState = 'connected';

  readonly #source = new CallSource(this);
  readonly #locale = new Localize(this, () => this.#source.room?.translations);
  readonly #states = new States(this);
  readonly #speaker = new Selector(
    this,
    this.#source,
    (call) => call.speakerId,
    '',
    (id) => id,
  );
  readonly #player = new Player(this, {
    video: () => this.renderRoot?.querySelector?.('video') ?? null,
    audio: () => this.renderRoot?.querySelector?.('audio') ?? null,
    onBlocked: (retry) => this.#source.call?.reportPlaybackBlocked(retry),
  });

  readonly #part = new Lazy(this, loadMore);
  #more: TileMore | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    // Taken out of the page, the player let the stream go.
    if (this.hasUpdated) this.requestUpdate();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const part = this.#plain ? undefined : this.#part.value;
    if (part) this.#more ??= new part.TileMore(this, this.#source, this.#locale);
    if (this.hasUpdated && changed.has('cameraOff') && !this.cameraOff) this.#player.awaitFrame();
  }

  protected override render(): TemplateResult {
    const picture = this.#player.hasFrame && !this.cameraOff;
    const broken = this.linkState === 'failed' || this.linkState === 'reconnecting';
    const muted = this.microphoneOff && !this.screen;
    const name = tileName(this, this.#locale);
    return html`<div part="tile" class="tile ${picture ? 'shows-video' : ''} ${broken ? 'unreachable' : ''}">
      <div class="backdrop">${picture ? nothing : this.#avatar()}</div>
      <video part="video" autoplay playsinline disablepictureinpicture aria-hidden="true" tabindex="-1"></video>
      <audio></audio>
      ${this.#more?.link(this.linkState) ?? nothing}
      <div part="name-tag" class="name-tag ${muted ? 'muted' : ''}" aria-hidden="true">
        ${muted ? html`<span part="mic-off-icon" class="mic-off">${icon('microphoneOff')}</span>` : nothing}
        ${this.screen ? icon('screen') : nothing}
        <bdi>${name}</bdi>
      </div>
      <span class="visually-hidden">${tileLabel(this, this.#locale)}</span>
      ${this.screen ? nothing : (this.#more?.signs(this.handRaised) ?? nothing)}
      <slot></slot>
      <div class="ring"></div>
      ${this.#more?.actions() ?? nothing}
    </div>`;
  }

  protected override updated(): void {
    this.style.setProperty('--_hue', String(hueOf(this.participantId || this.displayName)));
    this.#player.set(this.stream, this.local || this.mutedAudio);
    this.#player.setVolume(this.#source.room?.view.volumes.get(this.participantId) ?? 1);
    if (!this.local && this.#source.call) void this.#player.setSink(this.#speaker.value);
    this.#states.toggle({
      speaking: this.speaking,
      muted: this.microphoneOff,
      'video-off': this.cameraOff,
      screen: this.screen,
      local: this.local,
      pinned: this.pinned,
      reconnecting: this.linkState === 'reconnecting',
    });
  }

  /** Nothing to show but picture and name: our own preview at the door. */
  get #plain(): boolean {
    return this.local && !(this.participantId || this.speaking || this.handRaised || this.linkState !== 'connected');
  }

  #avatar(): TemplateResult {
    const letters = initials(this.displayName);
    return html`<div part="avatar" class="avatar">
      ${
        this.avatarUrl
          ? html`<img src=${this.avatarUrl} alt="" referrerpolicy="no-referrer" />`
          : letters || icon(this.screen ? 'screen' : 'people')
      }
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'webrtc-video-tile': WebrtcVideoTile;
  }
}
