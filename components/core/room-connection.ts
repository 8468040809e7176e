/**
 * A visit to a room, from the look at the door to the end: the signaling connection to the server, the session inside, joining
 * and leaving. Knows no options but through the session, and no element.
 */
import type { JoinReply, JoinRequest, PrepareRequest } from '../../server/protocol/schemas.js';
import { CallError } from './call-error.js';
import type { CallState } from './call-state.js';
import type { CallOptions } from './call.js';
import { endedBy, joinFailure } from './endings.js';
import type { CallFact, FactOf, LocalSourceName } from './facts.js';
import { tracksOf, mediaStateOf, type LocalMedia } from './local-media.js';
import { RoomPreview } from './room-preview.js';
import type { EntryProofs, FreshToken } from './entry-proofs.js';
import type { Logger } from './logger.js';
import type { RequestedVideo } from './media/video-requests.js';
import { Reconciler } from './reconciler.js';
import type { RoomSession } from './room-session.js';
import type { Signaling, SignalingEvent } from './signaling.js';
import { endTrack, RESTART_MS, type Scenario } from './simulation.js';
import type { CreateMessaging } from './messaging/messaging.js';
import type { CallTimings } from './timings.js';
import type { CreateEarlyConnections, EarlyConnections } from './media/early-connections.js';
import type { CreateTransport } from './media/media-transport.js';

export interface RoomConnectionDeps {
  readonly timings: CallTimings;
  readonly media: LocalMedia;
  readonly logger: Logger;
  readonly createSignaling: (serverUrl: string, freshToken: FreshToken) => Signaling;
  readonly proofs: EntryProofs;
  /** Brings what `createTransport` needs. */
  readonly loadTransport?: () => Promise<void>;
  readonly createTransport: CreateTransport;
  /** Absent: every join goes the ordinary way. */
  readonly createEarlyConnections?: CreateEarlyConnections;
  readonly createMessaging: CreateMessaging;
  options(): CallOptions;
  state(): CallState;
  fact(fact: CallFact): void;
  warn(cause: unknown): void;
  /** Asked at the last moment, so that it says what is on by then. */
  joinRequest(): JoinRequest | Promise<JoinRequest>;
  inRoom(inside: boolean): void;
  turnOff(source: LocalSourceName): void;
}

export class RoomConnection {
  readonly #deps: RoomConnectionDeps;
  readonly #profile: Reconciler<Profile>;
  #signaling: Signaling | null = null;
  #session: RoomSession | null = null;
  /** What a session is made of: comes beside the signaling connection, and is there before anybody is inside. */
  #sessionModule: typeof import('./room-session.js') | undefined;
  readonly #preview = new RoomPreview({
    ask: async (request) => {
      const brought = this.#load().catch(() => undefined); // asked again when joining
      await this.#openSignaling().prepare(request);
      await brought;
    },
    createEarlyConnections: () => this.#createEarlyConnections(),
  });
  /** What the server told between its answer and our being inside: the transport may still be on its way. */
  #early: SignalingEvent[] = [];
  /** The room hears that we left. */
  #leaving: Promise<unknown> | null = null;
  /** One join at a time; aborted by the end. */
  #joining: { readonly abort: AbortController; readonly done: Promise<void> } | null = null;

  /** What is shown here of everybody: kept when a room is entered anew, because the tiles tell only what changes. Null: never inside. */
  #requestedVideo: RequestedVideo | null = null;

  constructor(deps: RoomConnectionDeps) {
    this.#deps = deps;
    this.#profile = new Reconciler({
      send: ({ displayName, avatarUrl }) => this.#openSignaling().update({ displayName, avatarUrl }),
      same: (a, b) => a.displayName === b.displayName && a.avatarUrl === b.avatarUrl,
      failed: (error) => deps.warn(error),
    });
  }

  get signaling(): Signaling | null {
    return this.#signaling;
  }

  get requestedVideo(): RequestedVideo | null {
    return this.#requestedVideo;
  }

  /** Null until we are inside. */
  get session(): RoomSession | null {
    return this.#session;
  }

  /** `soon`: the visitor is about to join. */
  async prepare(request: PrepareRequest, soon: boolean): Promise<void> {
    if (this.#joining || this.#session) return;
    await this.#preview.open(request, soon);
  }

  /** What was made ready there is for another room now. */
  closePreview(): void {
    this.#preview.close();
  }

  join(): Promise<void> {
    if (this.#joining) return this.#joining.done;
    if (this.#session) return Promise.resolve();
    const abort = new AbortController();
    const done = this.#join(abort.signal).finally(() => {
      if (this.#joining?.abort === abort) this.#joining = null;
    });
    this.#joining = { abort, done };
    return done;
  }

  /** Out of the room, whoever wanted it: tell, close, let go of the devices, remember why. */
  async end(fact: FactOf<'left' | 'join-failed' | 'knock-cancelled'>): Promise<void> {
    this.#joining?.abort.abort();
    this.#joining = null;
    this.#early = [];
    this.#preview.close();
    const session = this.#session;
    this.#session = null;
    this.#profile.stop();
    this.#deps.inRoom(false);
    const closing = [session?.end() ?? Promise.resolve(), this.release()];
    this.#deps.fact(fact);
    await Promise.all(closing);
  }

  /** Devices and signaling connection closed. */
  async release(): Promise<void> {
    this.#deps.media.close();
    this.#preview.close();
    const signaling = this.#signaling;
    this.#signaling = null;
    const leaving = (this.#leaving = Promise.all([this.#leaving, signaling?.leave()]));
    await leaving;
    if (this.#leaving === leaving) this.#leaving = null;
    if (!this.#signaling) this.#deps.fact({ type: 'connection-changed', connection: 'disconnected' });
  }

  /** The page names the visitor anew. */
  renamed(): void {
    this.#profile.changed(profileOf(this.#deps.options()));
  }

  networkChanged(): void {
    this.#signaling?.check();
    if (!this.#session) this.#preview.close();
    this.#session?.media.networkChanged();
  }

  simulate(scenario: Scenario): void {
    if (scenario === 'signal-reconnect') this.#signaling?.interrupt(0);
    else if (scenario === 'server-restart') this.#signaling?.interrupt(RESTART_MS);
    else if (scenario === 'network-change') this.networkChanged();
    else if (scenario === 'device-lost') endTrack(this.#deps.media.track('microphone'));
    else if (scenario === 'screen-ended') endTrack(this.#deps.media.track('screen'));
    else this.#session?.media.fail(scenario);
  }

  reconfigured(): void {
    this.#preview.close();
    this.#session?.media.reconfigured();
  }

  async #join(signal: AbortSignal): Promise<void> {
    try {
      this.#deps.fact({ type: 'join-started' });
      const asked = this.#deps.joinRequest();
      // The devices open while the signaling connection does. What is ready later is put on the running links.
      const { microphone, camera } = this.#deps.state().local;
      void this.#deps.media.open({ microphone: microphone.wanted, camera: camera.wanted });
      // The seat before must be free, and its token given back, before another one is asked for.
      const request = asked instanceof Promise ? await asked : asked;
      if (this.#leaving) await this.#leaving;
      if (signal.aborted) throw new CallError('ABORTED');
      // A seat that is taken back has a name of its own, and nobody was answered under it.
      const { earlyConnections } = this.#preview;
      if (earlyConnections && !request.resume) await earlyConnections.beforeJoin();
      if (signal.aborted) throw new CallError('ABORTED');
      const [reply] = await Promise.all([this.#openSignaling().join(request, signal), this.#load()]);
      if (signal.aborted) throw new CallError('ABORTED');
      this.#deps.proofs.entered(request, reply);
      this.#enter(reply);
      const { displayName = '', avatarUrl = '' } = request;
      this.#profile.start({ displayName, avatarUrl }, profileOf(this.#deps.options()));
    } catch (cause) {
      const error = cause instanceof CallError ? cause : new CallError('INTERNAL', { cause });
      if (!signal.aborted) await this.end(joinFailure(error));
      throw error;
    }
  }

  async #load(): Promise<void> {
    try {
      [this.#sessionModule] = await Promise.all([import('./room-session.js'), this.#deps.loadTransport?.()]);
    } catch (cause) {
      throw new CallError('SIGNAL_UNREACHABLE', { cause, retryable: true });
    }
  }

  /** In the room, with a new identity: everything about the others starts here. */
  #enter(reply: JoinReply): void {
    const { media, fact } = this.#deps;
    if (!this.#sessionModule) throw new CallError('INTERNAL');
    void this.#session?.end();
    fact({ type: 'joined', reply });
    this.#session = new this.#sessionModule.RoomSession(reply, {
      ...this.#deps,
      mediaState: () => mediaStateOf(this.#deps.state().local, media),
      signaling: this.#openSignaling(),
      earlyConnections: this.#preview.earlyConnections,
      requestedVideo: (this.#requestedVideo ??= new this.#sessionModule.RequestedVideo(this.#deps.timings.media.unshownMs)),
    });
    this.#session.start(reply, tracksOf(media));
    this.#preview.close();
    this.#deps.inRoom(true);
    for (const event of this.#early.splice(0)) this.#onSignaling(event);
    // A viewer sends nothing, whatever the door offered.
    for (const source of ['microphone', 'camera', 'screen'] as const)
      if (!this.#deps.state().local.grants.publish.includes(source)) this.#deps.turnOff(source);
  }

  #createEarlyConnections(): EarlyConnections | null {
    const { createEarlyConnections, options } = this.#deps;
    if (this.#joining || this.#session || !this.#signaling || !createEarlyConnections || options().lowData) return null;
    const signaling = this.#signaling;
    return createEarlyConnections({
      signaling,
      iceServers: () => options().iceServers,
      iceTransportPolicy: () => options().iceTransportPolicy,
    });
  }

  #openSignaling(): Signaling {
    if (this.#signaling) return this.#signaling;
    const signaling = this.#deps.createSignaling(this.#deps.options().serverUrl, (reason) => this.#deps.proofs.fresh(reason));
    signaling.onEvent((event) => {
      if (signaling === this.#signaling) this.#onSignaling(event);
    });
    this.#signaling = signaling;
    return signaling;
  }

  #onSignaling(event: SignalingEvent): void {
    if (this.#joining && !this.#session && isForTheSession(event)) {
      this.#early.push(event);
      return;
    }
    switch (event.type) {
      case 'fact':
        this.#deps.fact(event.fact);
        this.#onRoster(event.fact);
        if (event.fact.type === 'room-updated') this.#session?.rosterChanged();
        else if (event.fact.type === 'room-preview-changed') this.#preview.earlyConnections?.probe(true);
        // The server forgot us with the signaling connection; or we wait to be let in, and whom we would meet by then is another matter.
        else if (event.fact.type === 'waiting-started' || isLoss(event.fact)) this.#preview.close();
        return;
      case 'mute-requested':
        this.#deps.fact({ type: 'muted-by-host', sources: event.sources });
        for (const source of event.sources) this.#deps.turnOff(source);
        return;
      case 'resumed':
        this.#resumed(event.reply, event.restarted);
        return;
      case 'rejoined':
        this.#deps.proofs.renewed(event.reply);
        this.#enter(event.reply);
        return;
      case 'return-renewed':
        this.#deps.proofs.renewed(event.pass);
        return;
      case 'refused':
        void this.end(joinFailure(event.error));
        return;
      case 'goodbye':
        void this.end(endedBy(event.goodbye));
    }
  }

  #onRoster(fact: CallFact): void {
    if (fact.type === 'participant-joined' || fact.type === 'participant-updated') this.#session?.returned(fact.participant.id);
    else if (fact.type === 'participant-left') this.#session?.returned(fact.participantId);
    else return;
    this.#session?.rosterChanged();
  }

  #resumed(reply: JoinReply, restarted: boolean): void {
    this.#deps.proofs.renewed(reply);
    const here = new Set(reply.roster.participants.map(({ id }) => id));
    const missing = this.#deps
      .state()
      .participants.map(({ id }) => id)
      .filter((id) => !here.has(id));
    // When only our signaling connection broke, who is on the way back since a restart is so still.
    const awaited = restarted ? missing : missing.filter((id) => this.#session?.awaits(id));
    this.#deps.fact({ type: 'joined', reply, awaited });
    this.#session?.resumed(reply);
    this.#session?.awaitReturns(awaited, reply.graceMs, (participantId) => {
      this.#deps.fact({ type: 'participant-left', participantId, reason: 'timeout' });
      this.#session?.rosterChanged();
    });
  }
}

/** What the server is told of the visitor besides their media. */
interface Profile {
  readonly displayName: string;
  readonly avatarUrl: string;
}

const profileOf = ({ displayName, avatarUrl }: CallOptions): Profile => ({ displayName, avatarUrl: avatarUrl ?? '' });

function isLoss(fact: CallFact): boolean {
  return fact.type === 'connection-changed' && fact.connection === 'disconnected';
}

function isForTheSession(event: SignalingEvent): boolean {
  return event.type === 'resumed' || (event.type === 'fact' && event.fact.type.startsWith('participant-'));
}
