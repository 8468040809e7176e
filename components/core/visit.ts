/**
 * A visit to a room, from the look at the door to the end: the line to the server, the stay inside, joining
 * and leaving. Knows no options but through the session, and no element.
 */
import type { JoinReply, JoinRequest, PrepareRequest, UpdateRequest } from '../../server/protocol/schemas.js';
import { CallError } from './call-error.js';
import type { CallState } from './call-state.js';
import type { CallOptions } from './call.js';
import { endedBy, joinFailure } from './endings.js';
import type { CallFact, FactOf, LocalSourceName } from './facts.js';
import { tracksOf, mediaStateOf, type LocalMedia } from './local-media.js';
import { DoorLook } from './door-look.js';
import type { Logger } from './logger.js';
import type { NetworkStats } from './network.js';
import type { ParticipantId, Source, Surface } from './participant.js';
import type { RoomStay } from './room-stay.js';
import type { Signaling, SignalingEvent } from './signaling.js';
import { endTrack, RESTART_MS, type Scenario } from './simulation.js';
import type { CreateTalker, Talker } from './talk/talker.js';
import type { CallTimings } from './timings.js';
import type { CreateDoorstep, CreateTransport, Doorstep, Spectator, View } from './transport.js';

export interface VisitDeps {
  readonly timings: CallTimings;
  readonly media: LocalMedia;
  readonly logger: Logger;
  readonly createSignaling: (serverUrl: string) => Signaling;
  /** Brings what `createTransport` needs. */
  readonly ready?: () => Promise<void>;
  readonly createTransport: CreateTransport;
  /** Absent: every join goes the ordinary way. */
  readonly createDoorstep?: CreateDoorstep;
  readonly createTalker: CreateTalker;
  options(): CallOptions;
  state(): CallState;
  fact(fact: CallFact): void;
  warn(cause: unknown): void;
  /** Asked at the last moment, so that it says what is on by then. */
  joinRequest(): JoinRequest;
  inRoom(inside: boolean): void;
  turnOff(source: LocalSourceName): void;
}

export class Visit {
  readonly #deps: VisitDeps;
  #line: Signaling | null = null;
  #stay: RoomStay | null = null;
  /** What a stay is made of: comes beside the line, and is there before anybody is inside. */
  #inside: typeof import('./room-stay.js') | undefined;
  readonly #door = new DoorLook({
    ask: async (request) => {
      const brought = this.#bring().catch(() => undefined); // asked again when joining
      await this.#openLine().prepare(request);
      await brought;
    },
    makeReady: () => this.#makeReady(),
  });
  /** What the server told between its answer and our being inside: the transport may still be on its way. */
  #early: SignalingEvent[] = [];
  /** One join at a time; aborted by the end. */
  #joining: { readonly abort: AbortController; readonly done: Promise<void> } | null = null;

  constructor(deps: VisitDeps) {
    this.#deps = deps;
  }

  get line(): Signaling | null {
    return this.#line;
  }

  /** Throws while nobody can be talked to. */
  get talker(): Talker {
    const talker = this.#stay?.talker;
    if (!talker) throw new CallError('NOT_JOINED');
    return talker;
  }

  /** `soon`: the visitor is about to join. */
  async prepare(request: PrepareRequest, soon: boolean): Promise<void> {
    if (this.#joining || this.#stay) return;
    await this.#door.look(request, soon);
  }

  /** What was made ready there is for another room now. */
  leaveTheDoor(): void {
    this.#door.leave();
  }

  join(): Promise<void> {
    if (this.#joining) return this.#joining.done;
    if (this.#stay) return Promise.resolve();
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
    this.#door.leave();
    const stay = this.#stay;
    this.#stay = null;
    this.#deps.inRoom(false);
    const closing = [stay?.end() ?? Promise.resolve(), this.letGo()];
    this.#deps.fact(fact);
    await Promise.all(closing);
  }

  /** Devices and line closed. */
  async letGo(): Promise<void> {
    this.#deps.media.close();
    this.#door.leave();
    const line = this.#line;
    this.#line = null;
    await line?.leave();
    if (!this.#line) this.#deps.fact({ type: 'connection-changed', connection: 'disconnected' });
  }

  update(request: UpdateRequest): void {
    this.#line?.update(request).catch((error: unknown) => this.#deps.warn(error));
  }

  publish(source: Source, track: MediaStreamTrack | null): void {
    this.#stay?.publish(source, track);
  }

  mediaChanged(): void {
    this.#stay?.mediaChanged(this.#mediaState());
  }

  networkChanged(): void {
    this.#line?.check();
    if (!this.#stay) this.#door.leave();
    this.#stay?.networkChanged();
  }

  simulate(scenario: Scenario): void {
    if (scenario === 'signal-reconnect') this.#line?.interrupt(0);
    else if (scenario === 'server-restart') this.#line?.interrupt(RESTART_MS);
    else if (scenario === 'network-change') this.networkChanged();
    else if (scenario === 'device-lost') endTrack(this.#deps.media.track('microphone'));
    else if (scenario === 'screen-ended') endTrack(this.#deps.media.track('screen'));
    else this.#stay?.fail(scenario);
  }

  reconfigured(): void {
    this.#door.leave();
    this.#stay?.reconfigured();
  }

  showing(peer: ParticipantId, surface: Surface, view: View | null, spectator: Spectator): void {
    this.#stay?.showing(peer, surface, view, spectator);
  }

  favour(peer: ParticipantId | null): void {
    this.#stay?.favour(peer);
  }

  networkStats(): Promise<NetworkStats> | null | undefined {
    return this.#stay?.networkStats();
  }

  heard(levels: ReadonlyMap<ParticipantId, number>): void {
    this.#stay?.heard(levels);
  }

  levels(): ReadonlyMap<ParticipantId, number> {
    return this.#stay?.levels() ?? new Map();
  }

  async #join(signal: AbortSignal): Promise<void> {
    try {
      this.#deps.fact({ type: 'join-started' });
      const request = this.#deps.joinRequest();
      // The devices open while the line does. What is ready later is put on the running links.
      const { microphone, camera } = this.#deps.state().local;
      void this.#deps.media.open({ microphone: microphone.wanted, camera: camera.wanted });
      // A seat that is taken back has a name of its own, and nobody was met under it.
      const { doorstep } = this.#door;
      if (doorstep && !request.resume) await doorstep.enter();
      if (signal.aborted) throw new CallError('ABORTED');
      const [reply] = await Promise.all([this.#openLine().join(request, signal), this.#bring()]);
      if (signal.aborted) throw new CallError('ABORTED');
      this.#enter(reply);
    } catch (cause) {
      const error = cause instanceof CallError ? cause : new CallError('INTERNAL', { cause });
      if (!signal.aborted) await this.end(joinFailure(error));
      throw error;
    }
  }

  async #bring(): Promise<void> {
    try {
      [this.#inside] = await Promise.all([import('./room-stay.js'), this.#deps.ready?.()]);
    } catch (cause) {
      throw new CallError('SIGNAL_UNREACHABLE', { cause, retryable: true });
    }
  }

  /** In the room, with a new identity: everything about the others starts here. */
  #enter(reply: JoinReply): void {
    const { media, fact } = this.#deps;
    if (!this.#inside) throw new CallError('INTERNAL');
    void this.#stay?.end();
    fact({ type: 'joined', reply });
    this.#stay = new this.#inside.RoomStay(reply, { ...this.#deps, line: this.#openLine(), doorstep: this.#door.doorstep });
    this.#stay.start(reply, this.#mediaState(), tracksOf(media));
    this.#door.leave();
    this.#deps.inRoom(true);
    for (const event of this.#early.splice(0)) this.#onSignaling(event);
    // A viewer sends nothing, whatever the door offered.
    for (const source of ['microphone', 'camera', 'screen'] as const)
      if (!this.#deps.state().local.grants.publish.includes(source)) this.#deps.turnOff(source);
  }

  #makeReady(): Doorstep | null {
    const { createDoorstep, options } = this.#deps;
    if (this.#joining || this.#stay || !this.#line || !createDoorstep || options().lowData) return null;
    const line = this.#line;
    return createDoorstep({
      ask: (event, request) => line.ask(event, request),
      iceServers: () => options().iceServers,
      iceTransportPolicy: () => options().iceTransportPolicy,
    });
  }

  #openLine(): Signaling {
    if (this.#line) return this.#line;
    const line = this.#deps.createSignaling(this.#deps.options().serverUrl);
    line.onEvent((event) => {
      if (line === this.#line) this.#onSignaling(event);
    });
    this.#line = line;
    return line;
  }

  #onSignaling(event: SignalingEvent): void {
    if (this.#joining && !this.#stay && isForTheStay(event)) {
      this.#early.push(event);
      return;
    }
    switch (event.type) {
      case 'fact':
        this.#deps.fact(event.fact);
        this.#onRoster(event.fact);
        if (event.fact.type === 'room-updated') this.#stay?.reconsider();
        else if (event.fact.type === 'door-seen') this.#door.doorstep?.look(true);
        // The server forgot us with the line; or we wait to be let in, and whom we would meet by then is another matter.
        else if (event.fact.type === 'waiting-started' || isLoss(event.fact)) this.#door.leave();
        return;
      case 'offers':
        this.#door.doorstep?.offered(event.kept);
        return;
      case 'signal':
        this.#stay?.receive(event.from, event.signal);
        return;
      case 'offer-taken':
        this.#stay?.offerTaken(event.link, event.by);
        return;
      case 'mute-requested':
        this.#deps.fact({ type: 'muted-by-host', sources: event.sources });
        for (const source of event.sources) this.#deps.turnOff(source);
        return;
      case 'resumed':
        this.#resumed(event.reply, event.restarted);
        return;
      case 'rejoined':
        this.#enter(event.reply);
        return;
      case 'refused':
        void this.end(joinFailure(event.error));
        return;
      case 'goodbye':
        void this.end(endedBy(event.goodbye));
    }
  }

  #onRoster(fact: CallFact): void {
    if (fact.type === 'participant-joined' || fact.type === 'participant-updated') this.#stay?.returned(fact.participant.id);
    else if (fact.type !== 'participant-left') return;
    this.#stay?.rosterChanged(this.#deps.state().participants);
  }

  #resumed(reply: JoinReply, restarted: boolean): void {
    this.#deps.fact({ type: 'joined', reply, restarted });
    const { participants } = this.#deps.state();
    this.#stay?.resumed(reply, this.#mediaState(), participants);
    const here = new Set(reply.roster.participants.map(({ id }) => id));
    const missing = participants.map(({ id }) => id).filter((id) => !here.has(id));
    this.#stay?.awaitReturn(missing, reply.graceMs, (participantId) => {
      this.#deps.fact({ type: 'participant-left', participantId, reason: 'timeout' });
      this.#stay?.rosterChanged(this.#deps.state().participants);
    });
  }

  #mediaState(): ReturnType<typeof mediaStateOf> {
    return mediaStateOf(this.#deps.state().local, this.#deps.media);
  }
}

function isLoss(fact: CallFact): boolean {
  return fact.type === 'connection-changed' && fact.connection === 'disconnected';
}

function isForTheStay(event: SignalingEvent): boolean {
  return (
    event.type === 'signal' || event.type === 'resumed' || (event.type === 'fact' && event.fact.type.startsWith('participant-'))
  );
}
