/**
 * A call without network or devices, for tests of elements and of pages that use them: shows whatever
 * state it is given, tells whatever fact it is told, and notes what was asked of it.
 */
import type { Call, CallOptions, Levels } from '../core/call.js';
import { INITIAL_STATE, type CallState } from '../core/call-state.js';
import { Emitter } from '../core/emitter.js';
import type { CallFact } from '../core/facts.js';
import type { DeviceKind } from '../core/local-media.js';
import { NO_NETWORK, type NetworkStats } from '../core/network.js';
import type { NoiseSuppression } from '../core/participant.js';
import { ObservableValue } from '../core/observable.js';
import type { VideoSource } from '../core/participant.js';
import { SIMULATE, type Scenario, type Simulates } from '../core/simulation.js';
import type { VideoSize } from '../core/media/video-requests.js';

/** What was asked, by the name of the method, with its arguments. */
export interface Intent {
  readonly name: Exclude<keyof Call, 'state' | 'levels' | 'speakerId' | 'onFact'>;
  readonly with: readonly unknown[];
}

export class FakeCall implements Call, Simulates {
  readonly state: ObservableValue<CallState>;
  readonly levels = new ObservableValue<Levels>(new Map());
  readonly speakerId = new ObservableValue('');
  readonly intents: Intent[] = [];
  /** The last word on each source, by `participant/surface`; reports, not intents. */
  readonly videoRequests = new Map<string, VideoSize | null>();
  /** What it was put through. */
  readonly scenarios: Scenario[] = [];
  /** Everything it was configured with, later over earlier. */
  options: Partial<CallOptions>;
  /** Set to make the next intents of that name fail. */
  readonly failures = new Map<Intent['name'], Error>();
  /** What `getNetworkStats()` answers. */
  network: NetworkStats = NO_NETWORK;
  readonly #facts = new Emitter<{ readonly fact: CallFact; readonly state: CallState }>();

  constructor(options: Partial<CallOptions> = {}, state: Partial<CallState> = {}) {
    this.options = options;
    this.state = new ObservableValue<CallState>({ ...INITIAL_STATE, room: options.room ?? '', ...state });
  }

  set(change: Partial<CallState>): void {
    this.state.set({ ...this.state.get(), ...change });
  }

  /** Tells a fact, with the state as it is or as given. */
  emitFact(fact: CallFact, change: Partial<CallState> = {}): void {
    this.set(change);
    this.#facts.emit({ fact, state: this.state.get() });
  }

  /** The intents of one name. */
  asked(name: Intent['name']): readonly Intent[] {
    return this.intents.filter((intent) => intent.name === name);
  }

  onFact(listener: (fact: CallFact, state: CallState) => void, signal?: AbortSignal): () => void {
    return this.#facts.on(({ fact, state }) => listener(fact, state), signal);
  }

  configure(options: Partial<CallOptions>): void {
    this.intents.push({ name: 'configure', with: [options] });
    this.options = { ...this.options, ...options };
    const { meeting, local } = this.state.get();
    if (meeting === 'joined' || (options.audio === undefined && options.video === undefined)) return;
    const { microphone, camera } = local;
    this.set({
      local: {
        ...local,
        microphone: { ...microphone, wanted: options.audio ?? microphone.wanted },
        camera: { ...camera, wanted: options.video ?? camera.wanted },
      },
    });
  }
  prepare(soon = false): Promise<void> {
    return this.#note('prepare', ...(soon ? [soon] : []));
  }
  preview(): Promise<void> {
    return this.#note('preview');
  }
  join(): Promise<void> {
    return this.#note('join');
  }
  leave(): Promise<void> {
    return this.#note('leave');
  }
  cancelKnock(): Promise<void> {
    return this.#note('cancelKnock');
  }
  muteParticipants(ids: readonly string[]): Promise<void> {
    return this.#note('muteParticipants', ids);
  }
  kickParticipant(id: string): Promise<void> {
    return this.#note('kickParticipant', id);
  }
  lockRoom(locked: boolean): Promise<void> {
    return this.#note('lockRoom', locked);
  }
  setWaitingRoom(enabled: boolean): Promise<void> {
    return this.#note('setWaitingRoom', enabled);
  }
  acceptWaitingParticipant(id: string): Promise<void> {
    return this.#note('acceptWaitingParticipant', id);
  }
  rejectWaitingParticipant(id: string): Promise<void> {
    return this.#note('rejectWaitingParticipant', id);
  }
  endMeeting(): Promise<void> {
    return this.#note('endMeeting');
  }
  setMicrophone(on: boolean): Promise<void> {
    return this.#note('setMicrophone', on);
  }
  setCamera(on: boolean): Promise<void> {
    return this.#note('setCamera', on);
  }
  setScreenshare(on: boolean): Promise<void> {
    return this.#note('setScreenshare', on);
  }
  switchActiveDevice(kind: DeviceKind, id: string | null): Promise<void> {
    return this.#note('switchActiveDevice', kind, id);
  }
  startRecording(): Promise<void> {
    return this.#note('startRecording');
  }
  stopRecording(): Promise<void> {
    return this.#note('stopRecording');
  }
  setBackground(background: string): Promise<void> {
    return this.#note('setBackground', background);
  }
  setNoiseSuppression(level: NoiseSuppression | boolean): Promise<void> {
    return this.#note('setNoiseSuppression', level);
  }
  reportPlaybackBlocked(retry: () => Promise<void>): () => void {
    this.intents.push({ name: 'reportPlaybackBlocked', with: [retry] });
    return () => undefined;
  }
  requestVideo(participantId: string, source: VideoSource, view: VideoSize | null): void {
    this.videoRequests.set(`${participantId}/${source}`, view);
  }
  async getNetworkStats(): Promise<NetworkStats> {
    await this.#note('getNetworkStats');
    return this.network;
  }
  startAudio(): Promise<void> {
    return this.#note('startAudio');
  }
  lowerHand(id: string): Promise<void> {
    return this.#note('lowerHand', id);
  }
  sendChatMessage(text: string): Promise<void> {
    return this.#note('sendChatMessage', text);
  }
  retryChatMessage(id: string): Promise<void> {
    return this.#note('retryChatMessage', id);
  }
  markChatRead(): void {
    void this.#note('markChatRead');
    if (this.state.get().chatUnread) this.set({ chatUnread: 0 });
  }
  sendAppMessage(data: unknown, to?: string): Promise<void> {
    return this.#note('sendAppMessage', data, to);
  }
  sendReaction(emoji: string): Promise<void> {
    return this.#note('sendReaction', emoji);
  }
  setHandRaised(on: boolean): Promise<void> {
    return this.#note('setHandRaised', on);
  }
  /** Shows the trouble until the next change: a fake has nothing that could mend itself. */
  [SIMULATE](scenario: Scenario): void {
    this.scenarios.push(scenario);
    if (scenario === 'signal-reconnect' || scenario === 'server-restart')
      this.emitFact({ type: 'connection-changed', connection: 'reconnecting' }, { connection: 'reconnecting' });
    if (scenario !== 'ice-failed' && scenario !== 'media-silent') return;
    const participants = this.state.get().participants.map((p) => ({ ...p, link: 'reconnecting' as const }));
    this.set({ participants });
    for (const { id } of participants) this.emitFact({ type: 'link-changed', participantId: id, link: 'reconnecting' });
  }

  close(): void {
    this.intents.push({ name: 'close', with: [] });
  }

  #note(name: Intent['name'], ...args: readonly unknown[]): Promise<void> {
    this.intents.push({ name, with: args });
    const failure = this.failures.get(name);
    return failure ? Promise.reject(failure) : Promise.resolve();
  }
}
