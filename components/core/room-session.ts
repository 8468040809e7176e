/**
 * One session in a room, from the answer to the join until the end: media, messages, who speaks, and what the server is told of our
 * media. A new identity is a new session. Knows no intents.
 */
import type { JoinReply, MediaState } from '../../server/protocol/schemas.js';
import { ActiveSpeaker } from './active-speaker.js';
import type { CallState } from './call-state.js';
import type { CallOptions } from './call.js';
import type { MessagingFact, TransportFact } from './facts.js';
import type { Logger } from './logger.js';
import { MediaAnnouncer } from './media-announcer.js';
import type { EarlyConnections } from './media/early-connections.js';
import { MediaRouter } from './media/media-router.js';
import type { CreateTransport } from './media/media-transport.js';
import { RemoteStreams } from './media/remote-streams.js';
import type { SessionPeer } from './media/switch-readiness.js';
import { RequestedVideo } from './media/video-requests.js';
import type { CreateMessaging, Messaging } from './messaging/messaging.js';
import { PeerChannels } from './messaging/peer-channels.js';
import { participantFrom, type ParticipantId, type Source } from './participant.js';
import type { Signaling } from './signaling.js';
import type { CallTimings } from './timings.js';

export { RequestedVideo };

/** Between two looks at who is how loud. */
const LEVELS_MS = 100;

export interface RoomSessionDeps {
  readonly timings: CallTimings;
  readonly signaling: Signaling;
  readonly logger: Logger;
  readonly createTransport: CreateTransport;
  /** What was made ready before we came in. */
  readonly earlyConnections: EarlyConnections | null;
  readonly createMessaging: CreateMessaging;
  /** What is shown here; replayed to every transport. */
  readonly requestedVideo: RequestedVideo;
  options(): CallOptions;
  state(): CallState;
  /** What we send by now. */
  mediaState(): MediaState;
  fact(fact: MessagingFact | TransportFact): void;
  /** Something of no consequence for the call went wrong. */
  warn(cause: unknown): void;
}

export class RoomSession {
  readonly media: MediaRouter;
  readonly messaging: Messaging;
  readonly #deps: RoomSessionDeps;
  readonly #limit: number;
  readonly #announcer: MediaAnnouncer;
  readonly #streams = new RemoteStreams((participantId, source, stream) =>
    this.#deps.fact({ type: 'stream-changed', participantId, source, stream }),
  );
  readonly #channels = new PeerChannels((message) => this.messaging.onMessage(message));
  readonly #speaker = new ActiveSpeaker();
  readonly #ended = new AbortController();
  #awaited = new Set<ParticipantId>();
  #patience: ReturnType<typeof setTimeout> | undefined;
  #listening: ReturnType<typeof setInterval> | undefined;
  #levels: ReadonlyMap<ParticipantId, number> = new Map();

  constructor(reply: JoinReply, deps: RoomSessionDeps) {
    const { timings, signaling, logger, earlyConnections, requestedVideo, options } = deps;
    const selfId = reply.self.id;
    const fact: RoomSessionDeps['fact'] = (what) => {
      if (!this.#ended.signal.aborted) deps.fact(what);
    };
    this.#deps = { ...deps, fact };
    this.#limit = reply.limit;
    this.media = new MediaRouter({
      timings: timings.media,
      streams: this.#streams,
      channels: this.#channels,
      requestedVideo,
      create: (kind, epoch, events, standby) =>
        deps.createTransport(
          kind,
          {
            selfId,
            epoch,
            logger,
            signaling,
            negotiation: reply.negotiation,
            earlyConnections: epoch === 0 ? earlyConnections : null,
            standby,
            iceServers: () => options().iceServers,
            iceTransportPolicy: () => options().iceTransportPolicy,
            lowData: () => options().lowData,
          },
          events,
        ),
      fact,
      failed: (error) => this.#warn(error),
      warn: (cause) => this.#warn(cause),
    });
    requestedVideo.connect(this.media);
    this.#announcer = new MediaAnnouncer(
      async (media) => void (await signaling.update({ media })),
      (error) => this.#warn(error),
    );
    const send = (to: ParticipantId, data: string): Promise<void> => this.#channels.send(to, data);
    this.#channels.setPeers(new Set(reply.roster.participants.map(({ id }) => id)));
    this.messaging = deps.createMessaging({ selfId, state: deps.state, fact, send });
  }

  /** Connects to everybody, with the tracks there are. `reply` tells what the server believes of us. */
  start(reply: JoinReply, tracks: ReadonlyMap<Source, MediaStreamTrack>): void {
    this.media.connect().catch((error: unknown) => this.#warn(error));
    for (const [source, track] of tracks) this.media.publish(source, track);
    this.#setPeers(reply.roster.participants.map((info) => participantFrom(info)));
    this.#announcer.start(reply.self.media, this.#deps.mediaState());
    this.#listening = setInterval(() => this.#listen(), LEVELS_MS);
  }

  /** The signaling connection is back with our seat. */
  resumed(reply: JoinReply): void {
    this.rosterChanged();
    this.#announcer.start(reply.self.media, this.#deps.mediaState());
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

  awaits(id: ParticipantId): boolean {
    return this.#awaited.has(id);
  }

  /** The server told of this participant, here or gone: not missing any more. */
  returned(id: ParticipantId): void {
    this.#awaited.delete(id);
  }

  /** What we send is different now: the others are told. */
  mediaChanged(): void {
    this.#announcer.changed(this.#deps.mediaState());
  }

  /** Who is here, what they send, or how the room is set. */
  rosterChanged(): void {
    this.#setPeers(this.#deps.state().participants);
    this.messaging.rosterChanged();
  }

  /** How loud everybody else was a moment ago. */
  get levels(): ReadonlyMap<ParticipantId, number> {
    return this.#levels;
  }

  async end(): Promise<void> {
    this.#ended.abort();
    clearTimeout(this.#patience);
    clearInterval(this.#listening);
    this.#announcer.stop();
    this.messaging.close();
    this.#channels.close();
    this.#deps.requestedVideo.connect(null);
    await this.media.close();
  }

  #setPeers(peers: readonly SessionPeer[]): void {
    const here = new Set(peers.map(({ id }) => id));
    this.#streams.keep(here);
    this.#channels.setPeers(here);
    this.media.setRoster(peers, this.#expecting());
    this.#deps.requestedVideo.setPeers(here);
  }

  /** Whether the room may take somebody else. */
  #expecting(): boolean {
    const { settings, participants } = this.#deps.state();
    return !settings.locked && !settings.waitingRoom && participants.length + 1 < this.#limit;
  }

  #listen(): void {
    const before = this.#deps.state().activeSpeaker;
    this.#levels = this.media.levels();
    const participantId = this.#speaker.update(this.#levels, performance.now());
    if (participantId === before) return;
    this.#deps.fact({ type: 'active-speaker-changed', participantId });
    this.media.prioritize(participantId);
  }

  /** Late echoes of a session that is over are no news. */
  #warn(cause: unknown): void {
    if (!this.#ended.signal.aborted) this.#deps.warn(cause);
  }
}
