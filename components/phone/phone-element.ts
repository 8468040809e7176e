/**
 * A telephone in one tag: one's own address, whom to call, ringing, and the call itself as a room. Loaded when a page has
 * it. Holds no state of the telephone; shows only what came true.
 */
import { html, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Phone, PhoneOptions } from '../core/phone/phone.js';
import type { PhoneFact } from '../core/phone/phone-facts.js';
import type { PhoneState } from '../core/phone/phone-state.js';
import { enMore } from '../lang/en-more.js';
import type { Translations } from '../lang/translation.js';
import { Announcer } from '../shared/announcer.js';
import { bring } from '../shared/define.js';
import { Localize, register } from '../shared/localize.js';
import { buttons, tokens } from '../shared/tokens.js';
import { WebrtcElement } from '../shared/webrtc-element.js';
import { phoneAnnouncements } from './announcements.js';
import { callFace, type CallFactory } from './call-face.js';
import { desk, type DeskActs } from './desk.js';
import { callingFace, nameOf, ringingFace, shortAddress } from './faces.js';
import { deskStyles } from './desk.styles.js';
import { paintAvatars, ringTimeoutMs, serverOf, surroundings, watchRoom } from './in-page.js';
import { defaultPhoneFactory, PhoneOwner, type PhoneFactory } from './phone-owner.js';
import { phoneStyles } from './phone.styles.js';
import { Ringer } from './ringer.js';
import { RoomWatch } from './room-watch.js';
import { SystemNotice } from './system-notice.js';

register('en', enMore);

const COPIED_MS = 3_000;

/**
 * @summary A telephone in one tag: an own address, calling another one, ringing, and the call.
 *
 * @csspart container - Everything.
 * @csspart avatar - What stands for a person.
 * @csspart icon - Every icon.
 *
 * @cssproperty --webrtc-bg - Behind everything; `bg2` and `bg3` are the surfaces on it.
 * @cssproperty --webrtc-accent-bg - What invites; `accent-fg` is the text on it.
 *
 * @fires phone-ready - The address is known; from now on it can be rung.
 * @fires incoming-call - Somebody rings.
 * @fires call-answered - A ring was answered, here or by whom we rang.
 * @fires call-declined - A ring was declined, here or by whom we rang.
 * @fires call-missed - A ring reached nobody, here or there; `outcome` tells why.
 * @fires call-joined - In the call.
 * @fires call-left - Not in the call any more.
 * @fires call-error - It could not be rung, or this address cannot be used.
 *
 * @tag webrtc-phone
 */
export class WebrtcPhone extends WebrtcElement {
  static override readonly styles = [tokens, buttons, phoneStyles, deskStyles];

  /** The server to talk to. Without it: the one this script came from. */
  @property({ attribute: 'server-url' }) serverUrl = '';
  /** Signed for the telephone: grants a name, and ringing where that takes a token. */
  @property() token = '';
  /** A name instead of the random address of this device. */
  @property() address = '';
  /** Under which others see this person. */
  @property({ attribute: 'display-name' }) displayName = '';
  /** `off`: calls without pictures. */
  @property() video: 'off' | 'on' = 'on';
  /** The size of one's own picture, as `640x360`. */
  @property() resolution = '';
  /** How long it rings there before nobody answered, in seconds. */
  @property({ attribute: 'ring-timeout', type: Number }) ringTimeout = 30;
  /** `off`: seen and felt, not heard. */
  @property() ringtone: 'off' | 'on' = 'on';
  /** How several who answer for the same name are rung, where no token says it. */
  @property() strategy: '' | 'all' | 'turn' = '';
  /** Whether strangers who know the address may ask if somebody is there, where no token says it. */
  @property() presence: '' | 'hidden' | 'shown' = '';
  /** `off`: calls are not listed. */
  @property() history: 'off' | 'on' = 'on';
  /** Light or dark; `auto` as the page is (`color-scheme`). */
  @property({ reflect: true }) theme: 'auto' | 'dark' | 'light' = 'auto';
  /** Texts of your own, by language. */
  @property({ attribute: false }) translations: Translations = {};
  /** Makes the telephone, once; for tests and for telephones of another kind. */
  @property({ attribute: false }) phoneFactory: PhoneFactory = defaultPhoneFactory;
  /** Makes the calls of the rooms; for tests. */
  @property({ attribute: false }) callFactory: CallFactory | undefined;

  @state() private dialed = '';
  @state() private wrongAddress = false;
  @state() private copied = false;
  @state() private code: TemplateResult | null = null;
  @state() private adding = false;

  readonly #locale = new Localize(this, () => this.translations);
  readonly #announcer = new Announcer(this, (_kind, names) => names.join(' '));
  readonly #ringer = new Ringer(this);
  readonly #notice = new SystemNotice();
  readonly #watch = new RoomWatch();
  readonly #owner = new PhoneOwner(this, {
    factory: () => this.phoneFactory,
    options: () => this.#options(),
    onFact: (fact, before) => this.#onFact(fact, before),
  });
  #face = '';
  /** The keyboard was in here before what it was on went away. */
  #hadFocus = false;

  /** The headless telephone behind the element. */
  get phone(): Phone {
    return this.#owner.ensure();
  }
  /** Where this device can be rung; null until known. */
  get ownAddress(): string | null {
    return this.#owner.state.address;
  }
  /** `idle`, `calling`, `ringing` or `in-call`. */
  get phoneState(): PhoneState['phase'] {
    return this.#owner.state.phase;
  }

  /** Rings an address; in a call, into that call. Resolves with how it ended. */
  call(address: string, { video = this.video !== 'off' }: { readonly video?: boolean } = {}): ReturnType<Phone['call']> {
    return this.phone.call(address, { video });
  }
  /** Takes the call that rings. */
  accept({ video = this.video !== 'off' }: { readonly video?: boolean } = {}): Promise<void> {
    return this.phone.accept({ video });
  }
  /** Refuses the call that rings: all who answer for the same person stop ringing. */
  decline(): void {
    this.phone.decline();
  }
  /** Ends whatever there is: a ring of ours, one at us, a call. */
  hangUp(): void {
    this.phone.hangUp();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watch.stop();
    this.#notice.hide();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.requestUpdate();
  }

  protected override willUpdate(): void {
    if (!this.isConnected) return;
    this.#hadFocus = this.shadowRoot?.activeElement != null;
    this.#owner.ensure().start();
    this.#owner.configure();
    const { phase } = this.#owner.state;
    if (phase !== 'idle') bring('webrtc-room');
    const audible = this.ringtone !== 'off';
    this.#ringer.set(audible && phase === 'ringing' ? 'incoming' : audible && phase === 'calling' ? 'outgoing' : null);
  }

  protected override render(): TemplateResult {
    const text = this.#locale;
    const { phase } = this.#owner.state;
    return html`<div part="container" class="phone ${phase}" role="region" dir=${text.dir()} aria-label=${text.term('phone')}>
      ${this.#shown(this.#owner.state)} ${this.#announcer.render()}
    </div>`;
  }

  protected override updated(): void {
    paintAvatars(this.renderRoot);
    const { phase } = this.#owner.state;
    if (phase !== this.#face) this.#follow(this.#face, phase);
    this.#face = phase;
    watchRoom(this.renderRoot, this.#watch, (reason) => this.#owner.phone?.ended(reason));
  }

  #shown(now: PhoneState): TemplateResult {
    const text = this.#locale;
    if (now.call)
      return callFace(
        text,
        now.call,
        { ...surroundings(this), displayName: now.displayName || this.displayName },
        {
          adding: this.adding,
          inviting: now.inviting,
          last: now.last && text.term('ringOutcome', now.last.outcome, nameOf(text, now.last.party)),
          toggleAdding: () => (this.adding = !this.adding),
          add: (address) => void this.#ring(address, this.video !== 'off'),
          cancel: (id) => this.#owner.phone?.cancelInvite(id),
          wrong: this.wrongAddress,
        },
      );
    if (now.incoming)
      return ringingFace(text, now.incoming, now, this.video !== 'off', {
        accept: (video) => void this.accept({ video }).catch(() => undefined),
        decline: () => this.decline(),
      });
    if (now.outgoing) return callingFace(text, now.outgoing, () => this.hangUp());
    return desk(
      text,
      {
        state: now,
        dialed: this.dialed,
        wrongAddress: this.wrongAddress,
        copied: this.copied,
        code: this.code,
        video: this.video !== 'off',
        mayNotify: this.#notice.permission === 'ask',
        history: this.history !== 'off',
      },
      this.#acts(),
    );
  }

  #acts(): DeskActs {
    const phone = (): Phone => this.phone;
    return {
      copy: () => void this.#copy(),
      toggleCode: () => void this.#toggleCode(),
      type: (dialed) => {
        this.dialed = dialed;
        this.wrongAddress = false;
      },
      dial: (video) => void this.#ring(this.dialed, video),
      ring: (entry) => void this.#ring(entry.address ?? '', entry.video && this.video !== 'off'),
      block: (entry) => {
        phone().block(entry.keys);
        phone().forget(entry);
      },
      clear: () => phone().clearHistory(),
      unblockAll: () => phone().unblock(this.#owner.state.blocked),
      disturb: (on) => phone().setDoNotDisturb(on),
      notify: () => void this.#notice.ask().then(() => this.requestUpdate()),
      dismiss: () => phone().dismiss(),
    };
  }

  async #ring(address: string, video: boolean): Promise<void> {
    try {
      this.wrongAddress = false;
      this.adding = false;
      await this.call(address, { video });
      this.dialed = '';
    } catch (error) {
      // What else went wrong is in the state.
      this.wrongAddress = (error as { readonly code?: string }).code === 'NOT_FOUND';
      if (this.wrongAddress && this.#owner.state.call) this.adding = true;
    }
  }

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.ownAddress ?? '');
    } catch {
      return; // it is there to be selected
    }
    this.copied = true;
    setTimeout(() => (this.copied = false), COPIED_MS);
  }

  async #toggleCode(): Promise<void> {
    if (this.code) {
      this.code = null;
      return;
    }
    const { qrCode } = await import('../shared/qr.js');
    this.code = await qrCode(this.ownAddress ?? '');
  }

  /** Where something new is asked, the keyboard is there; what was read aloud is said once. */
  #follow(before: string, now: PhoneState['phase']): void {
    const text = this.#locale;
    const { incoming, outgoing } = this.#owner.state;
    if (incoming) this.#announcer.urgent(text.term('incomingCall', nameOf(text, incoming.from)));
    else if (outgoing) this.#announcer.urgent(text.term('callingName', shortAddress(outgoing.to)));
    else this.#announcer.urgent('');
    if (before === '' || !this.#hadFocus) return;
    const next = { calling: '[data-act=hang-up]', ringing: '[data-focus]', idle: 'input', 'in-call': 'webrtc-room' }[now];
    this.renderRoot.querySelector<HTMLElement>(next)?.focus();
  }

  #onFact(fact: PhoneFact, before: PhoneState): void {
    if (fact.type === 'ring-incoming') {
      const title = this.#locale.term('incomingCall', nameOf(this.#locale, fact.call.from));
      this.#notice.show(title, fact.call.ringId);
    } else if (before.incoming && !this.#owner.state.incoming) this.#notice.hide();
    for (const event of phoneAnnouncements(fact, before)) this.dispatchEvent(event);
  }

  #options(): Partial<PhoneOptions> {
    return {
      serverUrl: serverOf(this),
      token: this.token || null,
      address: this.address || null,
      displayName: this.displayName,
      ringTimeoutMs: ringTimeoutMs(this.ringTimeout),
      strategy: this.strategy || null,
      presence: this.presence || null,
      receives: true,
    };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'webrtc-phone': WebrtcPhone;
  }
}
