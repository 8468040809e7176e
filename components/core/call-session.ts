/**
 * The call itself: takes intents, asks media, signaling and transport in order, and lets what really
 * happened come back as facts. Knows no element, no Socket.IO and no RTCPeerConnection.
 */
import { PROTOCOL_VERSION } from '../../server/protocol/limits.js';
import type { Goodbye } from '../../server/protocol/events.js';
import type { IceReply, JoinReply, JoinRequest, MediaState } from '../../server/protocol/schemas.js';
import { CallError } from './call-error.js';
import { INITIAL_STATE, type CallState, type LeftReason } from './call-state.js';
import type { Call, CallOptions } from './call.js';
import { Emitter } from './emitter.js';
import type { CallFact } from './facts.js';
import { LevelMeter } from './level-meter.js';
import type { DeviceKind, LocalMedia, MediaEvent } from './local-media.js';
import type { Logger } from './logger.js';
import { MediaAnnouncer } from './media-announcer.js';
import { ObservableValue } from './observable.js';
import type { Source } from './participant.js';
import { Playback } from './playback.js';
import { randomId } from './random-id.js';
import { reduce } from './reduce.js';
import type { Signaling, SignalingEvent } from './signaling.js';
import { acceptsSignals, reportsLevels, type CreateTransport, type MediaTransport } from './transport.js';

export interface SessionDeps {
  readonly media: LocalMedia;
  readonly logger: Logger;
  readonly createSignaling: (serverUrl: string) => Signaling;
  readonly createTransport: CreateTransport;
  /** Tells when the machine's network changed. Ends with the signal. */
  readonly watchNetwork: (changed: () => void, signal: AbortSignal) => void;
}

const SOURCES: readonly Source[] = ['microphone', 'camera', 'screen', 'screenAudio'];

const LEFT_BECAUSE: Readonly<Record<Goodbye['reason'], LeftReason>> = {
  kicked: 'kicked',
  ended: 'ended',
  duplicate: 'duplicate',
  'server-shutdown': 'server-shutdown',
  idle: 'network',
  abuse: 'network',
  'slow-consumer': 'network',
};

export class CallSession implements Call {
  readonly state = new ObservableValue<CallState>(INITIAL_STATE);
  readonly speakerId = new ObservableValue('');
  readonly levels: LevelMeter;
  readonly #facts = new Emitter<{ fact: CallFact; state: CallState }>();
  readonly #deps: SessionDeps;
  readonly #playback = new Playback((blocked) => this.#fact({ type: 'playback-blocked', blocked }));
  readonly #announcer: MediaAnnouncer;
  readonly #closed = new AbortController();
  #options: CallOptions;
  #line: Signaling | null = null;
  #transport: MediaTransport | null = null;
  /** One join at a time; aborted by `leave()`. */
  #joining: { readonly abort: AbortController; readonly done: Promise<void> } | null = null;

  constructor(options: CallOptions, deps: SessionDeps) {
    this.#options = options;
    this.#deps = deps;
    this.#announcer = new MediaAnnouncer(
      async (media) => void (await this.#line?.update({ media })),
      (error) => this.#warn(error),
    );
    this.levels = new LevelMeter(
      { local: () => deps.media.level(), remote: () => (this.#transport && reportsLevels(this.#transport) ? this.#transport.levels() : new Map()) },
      (participantId) => this.#fact({ type: 'speaker-changed', participantId }),
    );
    deps.media.onEvent((event) => this.#onMedia(event));
    deps.watchNetwork(() => this.#signalable()?.networkChanged(), this.#closed.signal);
    this.#configured();
  }

  onFact(listener: (fact: CallFact, state: CallState) => void, signal?: AbortSignal): () => void {
    return this.#facts.on(({ fact, state }) => listener(fact, state), signal);
  }

  configure(options: Partial<CallOptions>): void {
    const before = this.#options;
    this.#options = { ...before, ...options };
    const { room, displayName, avatarUrl, iceServers, iceTransportPolicy } = this.#options;
    const { meeting } = this.state.get();
    const inCall = meeting === 'joined' || meeting === 'joining';
    this.#configured();
    if (inCall && room !== before.room) {
      void this.#moveToRoom();
    } else if (meeting === 'joined' && (displayName !== before.displayName || avatarUrl !== before.avatarUrl)) {
      this.#line?.update({ displayName, avatarUrl: avatarUrl ?? '' }).catch((error: unknown) => this.#warn(error));
    }
    if (iceServers !== before.iceServers || iceTransportPolicy !== before.iceTransportPolicy) this.#signalable()?.reconfigured();
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
    if (meeting === 'new' || meeting === 'left') {
      this.#deps.media.close();
      await this.#closeLine();
      return;
    }
    await this.#end({ type: 'left', reason: 'voluntary', error: null });
  }

  async setMicrophone(on: boolean): Promise<void> {
    this.#fact({ type: 'source-wanted', source: 'microphone', wanted: on });
    await this.#deps.media.setMicrophone(on);
  }

  async setCamera(on: boolean): Promise<void> {
    this.#fact({ type: 'source-wanted', source: 'camera', wanted: on });
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
      const request = this.#joinRequest();
      // The devices open while the line does. Whatever is ready later is put on the running links.
      const devices = this.#openWanted();
      const reply = await this.#openLine().join(request, signal);
      if (signal.aborted) throw new CallError('ABORTED');
      this.#enter(reply);
      void devices;
    } catch (cause) {
      const error = cause instanceof CallError ? cause : new CallError('INTERNAL', { cause });
      if (!signal.aborted) await this.#end(joinFailure(error));
      throw error;
    }
  }

  #joinRequest(): JoinRequest {
    const { displayName, avatarUrl, externalId, token } = this.#options;
    return {
      protocol: PROTOCOL_VERSION,
      joinId: randomId(),
      room: this.#room(),
      media: this.#mediaState(),
      ...(displayName && { displayName }),
      ...(avatarUrl && { avatarUrl }),
      ...(externalId && { externalId }),
      ...(token && { token }),
    };
  }

  /** In the room, with a new identity: everything about the others starts here. */
  #enter(reply: JoinReply): void {
    void this.#transport?.close();
    const transport = this.#deps.createTransport({
      self: { id: reply.self.id, sequence: reply.self.sequence },
      logger: this.#deps.logger,
      iceTransportPolicy: () => this.#options.iceTransportPolicy,
      ice: this.#iceSource(reply),
      send: (to, message) => this.#line?.send(to, message) ?? Promise.reject(new CallError('NOT_JOINED')),
      fact: (fact) => this.#fact(fact),
    });
    this.#transport = transport;
    this.#fact({ type: 'joined', reply });
    this.#announcer.start(reply.self.media, this.#mediaState());
    transport.start(this.#closed.signal).catch((error: unknown) => this.#warn(error));
    for (const source of SOURCES) this.#publish(source, this.#deps.media.track(source));
    transport.setRoster(reply.roster.participants);
    this.levels.setInCall(true);
  }

  /** The first answer came with the join; later ones are asked for when the credentials may have expired. */
  #iceSource(reply: JoinReply): () => Promise<IceReply> {
    let last = reply.ice;
    let expires = expiry(last);
    return async () => {
      const { iceServers } = this.#options;
      if (iceServers) return { iceServers: iceServers.map(({ urls, username, credential }) => ({ urls: [urls].flat(), ...(username && { username }), ...(credential && { credential }) })) };
      if (performance.now() < expires || !this.#line) return last;
      // Without the line the old ones are the best there is: an allocation that exists outlives its credentials.
      last = await this.#line.ice().catch(() => last);
      expires = expiry(last);
      return last;
    };
  }

  async #moveToRoom(): Promise<void> {
    const sources = this.state.get().local;
    await this.#end({ type: 'left', reason: 'voluntary', error: null });
    for (const source of ['microphone', 'camera'] as const) this.#fact({ type: 'source-wanted', source, wanted: sources[source].status !== 'off' });
    await this.join().catch(() => undefined); // the failure is in the state, and announced
  }

  /** Out of the room, whoever wanted it: tell, close, let go of the devices, remember why. */
  async #end(fact: Extract<CallFact, { type: 'left' | 'join-failed' }>): Promise<void> {
    this.#joining?.abort.abort();
    this.#joining = null;
    const transport = this.#transport;
    this.#transport = null;
    this.levels.setInCall(false);
    this.#announcer.stop();
    this.#playback.clear();
    this.#deps.media.close();
    this.#fact(fact);
    await Promise.all([this.#closeLine(), transport?.close()]);
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

  async #closeLine(): Promise<void> {
    const line = this.#line;
    this.#line = null;
    await line?.leave();
    if (line && !this.#line) this.#fact({ type: 'connection-changed', connection: 'disconnected' });
  }

  #onSignaling(event: SignalingEvent): void {
    switch (event.type) {
      case 'fact':
        this.#fact(event.fact);
        if (event.fact.type === 'participant-joined' || event.fact.type === 'participant-left') this.#rosterChanged();
        return;
      case 'signal':
        this.#signalable()?.receive(event.from, event.signal);
        return;
      case 'resumed':
        this.#fact({ type: 'joined', reply: event.reply });
        this.#announcer.start(event.reply.self.media, this.#mediaState());
        this.#rosterChanged();
        this.#signalable()?.signalingResumed();
        return;
      case 'rejoined':
        this.#enter(event.reply);
        return;
      case 'refused':
        void this.#end(joinFailure(event.error));
        return;
      case 'goodbye': {
        const { reason, code } = event.goodbye;
        void this.#end({ type: 'left', reason: LEFT_BECAUSE[reason], error: new CallError(code) });
      }
    }
  }

  #onMedia(event: MediaEvent): void {
    if (event.type === 'track') {
      this.#publish(event.source, event.track);
      return;
    }
    this.#fact(event.fact);
    this.#announcer.changed(this.#mediaState());
  }

  #publish(source: Source, track: MediaStreamTrack | null): void {
    this.#transport?.publish(source, track).catch((error: unknown) => this.#warn(error));
  }

  #rosterChanged(): void {
    this.#transport?.setRoster(this.state.get().participants);
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
    const { room, displayName, avatarUrl, externalId, audio, video, lowData } = this.#options;
    this.#deps.media.setQuality({ lowData });
    this.#fact({ type: 'configured', room, displayName, avatarUrl, externalId });
    if (!['new', 'left', 'error'].includes(this.state.get().meeting)) return;
    this.#fact({ type: 'source-wanted', source: 'microphone', wanted: audio });
    this.#fact({ type: 'source-wanted', source: 'camera', wanted: video });
  }

  #room(): string {
    if (!this.#options.room) throw new CallError('NO_ROOM');
    return this.#options.room;
  }

  #signalable(): (MediaTransport & import('./transport.js').AcceptsSignals) | null {
    return this.#transport && acceptsSignals(this.#transport) ? this.#transport : null;
  }

  #warn(cause: unknown): void {
    if (this.state.get().meeting !== 'joined') return; // late echoes of a call that is over
    this.#fact({ type: 'warned', error: cause instanceof CallError ? cause : new CallError('INTERNAL', { cause }) });
  }

  #fact(fact: CallFact): void {
    const before = this.state.get();
    const after = reduce(before, fact);
    this.state.set(after);
    if (fact.type === 'speaker-changed' && after === before) return;
    this.#facts.emit({ fact, state: after });
  }
}

/** In the clock of `performance.now()`; a moment early, so that nothing expires on the way. */
function expiry({ expiresInMs }: IceReply): number {
  return expiresInMs === undefined ? Infinity : performance.now() + expiresInMs - 30_000;
}

function joinFailure(error: CallError): Extract<CallFact, { type: 'left' | 'join-failed' }> {
  if (error.code === 'ROOM_FULL') return { type: 'left', reason: 'full', error };
  if (error.code === 'ROOM_LOCKED' || error.code === 'FORBIDDEN' || error.code === 'UNAUTHENTICATED') return { type: 'left', reason: 'denied', error };
  return { type: 'join-failed', error, back: 'error' };
}
