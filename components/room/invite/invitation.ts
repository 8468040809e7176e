/**
 * The dialog that helps to bring somebody in: the link in a field that can be selected, a button that copies it,
 * the device's own way to share, and a code for the camera of a phone.
 */
import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { moreIcon } from '../../shared/more-icons.js';
import type { Localize } from '../../shared/localize.js';
import { qrCode } from '../../shared/qr.js';
import { Moment } from '../moment.js';
import type { RoomActs } from '../room-acts.js';

const COPIED_MS = 3_000;

export interface InvitationHost {
  readonly room: RoomActs;
  readonly text: Localize;
}

export class Invitation implements ReactiveController {
  readonly #of: InvitationHost;
  readonly #copied: Moment;
  #open = false;
  #refused = false;
  #code: { readonly link: string; readonly drawn: TemplateResult } | undefined;

  constructor(host: InvitationHost) {
    this.#of = host;
    this.#copied = new Moment(host.room, COPIED_MS);
    host.room.addController(this);
  }

  open(): void {
    this.#open = true;
    this.#refused = false;
    this.#of.room.requestUpdate();
  }

  hostUpdated(): void {
    const dialog = this.#dialog;
    if (!dialog || dialog.open) return;
    dialog.showModal();
    dialog.querySelector('h2')?.focus();
    void this.#draw();
  }

  render(): TemplateResult | typeof nothing {
    const { room, text } = this.#of;
    const link = room.inviteLink;
    if (!this.#open || !link) return nothing;
    const data: ShareData = { title: document.title, url: link };
    return html`<dialog part="dialog" class="keys invite" dir=${text.dir()} aria-labelledby="invite" @close=${this.#closed}>
      <div class="head">
        <h2 id="invite" tabindex="-1">${text.term('invite')}</h2>
        <button type="button" aria-label=${text.term('close')} @click=${() => this.#dialog?.close()}>${moreIcon('close')}</button>
      </div>
      ${room.inviteNeedsHost ? html`<p class="limit">${moreIcon('lock')}<span>${text.term('inviteByHost')}</span></p>` : nothing}
      <input
        type="url"
        dir="ltr"
        readonly
        .value=${link}
        aria-label=${text.term('inviteLink')}
        @focus=${({ currentTarget }: Event) => (currentTarget as HTMLInputElement).select()}
      />
      <div class="ways">
        <button class="button primary" type="button" @click=${() => void this.#copy(link)}>
          ${moreIcon(this.#copied.value ? 'check' : 'link')}
          <span>${text.term(this.#copied.value ? 'copied' : 'copyLink')}</span>
        </button>
        ${
          'share' in navigator && navigator.canShare?.(data) !== false
            ? html`<button class="button" type="button" @click=${() => void navigator.share(data).catch(() => undefined)}>
                ${moreIcon('share')}<span>${text.term('share')}</span>
              </button>`
            : nothing
        }
      </div>
      <p class="refused" role="status">
        ${this.#refused ? text.term('copyByHand') : this.#copied.value ? html`<span class="visually-hidden">${text.term('copied')}</span>` : nothing}
      </p>
      ${this.#code?.link === link ? html`<div class="code">${this.#code.drawn}</div>` : nothing}
    </dialog>`;
  }

  get #dialog(): HTMLDialogElement | null {
    return this.#of.room.renderRoot.querySelector<HTMLDialogElement>('dialog.invite');
  }

  readonly #closed = (): void => {
    this.#open = false;
    this.#of.room.requestUpdate();
  };

  async #copy(link: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(link);
      this.#refused = false;
      this.#copied.begin();
    } catch {
      // No clipboard in this frame or over http: the keyboard copies what is selected.
      this.#refused = true;
      this.#dialog?.querySelector('input')?.focus();
      this.#of.room.requestUpdate();
    }
  }

  /** For the camera of a phone. Without the encoder the link is there all the same. */
  async #draw(): Promise<void> {
    const link = this.#of.room.inviteLink;
    if (!link || this.#code?.link === link) return;
    const drawn = await qrCode(link, false).catch(() => undefined);
    if (!drawn) return;
    this.#code = { link, drawn };
    this.#of.room.requestUpdate();
  }
}
