/**
 * The buttons of a tile and what opens from them: keep large, louder and quieter, full screen, our own picture,
 * and for those who keep order mute and remove. Comes with the first tile of a room; asks the room for everything.
 */
import { html, nothing, type ReactiveController, type ReactiveElement, type TemplateResult } from 'lit';
import type { CallSource } from '../shared/call-source.js';
import { icon } from '../shared/icons.js';
import { moreIcon } from '../shared/more-icons.js';
import type { Localize } from '../shared/localize.js';
import { showMenu } from '../shared/menu.js';
import { tileIcon } from '../shared/tile-icons.js';
import { selectState } from '../shared/selector.js';
import { marks, marksOf } from './tile-marks.js';
import { hasOptions, keyOf, tileOptions, type TileIdentity, type TileOptions } from './tile-options.js';
import { tileName, type TileFacts } from './tile-label.js';

export type TileMenuHost = ReactiveElement & TileFacts & TileIdentity & { mirror: boolean };

export class TileMenu implements ReactiveController {
  readonly #host: TileMenuHost;
  readonly #source: CallSource;
  readonly #text: Localize;
  readonly #state;
  #open = false;
  /** Nobody is put out by a slip of the finger. */
  #asking = false;
  #hide: (() => void) | undefined;

  constructor(host: TileMenuHost, source: CallSource, text: Localize) {
    this.#host = host;
    this.#source = source;
    this.#text = text;
    this.#state = selectState(host, source, ({ local, participants }) => ({ local, participants }));
    host.addController(this);
    host.addEventListener('dblclick', this.#onDoubleClick);
    host.addEventListener('contextmenu', this.#onLongPress);
    // Made while the tile is being drawn: what it knows by now is drawn after that.
    void host.updateComplete.then(() => host.requestUpdate());
  }

  render(): TemplateResult | typeof nothing {
    const { room } = this.#source;
    const { participantId, linkState } = this.#host;
    return html`${marks(
      marksOf(this.#host, linkState, this.#state.value, room?.view.volumes.get(participantId)),
      this.#text,
    )}${this.#actions()}`;
  }

  #actions(): TemplateResult | typeof nothing {
    const options = tileOptions(this.#host, this.#state.value, canEnlarge(this.#host));
    if (!options.pin && !hasOptions(options)) return nothing;
    const [text, { pinned }] = [this.#text, this.#host];
    const name = tileName(this.#host, text);
    const pin = text.term(pinned ? 'unpinName' : 'pinName', name);
    return html`<div part="tile-actions" class="actions ${this.#open || pinned ? 'stay' : ''}">
        ${
          options.pin
            ? html`<button class="pin" type="button" aria-label=${pin} title=${pin} @click=${this.#pin}>
                ${tileIcon(pinned ? 'unpin' : 'pin')}
              </button>`
            : nothing
        }
        ${
          hasOptions(options)
            ? html`<button
                class="more"
                type="button"
                aria-haspopup="dialog"
                aria-expanded=${this.#open}
                aria-label=${text.term('optionsFor', name)}
                title=${text.term('optionsFor', name)}
                @click=${() => (this.#open ? this.close() : this.#show())}
              >
                ${tileIcon('options')}
              </button>`
            : nothing
        }
      </div>
      ${this.#open ? this.#menu(options, name) : nothing}`;
  }

  close(): void {
    this.#hide?.();
    this.#hide = undefined;
    this.#open = false;
    this.#asking = false;
    this.#host.requestUpdate();
  }

  hostUpdated(): void {
    const menu = this.#find('.menu');
    const button = this.#find('.more');
    if (!this.#open || this.#hide || !menu || !button) return;
    this.#hide = showMenu(menu, button, (back) => (back ? this.#back() : this.close()));
  }

  hostDisconnected(): void {
    this.close();
  }

  #menu(options: TileOptions, name: string): TemplateResult {
    const text = this.#text;
    return html`<div
      part="menu"
      class="menu"
      role="dialog"
      popover="manual"
      tabindex="-1"
      dir=${text.dir()}
      aria-label=${text.term('optionsFor', name)}
    >
      ${this.#asking ? this.#question(name) : this.#items(options, name)}
    </div>`;
  }

  #items({ pin, volume, mute, kick, enlarge, self }: TileOptions, name: string): TemplateResult {
    const [text, host, room] = [this.#text, this.#host, this.#source.room];
    const item = (sign: TemplateResult, words: string, act: () => void, stays = false): TemplateResult =>
      html`<button
        class="item"
        type="button"
        data-item
        @click=${() => {
          act();
          if (!stays) this.#back();
        }}
      >
        ${sign}<span>${words}</span>
      </button>`;
    return html`${pin ? item(tileIcon(host.pinned ? 'unpin' : 'pin'), text.term(host.pinned ? 'unpin' : 'pin'), this.#pin) : nothing}
    ${enlarge ? item(tileIcon('enlarge'), text.term('tileFullScreen'), () => void host.requestFullscreen().catch(() => undefined)) : nothing}
    ${
      self
        ? html`${item(tileIcon('mirror'), text.term(host.mirror ? 'mirrorOff' : 'mirrorOn'), () => room?.setView({ mirror: !host.mirror }))}
          ${item(tileIcon('hideSelf'), text.term('hideSelfView'), () => room?.setView({ selfView: false }))}`
        : nothing
    }
    ${volume ? this.#volume() : nothing}
    ${mute ? item(icon('microphoneOff'), text.term('muteName', name), () => this.#ask('mute')) : nothing}
    ${kick ? item(tileIcon('kick'), text.term('kickName', name), () => this.#toQuestion(), true) : nothing}`;
  }

  #volume(): TemplateResult {
    const { room } = this.#source;
    const { participantId } = this.#host;
    const volume = room?.view.volumes.get(participantId) ?? 1;
    const set = (value: number): void => room?.setParticipantVolume(participantId, value);
    return html`<div class="volume">
      <label for="volume">${this.#text.term('volumeForYou')}</label>
      <div>
        <button
          type="button"
          data-item
          aria-pressed=${volume === 0}
          aria-label=${this.#text.term('silenceForYou')}
          @click=${() => set(volume === 0 ? 1 : 0)}
        >
          ${volume === 0 ? tileIcon('soundOff') : moreIcon('sound')}
        </button>
        <input
          id="volume"
          type="range"
          min="0"
          max="100"
          step="5"
          data-item
          .value=${String(Math.round(volume * 100))}
          aria-valuetext=${`${Math.round(volume * 100)} %`}
          @input=${(event: Event) => set(Number((event.target as HTMLInputElement).value) / 100)}
        />
      </div>
    </div>`;
  }

  #question(name: string): TemplateResult {
    const text = this.#text;
    return html`<p class="question" id="question">${text.term('kickAsk', name)}</p>
      <div class="answers" role="group" aria-labelledby="question">
        <button class="item" type="button" data-item @click=${() => this.#back()}><span>${text.term('cancel')}</span></button>
        <button
          class="item danger"
          type="button"
          data-item
          @click=${() => {
            this.#ask('kick');
            this.#back();
          }}
        >
          <span>${text.term('kick')}</span>
        </button>
      </div>`;
  }

  #show(): void {
    this.#open = true;
    this.#host.requestUpdate();
  }

  #back(): void {
    const button = this.#find('.more');
    this.close();
    button?.focus();
  }

  #toQuestion(): void {
    this.#asking = true;
    this.#host.requestUpdate();
    void this.#host.updateComplete.then(() => this.#find('.answers .item')?.focus());
  }

  readonly #pin = (): void => {
    this.#source.room?.pinParticipant(this.#host.pinned ? null : keyOf(this.#host));
  };

  /** What came of it is in the state; a refusal changes nothing. */
  #ask(what: 'kick' | 'mute'): void {
    const { call } = this.#source;
    const { participantId } = this.#host;
    (what === 'kick' ? call?.kickParticipant(participantId) : call?.muteParticipants([participantId]))?.catch(() => undefined);
  }

  readonly #onDoubleClick = (event: MouseEvent): void => {
    const { screen, pinned } = this.#host;
    const onButton = event.composedPath().some((node) => (node as Partial<Element>).matches?.('button, .menu'));
    if (onButton) return;
    const options = tileOptions(this.#host, this.#state.value, canEnlarge(this.#host));
    if (options.pin) this.#pin();
    else if (screen && !pinned && options.enlarge) void this.#host.requestFullscreen().catch(() => undefined);
  };

  /** Of a finger; whoever has a mouse has the buttons, and the browser's own menu. */
  readonly #onLongPress = (event: MouseEvent): void => {
    if ((event as PointerEvent).pointerType !== 'touch' || !this.#find('.more')) return;
    event.preventDefault();
    this.#show();
  };

  #find(selector: string): HTMLElement | null {
    return this.#host.renderRoot.querySelector<HTMLElement>(selector);
  }
}

const canEnlarge = (host: Element): boolean => host.ownerDocument.fullscreenEnabled && 'requestFullscreen' in host;
