/** What a page can ask of `<webrtc-room>`: its methods. Each asks the call; what came of it is told as events. */
import type { Finding } from '../doctor/examine.js';
import type { DeviceKind } from '../core/local-media.js';
import type { NetworkStats } from '../core/network.js';
import type { LocalSource, ParticipantId } from '../core/participant.js';
import type { CallHost, PanelName, SettingsPane } from '../shared/call-context.js';
import { RoomScreen } from './room-screen.js';
import { SIDE_PANELS } from './side-panels.js';

export abstract class RoomActs extends RoomScreen implements CallHost {
  #panel: PanelName | null = null;
  /** @internal */
  protected settingsPane: SettingsPane | '' = '';

  /**
   * Opens the connection to the server ahead of joining; announces nobody. With `true`, for a visitor who is about to join (the pointer
   * is on a button of yours), the browsers of those inside connect with this one already; they learn each other's addresses by that.
   */
  preload(soon = false): Promise<void> {
    return this.call.prepare(soon);
  }
  /** Gives up waiting to be let in: back to the door. */
  async cancelKnock(): Promise<void> {
    await this.owner.call?.cancelKnock();
  }

  /** Switches the microphone; without a word, to the other state. */
  toggleMicrophone(on = !isOn(this.now.local.microphone)): Promise<void> {
    return this.call.setMicrophone(on);
  }
  /** Switches the camera; without a word, to the other state. */
  toggleCamera(on = !isOn(this.now.local.camera)): Promise<void> {
    return this.call.setCamera(on);
  }
  /** Shares the screen, or stops. Call it from a click. */
  toggleScreenshare(on = !isOn(this.now.local.screen)): Promise<void> {
    return this.call.setScreenshare(on);
  }
  /** Another microphone, camera or speaker, and again the next time. Null: the system's choice. */
  async switchActiveDevice(kind: DeviceKind, id: string | null): Promise<void> {
    await this.call.switchActiveDevice(kind, id);
    this.memory.remember(kind, id, this.now.devices);
  }
  /** The next camera of the list: front and back, on a phone. */
  async cycleCamera(): Promise<void> {
    const { devices, local } = this.now;
    const at = devices.cameras.findIndex(({ id }) => id === local.camera.deviceId);
    const next = devices.cameras[(at + 1) % devices.cameras.length];
    if (next && next.id !== local.camera.deviceId) await this.switchActiveDevice('camera', next.id);
  }
  /** Starts sound that the browser refused. Call it from a click. */
  startAudio(): Promise<void> {
    return this.call.startAudio();
  }

  /** @internal */
  get panel(): PanelName | null {
    return this.#panel;
  }
  /** @internal One at a time: opening one closes the other. */
  togglePanel(name: PanelName, open = this.#panel !== name): void {
    const before = this.#panel;
    if (open === (before === name)) return;
    this.#panel = open ? name : null;
    this.onRoomChange();
    for (const [panel, isOpen] of [[before, false] as const, [this.#panel, true] as const]) {
      const event = panel && SIDE_PANELS[panel].toggled?.(isOpen);
      if (event) this.dispatchEvent(event);
    }
  }
  /** Keeps the call in a file on this machine; everybody is told. Call it from a click. */
  startRecording(): Promise<void> {
    return this.call.startRecording();
  }
  /** Resolves when the file is whole. */
  stopRecording(): Promise<void> {
    return this.call.stopRecording();
  }

  /**
   * Looks at all that a call needs, from this visitor's browser: the page, the server, the line, the relay over UDP,
   * TCP and TLS. Takes up to half a minute; announces nobody. Each finding has a name, a verdict and a sentence for
   * the owner of the page. Where rooms need a token, the relay cannot be looked at.
   */
  async testConnection(onFinding?: (finding: Finding) => void): Promise<readonly Finding[]> {
    const { examine } = await import('../doctor/examine.js');
    return examine({ server: new URL(this.effectiveServerUrl, location.href), ...(onFinding && { onFinding }) });
  }

  /**
   * How media travels to and from everybody, as measured in the last seconds: relay or direct, round-trip time, losses,
   * rates, pictures, and what limits them.
   */
  getNetworkStats(): Promise<NetworkStats> {
    return this.call.getNetworkStats();
  }

  /** Opens the invitation: the link, a button that copies it, a code for phones. */
  openInvitation(): void {
    this.showInvitation();
  }
  /** @internal */
  protected abstract showInvitation(): void;

  /** Opens the settings: `devices`, `picture`, `connection` or `general` first. */
  openSettings(pane: SettingsPane | '' = ''): void {
    this.settingsPane = pane;
    this.togglePanel('settings', true);
  }
  /** @internal */
  get peopleOpen(): boolean {
    return this.#panel === 'people';
  }
  /** Opens or closes the list of people. */
  togglePeople(open?: boolean): void {
    this.togglePanel('people', open);
  }

  /** @internal */
  get chatOpen(): boolean {
    return this.#panel === 'chat';
  }
  /** Opens or closes the chat. */
  toggleChat(open?: boolean): void {
    this.togglePanel('chat', open);
  }
  /** Says something in the chat, to everybody. */
  sendChatMessage(text: string): Promise<void> {
    return this.call.sendChatMessage(text);
  }
  /** Something of the page's own, as JSON, to one participant or to all; heard there as `app-message`. */
  sendAppMessage(data: unknown, to?: ParticipantId): Promise<void> {
    return this.call.sendAppMessage(data, to);
  }
  /** Shows one of 👍 ❤️ 😂 😮 👏 🎉 🤔 👎 over our tile for a moment. */
  sendReaction(emoji: string): Promise<void> {
    return this.call.sendReaction(emoji);
  }
  /** Raises our hand, or takes it down. */
  toggleRaiseHand(on = !this.now.local.handRaised): Promise<void> {
    return this.call.setHandRaised(on);
  }
  /** Takes somebody's hand down. */
  lowerHand(id: ParticipantId): Promise<void> {
    return this.call.lowerHand(id);
  }

  /** Switches their microphones off; back on is theirs alone. For those who may moderate, as all that follow. */
  muteParticipants(ids: readonly ParticipantId[]): Promise<void> {
    return this.call.muteParticipants(ids);
  }
  /** Sends somebody out; the server keeps them out for a while. */
  kickParticipant(id: ParticipantId): Promise<void> {
    return this.call.kickParticipant(id);
  }
  /** Nobody new comes in while it is locked. */
  lockRoom(locked: boolean): Promise<void> {
    return this.call.lockRoom(locked);
  }
  /** Lets somebody in who waits. */
  acceptWaitingParticipant(waitingId: string): Promise<void> {
    return this.call.acceptWaitingParticipant(waitingId);
  }
  /** Turns somebody away who waits. */
  rejectWaitingParticipant(waitingId: string): Promise<void> {
    return this.call.rejectWaitingParticipant(waitingId);
  }
  /** Ends the call for everybody. */
  endMeeting(): Promise<void> {
    return this.call.endMeeting();
  }
}

function isOn(source: LocalSource): boolean {
  return source.status === 'on' || source.status === 'turning-on';
}
