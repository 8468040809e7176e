/**
 * Lays the tiles of a call out in whatever box it gets. Who is shown is decided by stage-items, on which
 * page by stage-pages, where by stage-layout, who has the spotlight by the director; here all meet the page.
 */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { CallState } from '../core/call-state.js';
import type { Levels } from '../core/call.js';
import { enMore } from '../lang/en-more.js';
import { CallSource } from '../shared/call-source.js';
import { Localize, register } from '../shared/localize.js';
import { looksAtUs } from '../shared/mirror.js';
import { selectLevels, selectState } from '../shared/selector.js';
import { tokens } from '../shared/tokens.js';
import { INITIAL_VIEW_PREFERENCES, type ViewPreferences } from '../shared/view.js';
import { WebrtcElement } from '../shared/webrtc-element.js';
import { windowOf } from '../shared/window-of.js';
import { Director } from './director.js';
import { FloatingSelf } from './floating-self.js';
import type { Rect } from './grid-layout.js';
import { pager } from './pager.js';
import { SELF, stageItems, type StageItem, type StageMode } from './stage-items.js';
import { coveredCorner } from './clear-corner.js';
import { boxOf, keepClear, put } from './measure.js';
import { hiddenSelf, pagerArea, stageLayout, type Box } from './stage-layout.js';
import { pagerHeight, pages, type Pages } from './stage-pages.js';
import { overlayStyles } from './overlay.styles.js';
import { stageStyles } from './stage.styles.js';

register('en', enMore);

const SPEAKING = 0.06;
const TILE_PARTS = 'tile,video,avatar,name-tag,mic-off-icon,hand-icon,network-indicator,silenced-icon,tile-actions,menu,icon';
const NOTHING: Pages = { items: [], page: 0, count: 1 };

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
 * @csspart network-indicator - Tells that media is being connected, or cannot be, or that the connection is weak.
 * @csspart silenced-icon - Shown while the visitor has silenced somebody for themselves.
 * @csspart tile-actions - The buttons of a tile.
 * @csspart menu - The menu of a tile.
 * @csspart pager - What one leafs through the tiles with, where not all fit.
 * @csspart controlbar-button - The buttons in it.
 *
 * @cssproperty --webrtc-grid-gap - Between the tiles.
 * @cssproperty --webrtc-tile-aspect-ratio - One shape for all tiles, instead of the one that fills the box best.
 *
 * @tag webrtc-stage
 */
export class WebrtcStage extends WebrtcElement {
  static override readonly styles = [tokens, stageStyles, overlayStyles];

  /** Id of the room, when the stage is not inside it. */
  @property() for = '';
  /** All alike, one large, or without pictures; `auto` chooses. */
  @property() layout: StageMode = 'auto';
  /** Whether pictures fill their tiles, cut at the edges, or are shown whole. */
  @property({ attribute: 'video-fit' }) videoFit: 'cover' | 'contain' = 'cover';
  /** Our own camera as in a mirror: `on` or `off`. */
  @property() mirror: 'on' | 'off' = 'on';

  @state() private box: Box | null = null;
  @state() private page = 0;

  readonly #source = new CallSource(this);
  readonly #locale = new Localize(this, () => this.#source.room?.translations);
  readonly #state = selectState(this, this.#source, relevant);
  readonly #heard = selectLevels(this, this.#source, heard);
  readonly #director = new Director(() => this.requestUpdate());
  readonly #self = new FloatingSelf(this.#source, this.#locale);
  #observer: ResizeObserver | undefined;
  #items: readonly StageItem[] = [];
  #pages: Pages = NOTHING;
  #screen: string | null = null;
  #resized = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer = new (windowOf(this).ResizeObserver)(() => this.#measure());
    this.#observer.observe(this.renderRoot as HTMLElement);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer?.disconnect();
    this.#director.rest();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#resized = (changed as Map<PropertyKey, unknown>).has('box');
    const now = this.#source.call?.state.get();
    if (!now) this.#items = [];
    this.#pages = now ? this.#arrange(now) : NOTHING;
  }

  protected override render(): TemplateResult {
    const [text, view, heardNow] = [this.#locale, this.#view, this.#heardNow()];
    const { items, page, count } = this.#pages;
    const places = new Map(items.map(({ key, place }) => [key, place]));
    const mirror = view.mirror ?? this.mirror === 'on';
    // With one other person it is clear who speaks.
    const few = this.#items.length <= 2;
    return html`<div
        part="stage"
        class="list ${this.#resized ? 'resizing' : ''}"
        role="list"
        dir=${text.dir()}
        aria-label=${text.term('participants')}
        @pointerdown=${this.#self.onPress}
      >
        ${repeat(
          this.#items,
          (item) => item.key,
          (item) =>
            html`<webrtc-video-tile
              role="listitem"
              exportparts=${TILE_PARTS}
              class=${{ main: '', strip: '', float: 'floats', away: 'away' }[places.get(item.key) ?? 'main']}
              .participantId=${item.participantId}
              .displayName=${item.displayName}
              .avatarUrl=${item.avatarUrl}
              .stream=${item.stream}
              .videoFit=${this.videoFit}
              .linkState=${item.link}
              ?local=${item.local}
              ?screen=${item.screen}
              ?pinned=${item.pinned}
              ?mirror=${item.local && !item.screen && mirror && looksAtUs(item.stream)}
              ?microphone-off=${item.microphoneOff}
              ?camera-off=${item.cameraOff}
              .unwatched=${this.layout === 'audio'}
              ?hand-raised=${item.handRaised && !item.screen}
              ?speaking=${!few && !item.screen && !item.microphoneOff && heardNow.has(item.local ? SELF : item.participantId)}
              >${places.get(item.key) === 'float' ? this.#self.handle(view.corner) : nothing}</webrtc-video-tile
            >`,
        )}
        ${this.#selfHidden ? this.#self.bringBack(view.corner) : nothing}
      </div>
      ${this.box && count > 1 ? pager(text, page, count, this.#leafArea(this.box).width < 190, (to) => (this.page = to)) : nothing}`;
  }

  protected override updated(): void {
    void this.#state.value;
    if (!this.box) return;
    const { items } = this.#pages;
    const tiles = this.renderRoot.querySelectorAll<HTMLElement>('webrtc-video-tile');
    const box = this.#box(this.box);
    const rects = stageLayout(
      items.map((item) => item.place),
      box,
    );
    const over = rects.find(({ floats }) => floats) ?? (this.#selfHidden ? hiddenSelf(box) : null);
    items.forEach(({ key }, index) => {
      const [tile, rect] = [tiles[this.#items.findIndex((item) => item.key === key)], rects[index]];
      put(tile, rect);
      keepClear(tile, box.corner, rect && over && rect !== over ? coveredCorner(rect, over, box.corner) : null);
    });
    put(this.renderRoot.querySelector<HTMLElement>('.pager'), this.#leafArea(this.box));
  }

  get #selfHidden(): boolean {
    return this.#items.length > 0 && !this.#items.some(({ key }) => key === SELF);
  }

  get #view(): ViewPreferences {
    return this.#source.room?.view ?? INITIAL_VIEW_PREFERENCES;
  }

  #heardNow(): ReadonlySet<string> {
    return new Set(this.#heard.value.split(','));
  }

  #arrange(now: CallState): Pages {
    const { pinned, selfView } = this.#view;
    const present = new Set(now.participants.map(({ id }) => id));
    const visible = new Set(this.#pages.items.filter(({ place }) => place !== 'away').map(({ key }) => key));
    this.#director.update({ speaker: now.activeSpeaker, heard: this.#heardNow(), present }, visible);
    this.#items = stageItems(now, { mode: this.layout, pinned, screen: this.#screen, star: this.#director.star, selfView });
    this.#screen = this.#items.find((item) => item.place === 'main' && item.screen)?.key ?? null;
    if (!this.box) return { ...NOTHING, items: this.#items };
    const found = pages(this.#items, this.#director.order, this.page, this.#box(this.box, 1));
    this.page = found.page;
    return found;
  }

  /** With what is known of the view. */
  #box(box: Box, count = this.#pages.count): Box {
    return { ...box, corner: this.#view.corner, screen: this.#screen !== null, pager: count > 1 ? pagerHeight(box) : 0 };
  }

  #leafArea(box: Box): Rect {
    return pagerArea(
      this.#pages.items.map(({ place }) => place),
      this.#box(box),
    );
  }

  #measure(): void {
    const list = this.renderRoot.querySelector('.list');
    if (list) this.box = boxOf(list);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'webrtc-stage': WebrtcStage;
  }
}
