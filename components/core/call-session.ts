/**
 * The call itself: takes intents, asks media, signaling and transport in order, and lets what really
 * happened come back as facts. Knows no element, no Socket.IO and no RTCPeerConnection.
 */
import { PROTOCOL_VERSION } from '../../server/protocol/limits.js';
import type { JoinReply, JoinRequest, MediaState } from '../../server/protocol/schemas.js';
import { CallError } from './call-error.js';
import { INITIAL_STATE, type CallState } from './call-state.js';
import type { Call, CallOptions } from './call.js';
import { Emitter } from './emitter.js';
import { endedBy, joinFailure } from './endings.js';
import type { CallFact, FactOf } from './facts.js';
import { LevelMeter } from './level-meter.js';
import type { DeviceKind, LocalMedia, MediaEvent } from './local-media.js';
import type { Logger } from './logger.js';
import { ObservableValue } from './observable.js';
import type { SeatMemory, WatchPage } from './page.js';
import type { Source } from './participant.js';
import { Playback } from './playback.js';
import { randomId } from './random-id.js';
import { reduce } from './reduce.js';
import { RoomStay } from './room-stay.js';
import type { Signaling, SignalingEvent } from './signaling.js';
import type { CreateTransport } from './transport.js';

export interface SessionDeps {
  readonly media: LocalMedia;
  readonly logger: Logger;
  readonly createSignaling: (serverUrl: string) => Signaling;
  readonly createTransport: CreateTransport;
  readonly seats: SeatMemory;
  readonly watchPage: WatchPage;
}

const SOURCES: readonly Source[] = ['microphone', 'camera', 'screen', 'screenAudio'];

export class CallSession implements Call {
  readonly state = new ObservableValue<CallState>(INITIAL_STATE);
  readonly speakerId = new ObservableValue('');
  readonly levels: LevelMeter;
  readonly #facts = new Emitter<{ fact: CallFact; state: CallState }>();
  readonly #deps: SessionDeps;
  readonly #playback = new Playback((blocked) => this.#fact({ type: 'playback-blocked', blocked }));
  readonly #closed = new AbortController();
  #options: CallOptions;
  #line: Signaling | null = null;
  #stay: RoomStay | null = null;
  /** One join at a time; aborted by `leave()`. */
  #joining: { readonly abort: AbortController; readonly done: Promise<void> } | null = null;

  constructor(options: CallOptions, deps: SessionDeps) {
    this.#options = options;
    this.#deps = deps;
    this.levels = new LevelMeter(
      { local: () => deps.media.level(), remote: () => this.#stay?.levels() ?? new Map() },
      (participantId) => this.#fact({ type: 'speaker-changed', participantId }),
    );
    deps.media.onEvent((event) => this.#onMedia(event));
    deps.watchPage(
      {
        networkChanged: () => {
          this.#line?.check();
          this.#stay?.networkChanged();
        },
        seen: () => this.#line?.check(),
        hidden: () => this.#pageHidden(),
        restored: () => this.#line?.wake(),
      },
      this.#closed.signal,
    );
    this.#configured();
    this.#wanted('microphone', options.audio);
    this.#wanted('camera', options.video);
  }

  onFact(listener: (fact: CallFact, state: CallState) => void, signal?: AbortSignal): () => void {
    return this.#facts.on(({ fact, state }) => listener(fact, state), signal);
  }

  configure(options: Partial<CallOptions>): void {
    const before = this.#options;
    this.#options = { ...before, ...options };
    const { room, displayName, avatarUrl, iceServers, iceTransportPolicy, audio, video } = this.#options;
    const { meeting } = this.state.get();
    this.#configured();
    // State at join: what the visitor chose in a running call is not undone from outside.
    if (audio !== before.audio && meeting !== 'joined') this.#wanted('microphone', audio);
    if (video !== before.video && meeting !== 'joined') this.#wanted('camera', video);
    if (room !== before.room && (meeting === 'joined' || meeting === 'joining')) {
      void this.#moveToRoom();
    } else if (meeting === 'joined' && (displayName !== before.displayName || avatarUrl !== before.avatarUrl)) {
      this.#line?.update({ displayName, avatarUrl: avatarUrl ?? '' }).catch((error: unknown) => this.#warn(error));
    }
    if (iceServers !== before.iceServers || iceTransportPolicy !== before.iceTransportPolicy) this.#stay?.reconfigured();
  }

  async prepare(): Promise<void> {
    if (this.#joining || this.state.get().meeting === 'joined') return;
    await this.#openLine().prepare(this.#room());
  }

  async preview(): Promise<void> {
    const { meeting } = this.state.get();
    if (meeting !== 'joined' && meeting !== 'joining') this.#fact({ type: 'prejoin-opened' });
    await this.#openWanted();
  }

  join(): Promise<void> {
    if (this.#closed.signal.aborted) return Promise.reject(new CallError('ABORTED'));
    if (this.#joining) return this.#joining.done;
    if (this.state.get().meeting === 'joined') return Promise.resolve();
    const abort = new AbortController();
    const done = this.#join(abort.signal).finally(() => {
      if (this.#joining?.abort === abort) this.#joining = null;
    });
    this.#joining = { abort, done };
    return done;
  }

  async leave(): Promise<void> {
    const { meeting } = this.state.get();
    if (meeting === 'new' || meeting === 'left') await this.#letGo();
    else await this.#end({ type: 'left', reason: 'voluntary', error: null });
  }

  async setMicrophone(on: boolean): Promise<void> {
    this.#wanted('microphone', on);
    await this.#deps.media.setMicrophone(on);
  }

  async setCamera(on: boolean): Promise<void> {
    this.#wanted('camera', on);
    await this.#deps.media.setCamera(on);
  }

  async setScreenshare(on: boolean): Promise<void> {
    if (on && this.state.get().meeting !== 'joined') throw new CallError('NOT_JOINED');
    await this.#deps.media.setScreenshare(on);
  }

  async switchActiveDevice(kind: DeviceKind, id: string | null): Promise<void> {
    if (kind === 'speaker') this.speakerId.set(id ?? '');
    else await this.#deps.media.switchDevice(kind, id);
  }

  reportPlaybackBlocked(retry: () => Promise<void>): () => void {
    return this.#playback.report(retry);
  }

  startAudio(): Promise<void> {
    return this.#playback.startAll();
  }

  close(): void {
    if (this.#closed.signal.aborted) return;
    void this.leave();
    this.levels.close();
    this.#closed.abort();
  }

  async #join(signal: AbortSignal): Promise<void> {
    try {
      this.#fact({ type: 'join-started' });
      const room = this.#room();
      // The devices open while the line does. What is ready later is put on the running links.
      void this.#openWanted();
      const reply = await this.#openLine().join(this.#joinRequest(room), signal);
      if (signal.aborted) throw new CallError('ABORTED');
      this.#enter(reply);
    } catch (cause) {
      const error = cause instanceof CallError ? cause : new CallError('INTERNAL', { cause });
      if (!signal.aborted) await this.#end(joinFailure(error));
      throw error;
    }
  }

  #joinRequest(room: string): JoinRequest {
    const { displayName, avatarUrl, externalId, token, serverUrl } = this.#options;
    const resume = this.#deps.seats.take(serverUrl, room);
    return {
      protocol: PROTOCOL_VERSION,
      joinId: randomId(),
      room,
      media: this.#mediaState(),
      ...(displayName && { displayName }),
      ...(avatarUrl && { avatarUrl }),
      ...(externalId && { externalId }),
      ...(token && { token }),
      ...(resume && { resume }),
    };
  }

  /** In the room, with a new identity: everything about the others starts here. */
  #enter(reply: JoinReply): void {
    const { media, logger, createTransport } = this.#deps;
    void this.#stay?.end();
    this.#fact({ type: 'joined', reply });
    this.#stay = new RoomStay(reply, {
      line: this.#openLine(),
      logger,
      createTransport,
      options: () => this.#options,
      fact: (fact) => this.#fact(fact),
      warn: (cause) => this.#warn(cause),
    });
    const tracks = SOURCES.flatMap((source) => {
      const track = media.track(source);
      return track ? [[source, track] as const] : [];
    });
    this.#stay.start(reply, this.#mediaState(), new Map(tracks));
    this.levels.setInCall(true);
  }

  async #moveToRoom(): Promise<void> {
    const { microphone, camera } = this.state.get().local;
    await this.#end({ type: 'left', reason: 'voluntary', error: null });
    this.#wanted('microphone', microphone.status !== 'off');
    this.#wanted('camera', camera.status !== 'off');
    await this.join().catch(() => undefined); // the failure is in the state, and announced
  }

  /** Out of the room, whoever wanted it: tell, close, let go of the devices, remember why. */
  async #end(fact: FactOf<'left' | 'join-failed'>): Promise<void> {
    this.#joining?.abort.abort();
    this.#joining = null;
    const stay = this.#stay;
    this.#stay = null;
    this.levels.setInCall(false);
    this.#playback.clear();
    const closing = [stay?.end(), this.#letGo()];
    this.#fact(fact);
    await Promise.all(closing);
  }

  /** Devices and line closed. */
  async #letGo(): Promise<void> {
    this.#deps.media.close();
    const line = this.#line;
    this.#line = null;
    await line?.leave();
    if (!this.#line) this.#fact({ type: 'connection-changed', connection: 'disconnected' });
  }

  #openLine(): Signaling {
    if (this.#line) return this.#line;
    const line = this.#deps.createSignaling(this.#options.serverUrl);
    line.onEvent((event) => {
      if (line === this.#line) this.#onSignaling(event);
    });
    this.#line = line;
    return line;
  }

  #onSignaling(event: SignalingEvent): void {
    switch (event.type) {
      case 'fact':
        this.#fact(event.fact);
        this.#onRoster(event.fact);
        return;
      case 'signal':
        this.#stay?.receive(event.from, event.signal);
        return;
      case 'resumed':
        this.#resumed(event.reply, event.restarted);
        return;
      case 'rejoined':
        this.#enter(event.reply);
        return;
      case 'refused':
        void this.#end(joinFailure(event.error));
        return;
      case 'goodbye':
        void this.#end(endedBy(event.goodbye));
    }
  }

  #onRoster(fact: CallFact): void {
    if (fact.type === 'participant-joined' || fact.type === 'participant-updated') this.#stay?.returned(fact.participant.id);
    else if (fact.type !== 'participant-left') return;
    this.#stay?.rosterChanged(this.state.get().participants);
  }

  #resumed(reply: JoinReply, restarted: boolean): void {
    this.#fact({ type: 'joined', reply, restarted });
    const { participants } = this.state.get();
    this.#stay?.resumed(reply, this.#mediaState(), participants);
    const here = new Set(reply.roster.participants.map(({ id }) => id));
    const missing = participants.map(({ id }) => id).filter((id) => !here.has(id));
    this.#stay?.awaitReturn(missing, reply.graceMs, (participantId) => {
      this.#fact({ type: 'participant-left', participantId, reason: 'timeout' });
      this.#stay?.rosterChanged(this.state.get().participants);
    });
  }

  /** Nothing can be awaited any more: the server is told, and the tab remembers the seat. */
  #pageHidden(): void {
    const seat = this.#line?.suspend();
    if (seat) this.#deps.seats.save(this.#options.serverUrl, this.#options.room, seat);
  }

  #onMedia(event: MediaEvent): void {
    if (event.type === 'track') {
      this.#stay?.publish(event.source, event.track);
    } else {
      this.#fact(event.fact);
      this.#stay?.mediaChanged(this.#mediaState());
    }
  }

  #wanted(source: 'microphone' | 'camera', wanted: boolean): void {
    this.#fact({ type: 'source-wanted', source, wanted });
  }

  #openWanted(): Promise<void> {
    const { microphone, camera } = this.state.get().local;
    return this.#deps.media.open({ microphone: microphone.wanted, camera: camera.wanted });
  }

  #mediaState(): MediaState {
    const { microphone, camera, screen } = this.state.get().local;
    return {
      microphone: microphone.status === 'on',
      camera: camera.status === 'on',
      screen: screen.status === 'on',
      screenAudio: this.#deps.media.track('screenAudio') !== null,
    };
  }

  #configured(): void {
    const { room, displayName, avatarUrl, externalId, lowData } = this.#options;
    this.#deps.media.setQuality({ lowData });
    this.#fact({ type: 'configured', room, displayName, avatarUrl, externalId });
  }

  #room(): string {
    if (!this.#options.room) throw new CallError('NO_ROOM');
    return this.#options.room;
  }

  #warn(cause: unknown): void {
    this.#fact({ type: 'warned', error: cause instanceof CallError ? cause : new CallError('INTERNAL', { cause }) });
  }

  #fact(fact: CallFact): void {
    const before = this.state.get();
    const after = reduce(before, fact);
    this.state.set(after);
    if (fact.type === 'speaker-changed' && after === before) return; // measured ten times a second, told when it changes
    this.#facts.emit({ fact, state: after });
  }
}
