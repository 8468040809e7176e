/**
 * One session in a room, from the answer to the join until the end: the transport, and what the server is
 * told of our media. A new identity is a new session. Knows no intents and no state.
 */
import type { JoinReply, MediaState, Signal } from '../../server/protocol/schemas.js';
import type { CallOptions } from './call.js';
import type { MessagingFact, TransportFact } from './facts.js';
import { ActiveSpeaker } from './active-speaker.js';
import { IceSource } from './ice-source.js';
import type { Logger } from './logger.js';
import { MediaAnnouncer } from './media-announcer.js';
import { CallError } from './call-error.js';
import type { CallState } from './call-state.js';
import {
  isSending,
  participantFrom,
  type Participant,
  type ParticipantId,
  type Source,
  type VideoSource,
} from './participant.js';
import type { NetworkStats } from './network.js';
import type { Signaling } from './signaling.js';
import type { LinkFault } from './simulation.js';
import type { CreateMessaging, Messaging } from './messaging/messaging.js';
import type { CallTimings } from './timings.js';
import {
  acceptsSignals,
  carriesData,
  failsOnDemand,
  preparesOffers,
  reportsLevels,
  reportsNetwork,
  takesVideoRequests,
  type AcceptsSignals,
  type CreateTransport,
  type EarlyConnections,
  type MediaTransport,
  type VideoConsumer,
  type TransportContext,
  type VideoSize,
} from './transport.js';

export interface RoomSessionDeps {
  readonly timings: CallTimings;
  readonly signaling: Signaling;
  readonly logger: Logger;
  readonly createTransport: CreateTransport;
  /** What was made ready before we came in. */
  readonly earlyConnections: EarlyConnections | null;
  readonly createMessaging: CreateMessaging;
  options(): CallOptions;
  state(): CallState;
  fact(fact: MessagingFact | TransportFact): void;
  /** Something of no consequence for the call went wrong. */
  warn(cause: unknown): void;
}

export class RoomSession {
  readonly #deps: RoomSessionDeps;
  readonly #transport: MediaTransport;
  readonly #announcer: MediaAnnouncer;
  readonly #speaker = new ActiveSpeaker();
  readonly #ended = new AbortController();
  readonly #selfId: ParticipantId;
  #messaging: Messaging | null = null;
  #awaited = new Set<ParticipantId>();
  #patience: ReturnType<typeof setTimeout> | undefined;

  constructor(reply: JoinReply, deps: RoomSessionDeps) {
    this.#deps = deps;
    this.#selfId = reply.self.id;
    const ice = new IceSource(
      reply.ice,
      () => deps.options().iceServers,
      () => deps.signaling.ice(),
      deps.timings.media.iceMarginMs,
    );
    const context: TransportContext = {
      self: { id: reply.self.id },
      logger: deps.logger,
      iceTransportPolicy: () => deps.options().iceTransportPolicy,
      ice: () => ice.get(),
      lowData: () => deps.options().lowData,
      send: (to, signal) => deps.signaling.send(to, signal),
      prepareOffer: (offer) => deps.signaling.prepareOffer(offer),
      mayPrepareOffer: () => this.#mayPrepareOffer(reply.limit),
      fact: (fact) => {
        if (!this.#ended.signal.aborted) deps.fact(fact);
      },
      onLevels: (onLevels) => this.#messaging?.onMessage(onLevels),
    };
    this.#transport = deps.createTransport(context, deps.earlyConnections);
    this.#announcer = new MediaAnnouncer(
      async (media) => void (await deps.signaling.update({ media })),
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
    const { createMessaging: createTalker, state, fact } = this.#deps;
    this.#messaging = createTalker({ selfId: this.#selfId, state, fact, send: (to, data) => this.#sendData(to, data) });
  }

  /** Null until we are inside. */
  get messaging(): Messaging | null {
    return this.#messaging;
  }

  /** The signaling connection is back with our seat: what was in flight is said again. */
  resumed(reply: JoinReply, now: MediaState, participants: readonly Participant[]): void {
    this.#setRoster(participants);
    this.#negotiator()?.signalingResumed();
    this.#announcer.start(reply.self.media, now);
  }

  /** A restarted server knows only who came back already. The others have until the grace is over. */
  awaitReturns(missing: readonly ParticipantId[], graceMs: number, gone: (id: ParticipantId) => void): void {
    // Who is in the roster by now is here, whatever we waited for before.
    this.#awaited = new Set(missing);
    // A second restart begins the wait anew: who was on time for the first must not be late for it.
    clearTimeout(this.#patience);
    this.#patience = setTimeout(() => {
      const late = this.#awaited;
      this.#awaited = new Set();
      for (const id of late) gone(id);
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
    if (preparesOffers(this.#transport)) this.#transport.offerTaken(link, by);
  }

  /** The room is set differently now. */
  roomUpdated(): void {
    if (preparesOffers(this.#transport)) this.#transport.reconsiderPreparedOffer();
  }

  awaits(id: ParticipantId): boolean {
    return this.#awaited.has(id);
  }

  /** The server told of this participant, here or gone: not missing any more. */
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

  requestVideo(peer: ParticipantId, source: VideoSource, view: VideoSize | null, spectator: VideoConsumer): void {
    if (takesVideoRequests(this.#transport)) this.#transport.requestVideo(peer, source, view, spectator);
  }

  prioritize(peer: ParticipantId | null): void {
    if (takesVideoRequests(this.#transport)) this.#transport.prioritize(peer);
  }

  fail(fault: LinkFault): void {
    if (failsOnDemand(this.#transport)) this.#transport.fail(fault);
  }

  /** How loud everybody is just now. */
  onLevels(levels: ReadonlyMap<ParticipantId, number>): void {
    const participantId = this.#speaker.update(levels, performance.now());
    this.#deps.fact({ type: 'active-speaker-changed', participantId });
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
    this.#messaging?.close();
    this.#messaging = null;
    await this.#transport.close();
  }

  #setRoster(
    participants: readonly Pick<Participant, 'id' | 'mayPublish' | 'media'>[],
    ready: Pick<JoinReply, 'preparedOffers' | 'answered'> = {},
  ): void {
    const offers = new Map(ready.preparedOffers?.map(({ from, signal }) => [from, signal]));
    const links = new Map(ready.answered?.map(({ from, connectionId: link }) => [from, link]));
    this.#transport.setRoster(
      participants.map(({ id, media, mayPublish }) => {
        const [offer, answered] = [offers.get(id), links.get(id)];
        return {
          id,
          sending: isSending(media),
          ...(mayPublish && { mayPublish }),
          ...(offer && { offer }),
          ...(answered && { answered }),
        };
      }),
    );
    this.#messaging?.rosterChanged();
  }

  /** A room that takes nobody needs no offer for whoever comes; one that costs by the byte keeps none. */
  #mayPrepareOffer(limit: number): boolean {
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

  /** Late echoes of a session that is over are no news. */
  #warn(cause: unknown): void {
    if (!this.#ended.signal.aborted) this.#deps.warn(cause);
  }
}
