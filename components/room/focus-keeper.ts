/**
 * Where the focus goes when a room shows another face, or opens a panel: along with the visitor who was
 * in the room already, and nowhere for one who is elsewhere in the page.
 */
import type { ReactiveElement } from 'lit';
import type { RoomView } from './room-view.js';

export class FocusKeeper {
  readonly #host: ReactiveElement;
  #view: RoomView = 'prejoin';
  #panel: string | null = null;
  #wanted = '';
  #moving: object | undefined;

  constructor(host: ReactiveElement) {
    this.#host = host;
  }

  /** It is on its way to something that is still being loaded: what is typed meanwhile is meant for that. */
  get pending(): boolean {
    return this.#wanted !== '' || this.#moving !== undefined;
  }

  /** Before it is drawn: what had the focus may be gone afterwards. */
  note(view: RoomView, panel: string | null): void {
    const inside = this.#host.hasUpdated && this.#host.matches(':focus-within');
    if (view !== this.#view) this.#wanted = inside ? '[data-focus]' : this.#wanted;
    // Closed: the toolbar knows which of its buttons had the focus last.
    else if (panel !== this.#panel && inside) this.#wanted = panel ? '.side > *' : 'webrtc-controls';
    this.#view = view;
    this.#panel = panel;
  }

  /** After it was drawn. `ready`: the face that is to get the focus is there. */
  follow(ready: () => boolean): void {
    if (this.#wanted && ready()) void this.#move();
  }

  async #move(): Promise<void> {
    const target = [...this.#host.renderRoot.querySelectorAll<HTMLElement>(this.#wanted)].at(-1);
    this.#wanted = '';
    this.#moving = undefined;
    if (!target) return;
    const moving = (this.#moving = {});
    if (target.localName.includes('-')) await customElements.whenDefined(target.localName);
    if ('updateComplete' in target) await target.updateComplete;
    // Closed again, or another one was opened meanwhile.
    if (this.#moving !== moving) return;
    this.#moving = undefined;
    target.focus({ preventScroll: true });
  }
}
