/**
 * One stay in a room, from the answer to the join until the end: the transport, and what the server is
 * told of our media. A new identity is a new stay. Knows no intents and no state.
 */
import type { JoinReply, MediaState, Signal } from '../../server/protocol/schemas.js';
import type { CallOptions } from './call.js';
import type { TalkFact, TransportFact } from './facts.js';
import { ActiveSpeaker } from './active-speaker.js';
import { IceSource } from './ice-source.js';
import type { Logger } from './logger.js';
import { MediaAnnouncer } from './media-announcer.js';
import { CallError } from './call-error.js';
import type { CallState } from './call-state.js';
import { isSending, participantFrom, type Participant, type ParticipantId, type Source, type Surface } from './participant.js';
import type { NetworkStats } from './network.js';
import type { Signaling } from './signaling.js';
import type { LinkFault } from './simulation.js';
import type { CreateTalker, Talker } from './talk/talker.js';
import type { CallTimings } from './timings.js';
import {
  acceptsSignals,
  carriesData,
  failsOnDemand,
  parksOffers,
  reportsLevels,
  reportsNetwork,
  takesViews,
  type AcceptsSignals,
  type CreateTransport,
  type Doorstep,
  type MediaTransport,
  type Spectator,
  type TransportContext,
  type View,
} from './transport.js';

export interface StayDeps {
  readonly timings: CallTimings;
  readonly line: Signaling;
  readonly logger: Logger;
  readonly createTransport: CreateTransport;
  /** What was made ready before we came in. */
  readonly doorstep: Doorstep | null;
  readonly createTalker: CreateTalker;
  options(): CallOptions;
  state(): CallState;
  fact(fact: TalkFact | TransportFact): void;
  /** Something of no consequence for the call went wrong. */
  warn(cause: unknown): void;
}

export class RoomStay {
  readonly #deps: StayDeps;
  readonly #transport: MediaTransport;
  readonly #announcer: MediaAnnouncer;
  readonly #speaker = new ActiveSpeaker();
  readonly #ended = new AbortController();
  readonly #selfId: ParticipantId;
  #talker: Talker | null = null;
  readonly #awaited = new Set<ParticipantId>();
  #patience: ReturnType<typeof setTimeout> | undefined;

  constructor(reply: JoinReply, deps: StayDeps) {
    this.#deps = deps;
    this.#selfId = reply.self.id;
    const ice = new IceSource(
      reply.ice,
      () => deps.options().iceServers,
      () => deps.line.ice(),
      deps.timings.media.iceMarginMs,
    );
    const context: TransportContext = {
      self: { id: reply.self.id },
      logger: deps.logger,
      iceTransportPolicy: () => deps.options().iceTransportPolicy,
      ice: () => ice.get(),
      lowData: () => deps.options().lowData,
      send: (to, signal) => deps.line.send(to, signal),
      park: (offer) => deps.line.park(offer),
      mayPark: () => this.#mayPark(reply.limit),
      fact: (fact) => {
        if (!this.#ended.signal.aborted) deps.fact(fact);
      },
      heard: (heard) => this.#talker?.heard(heard),
    };
    this.#transport = deps.createTransport(context, deps.doorstep);
    this.#announcer = new MediaAnnouncer(
      async (media) => void (await deps.line.update({ media })),
      (error) => this.#warn(error),
    );
  }

  /** Connects to everybody, with the tracks there are. `now` is what we send, `reply` what the server believes. */
  start(reply: JoinReply, now: MediaState, tracks: ReadonlyMap<Source, MediaStreamTrack>): void {
    this.#transport.start(this.#ended.signal).catch((error: unknown) => this.#warn(error));
    for (const [source, track] of tracks) this.publish(source, track);
    this.#setRoster(
      reply.roster.participants.map((info) => participantFrom(info)),
      reply,
    );
    this.#announcer.start(reply.self.media, now);
    const { createTalker, state, fact } = this.#deps;
    this.#talker = createTalker({ selfId: this.#selfId, state, fact, send: (to, data) => this.#sendData(to, data) });
  }

  /** Null until we are inside. */
  get talker(): Talker | null {
    return this.#talker;
  }

  /** The line is back with our seat: what was in flight is said again. */
  resumed(reply: JoinReply, now: MediaState, participants: readonly Participant[]): void {
    this.#setRoster(participants);
    this.#negotiator()?.signalingResumed();
    this.#announcer.start(reply.self.media, now);
  }

  /** A restarted server knows only who came back already. The others have until the grace is over. */
  awaitReturn(missing: readonly ParticipantId[], graceMs: number, gone: (id: ParticipantId) => void): void {
    for (const id of missing) this.#awaited.add(id);
    // A second restart begins the wait anew: who was on time for the first must not be late for it.
    clearTimeout(this.#patience);
    this.#patience = setTimeout(() => {
      for (const id of this.#awaited) gone(id);
      this.#awaited.clear();
    }, graceMs);
  }

  publish(source: Source, track: MediaStreamTrack | null): void {
    this.#transport.publish(source, track).catch((error: unknown) => this.#warn(error));
  }

  mediaChanged(now: MediaState): void {
    this.#announcer.changed(now);
  }

  rosterChanged(participants: readonly Participant[]): void {
    this.#setRoster(participants);
  }

  offerTaken(link: string, by: ParticipantId): void {
    if (parksOffers(this.#transport)) this.#transport.offerTaken(link, by);
  }

  /** The room is set differently now. */
  reconsider(): void {
    if (parksOffers(this.#transport)) this.#transport.reconsiderParking();
  }

  /** The server told of this participant: not missing any more. */
  returned(id: ParticipantId): void {
    this.#awaited.delete(id);
  }

  receive(from: ParticipantId, signal: Signal): void {
    this.#negotiator()?.receive(from, signal);
  }

  networkChanged(): void {
    this.#negotiator()?.networkChanged();
  }

  reconfigured(): void {
    this.#negotiator()?.reconfigured();
  }

  showing(peer: ParticipantId, surface: Surface, view: View | null, spectator: Spectator): void {
    if (takesViews(this.#transport)) this.#transport.showing(peer, surface, view, spectator);
  }

  favour(peer: ParticipantId | null): void {
    if (takesViews(this.#transport)) this.#transport.favour(peer);
  }

  fail(fault: LinkFault): void {
    if (failsOnDemand(this.#transport)) this.#transport.fail(fault);
  }

  /** How loud everybody is just now. */
  heard(levels: ReadonlyMap<ParticipantId, number>): void {
    const participantId = this.#speaker.update(levels, performance.now());
    this.#deps.fact({ type: 'speaker-changed', participantId });
  }

  levels(): ReadonlyMap<ParticipantId, number> {
    return reportsLevels(this.#transport) ? this.#transport.levels() : new Map();
  }

  networkStats(): Promise<NetworkStats> | null {
    return reportsNetwork(this.#transport) ? this.#transport.networkStats() : null;
  }

  async end(): Promise<void> {
    this.#ended.abort();
    clearTimeout(this.#patience);
    this.#announcer.stop();
    this.#talker?.close();
    this.#talker = null;
    await this.#transport.close();
  }

  #setRoster(
    participants: readonly Pick<Participant, 'id' | 'mayPublish' | 'media'>[],
    ready: Pick<JoinReply, 'offers' | 'met'> = {},
  ): void {
    const offers = new Map(ready.offers?.map(({ from, signal }) => [from, signal]));
    const links = new Map(ready.met?.map(({ from, link }) => [from, link]));
    this.#transport.setRoster(
      participants.map(({ id, media, mayPublish }) => {
        const [offer, met] = [offers.get(id), links.get(id)];
        return { id, sending: isSending(media), ...(mayPublish && { mayPublish }), ...(offer && { offer }), ...(met && { met }) };
      }),
    );
    this.#talker?.rosterChanged();
  }

  /** A room that takes nobody needs no offer for whoever comes; one that costs by the byte keeps none. */
  #mayPark(limit: number): boolean {
    const { settings, participants } = this.#deps.state();
    return !settings.locked && !settings.waitingRoom && participants.length + 1 < limit && !this.#deps.options().lowData;
  }

  async #sendData(to: ParticipantId, data: string): Promise<void> {
    if (!carriesData(this.#transport)) throw new CallError('PEER_NOT_FOUND');
    await this.#transport.sendData(to, data);
  }

  #negotiator(): AcceptsSignals | null {
    return acceptsSignals(this.#transport) ? this.#transport : null;
  }

  /** Late echoes of a stay that is over are no news. */
  #warn(cause: unknown): void {
    if (!this.#ended.signal.aborted) this.#deps.warn(cause);
  }
}
