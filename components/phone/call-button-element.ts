/**
 * "Call us": one button for a business page. Shows whether somebody is there, rings everybody who answers for the name,
 * and holds the call in a corner of the page, which stays readable. Opens no line before it is seen.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { AddressPresence } from '../../server/protocol/calls.js';
import type { Phone, PhoneOptions } from '../core/phone/phone.js';
import type { PhoneFact } from '../core/phone/phone-facts.js';
import type { PhoneState } from '../core/phone/phone-state.js';
import { enMore } from '../lang/en-more.js';
import type { Translations } from '../lang/translation.js';
import { Announcer } from '../shared/announcer.js';
import { bring } from '../shared/define.js';
import { moreIcon } from '../shared/more-icons.js';
import { Localize, register } from '../shared/localize.js';
import { buttons, tokens } from '../shared/tokens.js';
import { WebrtcElement } from '../shared/webrtc-element.js';
import { phoneAnnouncements } from './announcements.js';
import { callFace, type CallFactory } from './call-face.js';
import { callButtonStyles } from './call-button.styles.js';
import { callingFace } from './faces.js';
import { phoneIcon } from './icons.js';
import { phoneErrorWords } from './phone-error-words.js';
import { paintAvatars, ringTimeoutMs, serverOf, surroundings, watchRoom } from './in-page.js';
import { defaultPhoneFactory, PhoneOwner, type PhoneFactory } from './phone-owner.js';
import { phoneStyles } from './phone.styles.js';
import { PresenceWatch } from './presence-watch.js';
import { Ringer } from './ringer.js';
import { RoomWatch } from './room-watch.js';

register('en', enMore);

/**
 * @summary "Call us": one button that rings a name and holds the call in a corner of the page.
 *
 * @slot - Instead of the label.
 * @slot missed - Instead of our words when nobody answered: a form, for instance.
 *
 * @csspart button - The button.
 * @csspart status - Whether somebody is there.
 * @csspart dialog - What opens in the corner.
 * @csspart avatar - What stands for a person.
 * @csspart icon - Every icon.
 *
 * @cssproperty --webrtc-accent-bg - The button; `accent-fg` is the text on it.
 *
 * @fires call-answered - Somebody answered.
 * @fires call-declined - They declined.
 * @fires call-missed - Nobody answered; `outcome` tells why. Offer a form.
 * @fires call-joined - In the call.
 * @fires call-left - Not in the call any more.
 * @fires call-error - It could not be rung.
 *
 * @tag webrtc-call-button
 */
export class WebrtcCallButton extends WebrtcElement {
  static override readonly styles = [tokens, buttons, phoneStyles, callButtonStyles];

  /** Whom to ring: a name like `support`, or an address. */
  @property() to = '';
  /** What stands on the button; "Call us" in the language of the page, if not given. */
  @property() label = '';
  /** The server to talk to. Without it: the one this script came from. */
  @property({ attribute: 'server-url' }) serverUrl = '';
  /** Signed for the telephone, where ringing takes a token. */
  @property() token = '';
  /** Under which the visitor is seen. */
  @property({ attribute: 'display-name' }) displayName = '';
  /** `off`: calls without pictures. */
  @property() video: 'off' | 'on' = 'on';
  /** The size of the visitor's own picture, as `640x360`. */
  @property() resolution = '';
  /** How long it rings before nobody answered, in seconds. */
  @property({ attribute: 'ring-timeout', type: Number }) ringTimeout = 30;
  /** `off`: seen, not heard. */
  @property() ringtone: 'off' | 'on' = 'on';
  /** `off`: does not ask whether somebody is there. */
  @property() presence: 'off' | 'on' = 'on';
  /** Light or dark; `auto` as the page is (`color-scheme`). */
  @property({ reflect: true }) theme: 'auto' | 'dark' | 'light' = 'auto';
  /** Texts of your own, by language. */
  @property({ attribute: false }) translations: Translations = {};
  /** Makes the telephone, once; for tests and for telephones of another kind. */
  @property({ attribute: false }) phoneFactory: PhoneFactory = defaultPhoneFactory;
  /** Makes the calls of the rooms; for tests. */
  @property({ attribute: false }) callFactory: CallFactory | undefined;

  @state() private there: AddressPresence | null = null;
  @state() private open = false;

  readonly #locale = new Localize(this, () => this.translations);
  readonly #announcer = new Announcer(this, (_kind, names) => names.join(' '));
  readonly #ringer = new Ringer(this);
  readonly #watch = new RoomWatch();
  readonly #owner = new PhoneOwner(this, {
    factory: () => this.phoneFactory,
    options: () => this.#options(),
    onFact: (fact, before) => this.#onFact(fact, before),
  });
  readonly #presence = new PresenceWatch(this, () => this.#ask());

  /** The headless telephone behind the element. */
  get phone(): Phone {
    return this.#owner.ensure();
  }

  /** Rings. Resolves with how it ended; what is asked again while it rings is the same. */
  async call(): Promise<void> {
    if (!this.to) return;
    this.open = true;
    this.phone.dismiss();
    await this.updateComplete;
    this.#face()?.focus();
    // How it ended is in the state, and announced.
    await this.phone.call(this.to, { video: this.video !== 'off' }).catch(() => undefined);
  }
  /** Ends the ring or the call. */
  hangUp(): void {
    this.phone.hangUp();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watch.stop();
  }

  protected override willUpdate(): void {
    this.#owner.configure();
    const { phase } = this.#owner.state;
    if (phase !== 'idle') bring('webrtc-room');
    this.#ringer.set(this.ringtone !== 'off' && phase === 'calling' ? 'outgoing' : null);
  }

  protected override render(): TemplateResult {
    const text = this.#locale;
    const status = this.#status();
    return html`<div class="place" dir=${text.dir()}>
        <button
          part="button"
          class="button primary call"
          type="button"
          aria-haspopup="dialog"
          aria-expanded=${this.open}
          aria-describedby=${status ? 'status' : nothing}
          @click=${() => void (this.open ? this.#face()?.focus() : this.call())}
        >
          ${phoneIcon('phone')}<span><slot>${this.label || text.term('callUs')}</slot></span>
        </button>
        <span part="status" id="status" class="status ${this.there ?? ''}">${status}</span>
      </div>
      ${this.open ? this.#dialog() : nothing} ${this.#announcer.render()}`;
  }

  protected override updated(): void {
    const dialog = this.renderRoot.querySelector('dialog');
    if (dialog && !dialog.open) dialog.show();
    paintAvatars(this.renderRoot);
    watchRoom(this.renderRoot, this.#watch, (reason) => this.#owner.phone?.ended(reason));
  }

  #dialog(): TemplateResult {
    const text = this.#locale;
    const { call, outgoing } = this.#owner.state;
    return html`<dialog
      part="dialog"
      class=${call ? 'in-call' : ''}
      dir=${text.dir()}
      aria-label=${this.label || text.term('callUs')}
      @keydown=${this.#onKey}
    >
      ${call ? callFace(text, call, surroundings(this), null) : outgoing ? callingFace(text, outgoing, () => this.hangUp()) : this.#ended()}
    </dialog>`;
  }

  /** Kindly, and with a way to go on. */
  #ended(): TemplateResult {
    const text = this.#locale;
    const { last, error } = this.#owner.state;
    const trouble = error && phoneErrorWords(error.code);
    return html`<div class="face" tabindex="-1" data-focus>
      <slot name="missed">
        <h2>${trouble ? text.term(trouble.title) : last ? text.term('nobodyAnswered') : text.term('connecting')}</h2>
        ${trouble ? html`<p>${text.term(trouble.help)}</p>` : nothing}
      </slot>
      <div class="after">
        <button class="button primary" type="button" data-act="again" @click=${() => void this.call()}>
          ${text.term('tryAgain')}
        </button>
        <button class="button" type="button" data-act="close" @click=${this.#close}>${text.term('close')}</button>
      </div>
      <button class="plain corner" type="button" aria-label=${text.term('close')} @click=${this.#close}>
        ${moreIcon('close')}
      </button>
    </div>`;
  }

  #status(): string {
    if (this.open || this.presence === 'off') return '';
    const text = this.#locale;
    if (this.there === 'available') return text.term('someoneThere');
    if (this.there === 'busy') return text.term('allBusy');
    return this.there === null ? '' : text.term('nobodyThere');
  }

  #face(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('[data-act=hang-up], [data-focus], webrtc-room');
  }

  #close(): void {
    const inside = this.shadowRoot?.activeElement?.closest('dialog');
    this.open = false;
    this.phone.dismiss();
    if (inside) this.renderRoot.querySelector<HTMLElement>('.call')?.focus();
    this.#presence.now();
  }

  /** A call is not ended by a slip of the finger; a ring and a message are. */
  #onKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || this.#owner.state.call) return;
    event.preventDefault();
    if (this.#owner.state.outgoing) this.hangUp();
    this.#close();
  }

  #onFact(fact: PhoneFact, before: PhoneState): void {
    const text = this.#locale;
    for (const event of phoneAnnouncements(fact, before)) this.dispatchEvent(event);
    if (fact.type === 'ring-started') this.#announcer.urgent(text.term('callingName', this.to));
    if (fact.type === 'ring-over' && fact.result.outcome !== 'answered') {
      if (fact.result.outcome === 'cancelled') this.#close();
      else this.#announcer.urgent(text.term('nobodyAnswered'));
    }
    if (fact.type === 'call-ended') this.#close();
    // The button that had the focus is gone: what took its place has it.
    const inside = this.shadowRoot?.activeElement?.closest('dialog') != null;
    if (inside) void this.updateComplete.then(() => this.open && !this.shadowRoot?.activeElement && this.#face()?.focus());
  }

  async #ask(): Promise<void> {
    if (this.presence === 'off' || !this.to || this.open) return;
    try {
      const [there = 'unknown'] = await this.phone.presence([this.to]);
      this.there = there;
    } catch {
      this.there = null; // not known is not nobody
    }
  }

  #options(): Partial<PhoneOptions> {
    return {
      serverUrl: serverOf(this),
      token: this.token || null,
      displayName: this.displayName,
      ringTimeoutMs: ringTimeoutMs(this.ringTimeout),
      receives: false,
    };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'webrtc-call-button': WebrtcCallButton;
  }
}
