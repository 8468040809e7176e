/**
 * Lays the tiles of a call out in whatever box it gets. Who is shown is decided by stage-items,
 * where by stage-layout; here both meet the page.
 */
import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { CallState } from '../core/call-state.js';
import type { Levels } from '../core/call.js';
import { CallSource } from '../shared/call-source.js';
import { Localize } from '../shared/localize.js';
import { looksAtUs } from '../shared/mirror.js';
import { selectLevels, selectState } from '../shared/selector.js';
import { tokens } from '../shared/tokens.js';
import { SELF, stageItems, type StageItem, type StageMode } from './stage-items.js';
import { stageLayout, type Box } from './stage-layout.js';
import { stageStyles } from './stage.styles.js';

const SPEAKING = 0.06;
const TILE_PARTS = 'tile,video,avatar,name-tag,mic-off-icon,network-indicator,icon';

const relevant = (s: CallState) => ({
  participants: s.participants,
  local: s.local,
  activeSpeaker: s.activeSpeaker,
});

/** Who is heard right now, as one string: it changes a few times a minute, the levels ten times a second. */
const heard = (levels: Levels): string =>
  [...levels]
    .filter(([, level]) => level >= SPEAKING)
    .map(([id]) => id)
    .sort()
    .join();

/**
 * @summary Lays out everybody's tiles: a grid, one large, or a shared screen with people beside it.
 *
 * @csspart stage - The list of tiles.
 * @csspart tile - Each tile.
 * @csspart video - The picture in a tile.
 * @csspart avatar - What stands for a person without a picture.
 * @csspart name-tag - The name at the lower edge of a tile.
 * @csspart mic-off-icon - Shown while somebody's microphone is off.
 * @csspart network-indicator - Tells that media is being connected, or cannot be.
 *
 * @cssproperty --webrtc-grid-gap - Between the tiles.
 * @cssproperty --webrtc-tile-aspect-ratio - One shape for all tiles, instead of the one that fills the box best.
 *
 * @tag webrtc-stage
 */
export class WebrtcStage extends LitElement {
  static override readonly styles = [tokens, stageStyles];

  /** Id of the room, when the stage is not inside it. */
  @property() for = '';
  /** All alike, one large, or without pictures; `auto` chooses. */
  @property() layout: StageMode = 'auto';
  /** Whether pictures fill their tiles, cut at the edges, or are shown whole. */
  @property({ attribute: 'video-fit' }) videoFit: 'cover' | 'contain' = 'cover';
  /** Our own camera as in a mirror: `on` or `off`. */
  @property() mirror: 'on' | 'off' = 'on';

  @state() private box: Box | null = null;

  readonly #source = new CallSource(this);
  readonly #locale = new Localize(this, () => this.#source.room?.translations);
  readonly #state = selectState(this, this.#source, relevant);
  readonly #heard = selectLevels(this, this.#source, heard);
  #observer: ResizeObserver | undefined;
  #items: readonly StageItem[] = [];
  #resized = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer = new ResizeObserver(() => this.#measure());
    this.#observer.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer?.disconnect();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#resized = (changed as Map<PropertyKey, unknown>).has('box');
    const call = this.#source.call;
    this.#items = call ? stageItems(call.state.get(), this.layout) : [];
  }

  protected override render(): TemplateResult {
    const heardNow = new Set(this.#heard.value.split(','));
    // With one other person it is clear who speaks.
    const few = this.#items.length <= 2;
    return html`<div
      part="stage"
      class="list ${this.#resized ? 'resizing' : ''}"
      role="list"
      aria-label=${this.#locale.term('participants')}
    >
      ${repeat(
        this.#items,
        (item) => item.key,
        (item) =>
          html`<webrtc-video-tile
            role="listitem"
            exportparts=${TILE_PARTS}
            class=${item.place === 'float' ? 'floats' : ''}
            .participantId=${item.participantId}
            .displayName=${item.displayName}
            .avatarUrl=${item.avatarUrl}
            .stream=${item.stream}
            .videoFit=${this.videoFit}
            .linkState=${item.link}
            ?local=${item.local}
            ?screen=${item.screen}
            ?mirror=${item.local && !item.screen && this.mirror === 'on' && looksAtUs(item.stream)}
            ?microphone-off=${item.microphoneOff}
            ?camera-off=${item.cameraOff}
            ?speaking=${!few && !item.screen && !item.microphoneOff && heardNow.has(item.local ? SELF : item.participantId)}
          ></webrtc-video-tile>`,
      )}
    </div>`;
  }

  protected override updated(): void {
    void this.#state.value;
    if (!this.box) return;
    const tiles = this.renderRoot.querySelectorAll<HTMLElement>('webrtc-video-tile');
    const box = { ...this.box, screen: this.#items.some((item) => item.screen) };
    stageLayout(
      this.#items.map((item) => item.place),
      box,
    ).forEach((rect, index) => {
      const style = tiles[index]?.style;
      style?.setProperty('--_x', `${rect.x}px`);
      style?.setProperty('--_y', `${rect.y}px`);
      style?.setProperty('--_w', `${rect.width}px`);
      style?.setProperty('--_h', `${rect.height}px`);
    });
  }

  #measure(): void {
    const list = this.renderRoot.querySelector('.list');
    if (!list) return;
    const style = getComputedStyle(list);
    const gap = parseFloat(style.columnGap) || 0;
    const ratio = style.getPropertyValue('--webrtc-tile-aspect-ratio').split('/').map(Number);
    const wish = ratio[0] ? ratio[0] / (ratio[1] ?? 1) : NaN;
    this.box = {
      width: this.clientWidth,
      height: this.clientHeight,
      gap: Math.min(gap, this.clientWidth / 40),
      screen: false,
      aspect: wish > 0 ? { min: wish, max: wish } : null,
    };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'webrtc-stage': WebrtcStage;
  }
}
