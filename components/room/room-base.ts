/**
 * What `<webrtc-room>` is to a page: its attributes, properties and methods. What it shows is in
 * room-element; this half draws nothing.
 */
import type { PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import type { Call, CallOptions } from '../core/call.js';
import { CallError } from '../core/call-error.js';
import { serverAddress } from '../core/server-address.js';
import type { CallState, Devices } from '../core/call-state.js';
import { INITIAL_STATE } from '../core/call-state.js';
import type { CallFact } from '../core/facts.js';
import type { LocalParticipant, NoiseSuppression, Participant } from '../core/participant.js';
import type { ConnectionState, MeetingState, TopologyState } from '../core/phase.js';
import type { Translations } from '../lang/translation.js';
import type { CallHost, Wanted } from '../shared/call-context.js';
import { BeforeJoinEvent, BeforeLeaveEvent } from '../shared/events/call-events.js';
import { defaultCallFactory, type CallFactory } from './call-factory.js';
import { CallOwner } from './call-owner.js';
import { loadChoices, saveChoices } from './choices.js';
import { DeviceMemory } from './device-memory.js';
import { defaultServerUrl } from '../shared/default-server-url.js';
import { inviteLink } from './invite/invite-link.js';
import { tokenName } from '../shared/token-name.js';
import { WebrtcElement } from '../shared/webrtc-element.js';
import { callOptions, wantedFrom, type OnOff } from './room-options.js';
import { whenSeen } from './when-seen.js';

export type RoomLayout = 'auto' | 'grid' | 'spotlight' | 'audio';

export abstract class RoomBase
  extends WebrtcElement
  implements Pick<CallHost, 'call' | 'wanted' | 'want' | 'join' | 'leave' | 'translations'>
{
  /** Which room: 1 to 64 letters, digits, `-` and `_`. */
  @property() room = '';
  /** The server to talk to. Without it: the one this script came from. */
  @property({ attribute: 'server-url' }) serverUrl = '';
  /** Signed ticket to the room, where the server asks for one; as a property also a function that fetches one whenever one is needed. */
  @property() token: string | (() => Promise<string>) = '';
  /** The visitor's name, as the others see it. Empty: the door asks. */
  @property({ attribute: 'display-name' }) displayName = '';
  /** A picture for the visitor, shown while the camera is off. */
  @property({ attribute: 'avatar-url' }) avatarUrl = '';
  /** How the page knows this person. */
  @property({ attribute: 'external-id' }) externalId = '';
  /** Join with the microphone on, if the visitor does not choose otherwise. */
  @property() audio: OnOff = 'on';
  /** Join with the camera on, if the visitor does not choose otherwise. */
  @property() video: OnOff = 'on';
  /** `off`: no door; joins as soon as the element is in the page. */
  @property() prejoin: OnOff = 'on';
  /** Joins as soon as the element is in the page; the door is there for coming back. */
  @property({ type: Boolean }) autojoin = false;
  /** How tiles are laid out: by itself, all alike, one large, or without pictures. */
  @property() layout: RoomLayout = 'auto';
  /** Whether pictures fill their tiles, cut at the edges, or are shown whole. */
  @property({ attribute: 'video-fit' }) videoFit: 'cover' | 'contain' = 'cover';
  /** Show one's own camera as in a mirror. */
  @property() mirror: OnOff = 'on';
  /** Which buttons, as a list; empty: all. */
  @property() controls = '';
  /** Tiles and leave only. */
  @property({ type: Boolean }) minimal = false;
  /** Light or dark; `auto` as the page is (`color-scheme`). */
  @property({ reflect: true }) theme: 'auto' | 'light' | 'dark' = 'auto';
  /** `relay` hides the visitor's address from the others. */
  @property({ attribute: 'ice-transport-policy' }) iceTransportPolicy: RTCIceTransportPolicy = 'all';
  /** How media travels: `auto` and `mesh`, straight between the participants. `sfu` is not there yet: a mesh, and a `call-warning`. */
  @property() topology: 'auto' | 'mesh' | 'sfu' = 'auto';
  /** Nobody between two participants can see or hear them: so it is in a mesh. `required` joins no call of another kind. */
  @property() e2ee: 'on' | 'required' = 'on';
  /** Small pictures, few frames. `auto`: when the visitor asked their browser to save data. */
  @property({ attribute: 'low-data' }) lowData: OnOff | 'auto' = 'auto';
  /** Behind the visitor: `none`, `blur`, the address of a picture, or `builtin:dusk`, `builtin:meadow`, `builtin:studio`. */
  @property() background = 'none';
  /** `on`: what the browser can; `strong`: also keyboards, fans and streets. */
  @property({ attribute: 'noise-suppression' }) noiseSuppression: NoiseSuppression = 'on';
  /** The size of one's own picture, as `640x360`. */
  @property() resolution = '';
  /** Remember name, devices, what was on, and the language for the next time. */
  @property({ attribute: 'persist-user-choices' }) persistUserChoices: OnOff = 'on';
  /** The link to invite people with: a page of yours, or `off`. Empty: the room's own page on the server. */
  @property({ attribute: 'invite-url' }) inviteUrl = '';
  /** Keys while the focus is inside: a letter per control, Space to talk while muted, `?` for the list. */
  @property() shortcuts: OnOff = 'on';
  /** Short sounds when people join, leave, write, raise a hand or want to join. */
  @property() sounds: OnOff = 'on';
  /** Notes over the call about the same. Who wants to join is always shown to those who may let them in. */
  @property() notifications: OnOff = 'on';
  /** Leave when the element is taken out of the page; a move within it keeps the call. */
  @property({ attribute: 'leave-on-unmount' }) leaveOnUnmount: OnOff = 'on';
  /** Texts of your own, by language: `{ de: { join: 'Los' } }`. Adds a language, or changes single texts of ours. */
  @property({ attribute: false }) translations: Translations = {};
  /** ICE servers to use instead of those the server hands out. */
  @property({ attribute: false }) iceServers: readonly RTCIceServer[] | null = null;
  /** The page's own sound and picture instead of microphone and camera; what the stream has none of comes from the device. */
  @property({ attribute: false }) localStream: MediaStream | null = null;
  /** Makes the call, once; for tests and for calls of another kind. */
  @property({ attribute: false }) callFactory: CallFactory = defaultCallFactory;

  #chosen: Partial<Wanted> = {};
  #remembered: Partial<Wanted> | undefined;
  #entered = false;

  /** @internal */
  protected readonly memory = new DeviceMemory(() => this.persistUserChoices !== 'off');
  /** @internal */
  protected readonly owner = new CallOwner(this, {
    factory: () => this.callFactory,
    options: () => this.#options(),
    leaveOnUnmount: () => this.leaveOnUnmount !== 'off',
    onFact: (fact, before, after) => {
      this.onFact(fact, before, after);
      if (fact.type === 'devices-changed') this.memory.listed(this.call, fact.devices);
    },
    onCall: () => {
      if (this.owner.call) this.memory.restore(this.owner.call);
      this.onRoomChange();
    },
  });

  protected abstract onFact(fact: CallFact, before: CallState, after: CallState): void;
  protected abstract onRoomChange(): void;

  constructor() {
    super();
    // The first sign of intent opens the line, so that joining is quick. A mere page view opens nothing.
    for (const sign of ['pointerdown', 'focusin', 'keydown']) this.addEventListener(sign, () => this.#warmUp());
  }

  /** The headless call behind the element. Set one to use a call of your own. */
  get call(): Call {
    return this.owner.ensure();
  }
  set call(call: Call) {
    this.owner.adopt(call);
  }

  /** The others in the call. */
  get participants(): readonly Participant[] {
    return this.now.participants;
  }
  /** The visitor: name, rights, microphone, camera, screen. */
  get localParticipant(): LocalParticipant {
    return this.now.local;
  }
  /** Cameras, microphones and speakers the browser lets us know of. */
  get devices(): Devices {
    return this.now.devices;
  }
  /** `new`, `prejoin`, `waiting`, `joining`, `joined`, `left` or `error`. */
  get meetingState(): MeetingState {
    return this.now.meeting;
  }
  /** The connection to the server: `disconnected`, `connecting`, `connected` or `reconnecting`. */
  get connectionState(): ConnectionState {
    return this.now.connection;
  }
  /** How media travels: `mesh`, between the participants. */
  get topologyState(): TopologyState {
    return this.now.topology;
  }
  /** @internal */
  get wanted(): Wanted {
    return wantedFrom(this, this.#chosen, this.#memories());
  }
  /** @internal */
  want(change: Partial<Wanted>): void {
    this.#chosen = { ...this.#chosen, ...change };
    this.owner.configure();
    if (this.persistUserChoices !== 'off') saveChoices({ ...loadChoices(), ...change });
    this.onRoomChange();
  }

  /** Takes a seat, after `before-join`. Rejects with `CallError`. */
  async join(): Promise<void> {
    const { meeting } = this.now;
    const inside = meeting === 'joined' || meeting === 'joining' || meeting === 'waiting';
    if (!inside && !this.dispatchEvent(new BeforeJoinEvent())) {
      throw new CallError('ABORTED', { message: 'A listener of before-join prevented it.' });
    }
    this.#entered = true;
    if (!inside && this.e2ee === 'required' && this.now.topology === 'sfu') throw new CallError('E2EE_UNAVAILABLE');
    await this.call.join();
  }

  /** Asks to be let in, where somebody decides who comes in; otherwise the same as `join()`. */
  knock(): Promise<void> {
    return this.join();
  }

  /** Gives the seat up, after `before-leave`. */
  async leave(): Promise<void> {
    if (this.now.meeting === 'joined' && !this.dispatchEvent(new BeforeLeaveEvent())) return;
    await this.owner.call?.leave();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.requestUpdate();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // The page speaks again: what the visitor typed before is older.
    if (this.hasUpdated && changed.has('displayName') && this.displayName) {
      const { displayName: _older, ...chosen } = this.#chosen;
      this.#chosen = chosen;
    }
    if (this.hasUpdated && (changed.has('translations') || changed.has('shortcuts') || changed.has('lowData')))
      this.onRoomChange();
    if (changed.has('serverUrl') && this.serverUrl) this.#adviseOn(this.serverUrl);
    // What the page says of this very room counts more than what the visitor chose the last time.
    const { lang } = this.#memories();
    if (lang && !this.hasUpdated && !this.lang) this.lang = lang;
    // Drawn once more after it was removed: that is no reason for a new call.
    if (!this.isConnected) return;
    this.owner.ensure();
    this.owner.configure();
    if (!this.#entered && this.room && (this.autojoin || this.prejoin === 'off')) {
      this.#entered = true;
      void whenSeen(this.ownerDocument).then(() => {
        if (this.isConnected) this.join().catch(() => undefined);
      });
    }
  }

  /** @internal */
  protected get effectiveServerUrl(): string {
    try {
      return serverAddress(this.serverUrl || defaultServerUrl(), document.baseURI);
    } catch {
      return defaultServerUrl();
    }
  }

  /** At once, not when a visitor wants to join and waits for a server that nobody can find. */
  #adviseOn(address: string): void {
    try {
      serverAddress(address, document.baseURI);
    } catch {
      void import('../core/server-advice.js').then(({ serverAdvice }) =>
        // eslint-disable-next-line no-console -- the page's author is the only one who can know and mend it
        console.warn(`webrtc-elements: ${serverAdvice(address, document.baseURI)}`),
      );
    }
  }

  /** @internal */
  get fixedName(): string | null {
    return typeof this.token === 'string' && this.token ? tokenName(this.token) : null;
  }
  /** @internal */
  get inviteLink(): string | null {
    const { room, inviteUrl, effectiveServerUrl: serverUrl } = this;
    return inviteLink({ serverUrl, room, inviteUrl, base: this.ownerDocument.baseURI });
  }
  /** @internal The room's own page asks for a ticket that only the page around us can give out. */
  get inviteNeedsHost(): boolean {
    return Boolean(this.token) && !this.inviteUrl;
  }

  /** @internal */
  protected get now(): CallState {
    return this.owner.call?.state.get() ?? INITIAL_STATE;
  }

  /** @internal */
  protected get lowDataNow(): boolean {
    return this.#options().lowData;
  }

  #memories(): Partial<Wanted> {
    return (this.#remembered ??= this.persistUserChoices === 'off' ? {} : loadChoices());
  }

  #options(): CallOptions {
    return callOptions(this, this.wanted, { serverUrl: defaultServerUrl(), savesData: savesData() });
  }

  #warmUp(): void {
    const { meeting, connection } = this.now;
    if (!this.room || connection !== 'disconnected' || (meeting !== 'new' && meeting !== 'prejoin')) return;
    // What is wrong is told when joining; a warm-up is only a courtesy.
    this.call.prepare().catch(() => undefined);
  }
}

function savesData(): boolean {
  return typeof navigator !== 'undefined' && (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;
}
