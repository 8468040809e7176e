/**
 * The call itself: holds options and state, takes intents, asks media and the visit in order, and lets what
 * really happened come back as facts. Knows no element, no Socket.IO and no RTCPeerConnection.
 */
import type { ClientToServer } from '../../server/protocol/events.js';
import { PROTOCOL_VERSION } from '../../server/protocol/limits.js';
import type { JoinRequest } from '../../server/protocol/schemas.js';
import { CallError } from './call-error.js';
import { INITIAL_STATE, type CallState } from './call-state.js';
import type { Call, CallOptions } from './call.js';
import { EffectControl, type LoadEffects } from './effects.js';
import { Emitter } from './emitter.js';
import { EntryProofs, type FreshToken, type Proofs } from './entry-proofs.js';
import type { CallFact } from './facts.js';
import { LevelMeter } from './level-meter.js';
import { mediaStateOf, type DeviceKind, type LocalMedia, type MediaEvent } from './local-media.js';
import type { Logger } from './logger.js';
import type { NetworkStats } from './network.js';
import { ObservableValue } from './observable.js';
import type { ReturnMemory, SeatMemory, WatchPage } from './page.js';
import type { NoiseSuppression } from './participant.js';
import { Playback } from './playback.js';
import { randomId } from './random-id.js';
import { reduce } from './reduce.js';
import type { ModeratorEvent, Signaling } from './signaling.js';
import { RecordingControl, type LoadRecorder } from './recording.js';
import { SIMULATE, TRANSPORTS, type Scenario, type Simulates, type SwitchesTransports } from './simulation.js';
import { MessagingIntents } from './messaging-intents.js';
import type { CreateMessaging, Messaging } from './messaging/messaging.js';
import { DEFAULT_TIMINGS, type CallTimings } from './timings.js';
import type { VideoSize } from './media/video-requests.js';
import type { CreateEarlyConnections } from './media/early-connections.js';
import type { CreateTransport } from './media/media-transport.js';
import type { ParticipantId, VideoSource } from './participant.js';
import { RoomConnection } from './room-connection.js';

export interface CallEngineDeps {
  readonly media: LocalMedia;
  readonly logger: Logger;
  readonly createSignaling: (serverUrl: string, freshToken: FreshToken) => Signaling;
  /** Brings what `createTransport` needs; awaited before anybody is inside. */
  readonly loadTransport?: () => Promise<void>;
  readonly createTransport: CreateTransport;
  readonly createEarlyConnections?: CreateEarlyConnections;
  readonly createMessaging: CreateMessaging;
  readonly effects: LoadEffects;
  readonly recorder: LoadRecorder;
  readonly seats: SeatMemory;
  readonly returns?: ReturnMemory;
  readonly watchPage: WatchPage;
  readonly timings?: CallTimings;
}

export class CallEngine extends MessagingIntents implements Call, Simulates, SwitchesTransports {
  readonly state = new ObservableValue<CallState>(INITIAL_STATE);
  readonly speakerId = new ObservableValue('');
  readonly levels: LevelMeter;
  readonly #facts = new Emitter<{ fact: CallFact; state: CallState }>();
  readonly #media: LocalMedia;
  readonly #seats: SeatMemory;
  readonly #connection: RoomConnection;
  readonly #proofs: EntryProofs;
  readonly #playback = new Playback((blocked) => this.#fact({ type: 'playback-blocked', blocked }));
  readonly #closed = new AbortController();
  readonly #effects: EffectControl;
  readonly #recording: RecordingControl;
  #options: CallOptions;

  constructor(options: CallOptions, deps: CallEngineDeps) {
    super();
    this.#options = options;
    this.#media = deps.media;
    this.#seats = deps.seats;
    this.#recording = new RecordingControl(deps.recorder, {
      state: this.state,
      track: (source) => deps.media.track(source),
      showing: (id, source, view) => this.#connection.requestedVideo?.request(id, source, view, 'recording'),
      changed: (recording) => {
        this.#fact({ type: 'recording-changed', recording });
        this.#connection.session?.mediaChanged();
      },
      failed: (cause) => this.#fact({ type: 'warned', error: CallError.from(cause) }),
    });
    this.#effects = new EffectControl(deps.media, deps.effects, (fact) => this.#fact(fact));
    this.#proofs = new EntryProofs({
      source: () => this.#options.token,
      place: () => ({ serverUrl: this.#options.serverUrl, room: this.#options.room }),
      memory: deps.returns,
      needed: (reason) => {
        let promised = false;
        this.#fact({ type: 'token-needed', reason, promise: () => (promised = true) });
        return promised;
      },
      waitMs: (deps.timings ?? DEFAULT_TIMINGS).signaling.tokenMs,
    });
    this.#connection = new RoomConnection({
      timings: DEFAULT_TIMINGS,
      ...deps,
      proofs: this.#proofs,
      options: () => this.#options,
      state: () => this.state.get(),
      fact: (fact) => this.#fact(fact),
      warn: (cause) =>
        this.#fact({ type: 'warned', error: cause instanceof CallError ? cause : new CallError('INTERNAL', { cause }) }),
      joinRequest: () => this.#joinRequest(),
      inRoom: (inside) => {
        if (inside) return;
        this.#playback.clear();
        void this.#recording.stop().catch(() => undefined);
      },
      turnOff: (source) => {
        const set = { microphone: this.setMicrophone, camera: this.setCamera, screen: this.setScreenshare }[source];
        void set.call(this, false);
      },
    });
    this.levels = new LevelMeter({ local: () => deps.media.level(), remote: () => this.#connection.session?.levels });
    deps.media.onEvent((event) => this.#onMedia(event));
    deps.watchPage(
      {
        networkChanged: () => this.#connection.networkChanged(),
        seen: () => {
          this.#proofs.unkeep();
          this.#connection.signaling?.check();
        },
        unseen: () => this.#proofs.keep(),
        hidden: () => this.#pageHidden(),
        restored: () => {
          this.#proofs.unkeep();
          this.#connection.signaling?.wake();
        },
      },
      this.#closed.signal,
    );
    this.#configured();
    this.#wanted('microphone', options.audio);
    this.#wanted('camera', options.video);
    if (options.background !== 'none') void this.#attempt(this.setBackground(options.background));
    if (options.noiseSuppression !== 'on') void this.#attempt(this.setNoiseSuppression(options.noiseSuppression));
  }

  onFact(listener: (fact: CallFact, state: CallState) => void, signal?: AbortSignal): () => void {
    return this.#facts.on(({ fact, state }) => listener(fact, state), signal);
  }

  configure(options: Partial<CallOptions>): void {
    const before = this.#options;
    this.#options = { ...before, ...options };
    const { room, token, displayName, avatarUrl, iceServers, iceTransportPolicy, audio, video } = this.#options;
    const { meeting } = this.state.get();
    this.#configured();
    if (token !== before.token) this.#proofs.changed();
    if (room !== before.room) this.#connection.closePreview();
    // State at join: what the visitor chose in a running call is not undone from outside.
    if (audio !== before.audio && meeting !== 'joined') this.#wanted('microphone', audio);
    if (video !== before.video && meeting !== 'joined') this.#wanted('camera', video);
    if (room !== before.room && (meeting === 'joined' || meeting === 'joining')) {
      void this.#moveToRoom();
    } else if (meeting === 'joined' && (displayName !== before.displayName || avatarUrl !== before.avatarUrl)) {
      this.#connection.renamed();
    }
    const { background, noiseSuppression } = this.#options;
    if (background !== before.background) void this.#attempt(this.setBackground(background));
    if (noiseSuppression !== before.noiseSuppression) void this.#attempt(this.setNoiseSuppression(noiseSuppression));
    if (iceServers !== before.iceServers || iceTransportPolicy !== before.iceTransportPolicy) this.#connection.reconfigured();
  }

  async prepare(soon = false): Promise<void> {
    const room = this.#room();
    await this.#connection.prepare({ protocol: PROTOCOL_VERSION, room, ...(await this.#proofs.forEntry()) }, soon);
  }

  async preview(): Promise<void> {
    const { meeting, local } = this.state.get();
    if (meeting !== 'joined' && meeting !== 'joining') this.#fact({ type: 'prejoin-opened' });
    await this.#media.open({ microphone: local.microphone.wanted, camera: local.camera.wanted });
  }

  join(): Promise<void> {
    return this.#closed.signal.aborted ? Promise.reject(new CallError('ABORTED')) : this.#connection.join();
  }

  async leave(): Promise<void> {
    const { meeting } = this.state.get();
    if (meeting === 'new' || meeting === 'left') await this.#connection.release();
    else await this.#connection.end({ type: 'left', reason: 'voluntary', error: null });
  }

  async cancelKnock(): Promise<void> {
    if (this.state.get().meeting === 'waiting') await this.#connection.end({ type: 'knock-cancelled' });
  }

  async setMicrophone(on: boolean): Promise<void> {
    this.#wanted('microphone', on);
    await this.#media.setMicrophone(on);
  }

  async setCamera(on: boolean): Promise<void> {
    this.#wanted('camera', on);
    await this.#media.setCamera(on);
  }

  async setScreenshare(on: boolean): Promise<void> {
    if (on && this.state.get().meeting !== 'joined') this.#outside();
    await this.#media.setScreenshare(on);
  }

  setBackground(background: string): Promise<void> {
    return this.#effects.setBackground(background);
  }

  setNoiseSuppression(level: NoiseSuppression | boolean): Promise<void> {
    this.#options = { ...this.#options, noiseSuppression: level === true ? 'on' : level || 'off' };
    this.#quality();
    return this.#effects.setNoise(this.#options.noiseSuppression);
  }

  startRecording(): Promise<void> {
    return this.#recording.start();
  }

  stopRecording(): Promise<void> {
    return this.#recording.stop();
  }

  async switchActiveDevice(kind: DeviceKind, id: string | null): Promise<void> {
    if (kind === 'speaker') {
      this.speakerId.set(id ?? '');
      this.#fact({ type: 'output-device-selected', deviceId: id ?? '' });
    } else await this.#media.switchDevice(kind, id);
  }

  requestVideo(participantId: ParticipantId, source: VideoSource, view: VideoSize | null): void {
    this.#connection.requestedVideo?.request(participantId, source, view, 'page');
  }

  reportPlaybackBlocked(retry: () => Promise<void>): () => void {
    return this.#playback.report(retry);
  }

  startAudio(): Promise<void> {
    return this.#playback.startAll();
  }

  async getNetworkStats(): Promise<NetworkStats> {
    return this.#connection.session?.media.networkStats() ?? this.#outside();
  }

  get [TRANSPORTS](): SwitchesTransports[typeof TRANSPORTS] {
    return this.#connection.session?.media ?? null;
  }

  [SIMULATE](scenario: Scenario): void {
    this.#connection.simulate(scenario);
  }

  close(): void {
    if (this.#closed.signal.aborted) return;
    void this.leave();
    this.levels.close();
    this.#closed.abort();
  }

  protected override messaging(): Messaging {
    return this.#connection.session?.messaging ?? this.#outside();
  }

  async setHandRaised(on: boolean): Promise<void> {
    const { signaling } = this.#connection;
    if (this.state.get().meeting !== 'joined' || !signaling) return this.#outside();
    await signaling.update({ handRaised: on });
  }

  markChatRead(): void {
    const { chat, chatUnread } = this.state.get();
    if (chatUnread) this.#fact({ type: 'chat-changed', chat, unread: 0, message: null });
  }

  /** What came of it is told as a fact, to everybody. */
  protected override async moderate<E extends ModeratorEvent>(event: E, request: ClientToServer[E]['request']): Promise<void> {
    const { signaling } = this.#connection;
    if (this.state.get().meeting !== 'joined' || !signaling) return this.#outside();
    await signaling.request(event, request);
  }

  #joinRequest(): JoinRequest | Promise<JoinRequest> {
    this.#room();
    const proofs = this.#proofs.forEntry();
    return proofs instanceof Promise ? proofs.then((given) => this.#requestWith(given)) : this.#requestWith(proofs);
  }

  #requestWith(proofs: Proofs): JoinRequest {
    const { displayName, avatarUrl, externalId, serverUrl } = this.#options;
    const room = this.#room();
    const resume = this.#seats.take(serverUrl, room);
    return {
      protocol: PROTOCOL_VERSION,
      joinId: randomId(),
      room,
      media: mediaStateOf(this.state.get().local, this.#media),
      ...(displayName && { displayName }),
      ...(avatarUrl && { avatarUrl }),
      ...(externalId && { externalId }),
      ...proofs,
      ...(resume && { resume }),
    };
  }

  async #moveToRoom(): Promise<void> {
    const { microphone, camera } = this.state.get().local;
    await this.leave();
    this.#wanted('microphone', microphone.status !== 'off');
    this.#wanted('camera', camera.status !== 'off');
    await this.join().catch(() => undefined); // the failure is in the state, and announced
  }

  /** Nothing can be awaited any more: the server is told, and the tab remembers the seat. */
  #pageHidden(): void {
    this.#proofs.keep();
    const seat = this.#connection.signaling?.suspend();
    if (seat) this.#seats.save(this.#options.serverUrl, this.#options.room, seat);
  }

  #onMedia(event: MediaEvent): void {
    if (event.type === 'track') {
      this.#connection.session?.media.publish(event.source, event.track);
    } else {
      this.#fact(event.fact);
      this.#connection.session?.mediaChanged();
    }
  }

  #wanted(source: 'microphone' | 'camera', wanted: boolean): void {
    this.#fact({ type: 'source-wanted', source, wanted });
  }

  #configured(): void {
    const { room, displayName, avatarUrl, externalId, localStream } = this.#options;
    this.#quality();
    this.#media.setStream(localStream);
    this.#fact({ type: 'configured', room, displayName, avatarUrl, externalId });
  }

  #quality(): void {
    const { lowData, noiseSuppression, resolution } = this.#options;
    this.#media.setQuality({ lowData, resolution, noiseSuppression: noiseSuppression !== 'off' });
  }

  async #attempt(change: Promise<void>): Promise<void> {
    await change.catch((error: unknown) => this.#fact({ type: 'warned', error: CallError.from(error) }));
  }

  #outside(): never {
    throw new CallError('NOT_JOINED');
  }

  #room(): string {
    if (!this.#options.room) throw new CallError('NO_ROOM');
    return this.#options.room;
  }

  #fact(fact: CallFact): void {
    const before = this.state.get();
    const after = reduce(before, fact);
    this.state.set(after);
    this.#facts.emit({ fact, state: after });
  }
}
