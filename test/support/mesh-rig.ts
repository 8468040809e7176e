/** Several mesh transports in one page, with moving pictures and a tone, over a pipe with faults. */
import type { TransportFact } from '../../components/core/facts.js';
import { RemoteStreams } from '../../components/core/media/remote-streams.js';
import { PeerChannels, type DataMessage } from '../../components/core/messaging/peer-channels.js';
import type { RosterPeer, TransportEvents } from '../../components/core/media/media-transport.js';
import { SILENT_LOGGER } from '../../components/core/logger.js';
import type { LinkState } from '../../components/core/participant.js';
import type { Signaling } from '../../components/core/signaling.js';
import { DEFAULT_TIMINGS, type LinkTimings } from '../../components/core/timings.js';
import type { MeshSignaling, MeshSignalingListener } from '../../components/transport/mesh/mesh-signaling.js';
import type {
  EarlyAnswersRequest,
  EarlyOffersReply,
  MeshNegotiation,
  PreparedOfferInit,
  Signal,
} from '../../server/protocol/schemas.js';
import { MeshEarlyConnections, MeshTransport } from '../../components/transport/mesh/mesh-transport.js';
import { SignalPipe } from './signal-pipe.js';
import { until } from './until.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export interface Member {
  readonly id: string;
  readonly transport: MeshTransport;
  readonly facts: TransportFact[];
  /** The latest word on each peer. */
  readonly links: Map<string, LinkState>;
  readonly streams: Map<string, MediaStream>;
  readonly heard: DataMessage[];
  /** What the server says to its mesh. */
  readonly server: MeshSignalingListener;
  /** What the answer to its join says to the mesh. */
  readonly negotiation: Mutable<MeshNegotiation>;
  setRoster(peers: readonly RosterPeer[]): void;
  /** The same, but the room may take somebody now, or not any more. */
  roomChanged(): void;
  send(to: string, data: string): Promise<void>;
  close(): Promise<void>;
}

export interface Door {
  readonly earlyConnections: MeshEarlyConnections;
  /** What the server would tell with the join. */
  readonly answered: Map<string, string>;
  /** Other offers are kept for them now. */
  offers(reply: EarlyOffersReply): void;
}

const NO_ICE = { iceServers: [] };

const asSignal = ({ connectionId: link, sdp, mids }: PreparedOfferInit): Signal => ({
  connectionId: link,
  round: 1,
  description: { type: 'offer', sdp },
  mids,
});

/** Nobody is said to send, so that a silent link is no trouble. */
const asRoster = (members: readonly Member[]): RosterPeer[] => members.map(({ id }) => ({ id, sending: false }));

export class MeshRig {
  readonly pipe = new SignalPipe();
  readonly members: Member[] = [];
  /** Every RTCPeerConnection made while the rig lives. */
  readonly connections: RTCPeerConnection[] = [];
  /** What the server would hold, by owner. */
  readonly prepared = new Map<string, PreparedOfferInit>();
  /** Rooms park only where a test is about that. */
  parking = false;
  readonly #timings: LinkTimings;
  readonly #RealConnection = RTCPeerConnection;
  readonly #stops: (() => void)[] = [];

  constructor(timings: Partial<LinkTimings> = {}) {
    this.#timings = { ...DEFAULT_TIMINGS.link, ...timings };
    const { connections } = this;
    globalThis.RTCPeerConnection = class extends this.#RealConnection {
      constructor(config?: RTCConfiguration) {
        super(config);
        connections.push(this);
      }
    };
  }

  /** `idPrefix` decides politeness: of two, the greater id is the polite one. */
  join(idPrefix: string, earlyConnections: MeshEarlyConnections | null = null): Member {
    const id = idPrefix.padEnd(22, '0');
    const facts: TransportFact[] = [];
    const links = new Map<string, LinkState>();
    const streams = new Map<string, MediaStream>();
    const heard: DataMessage[] = [];
    const remote = new RemoteStreams((peer, source, stream) => void streams.set(`${peer}/${source}`, stream));
    const channels = new PeerChannels((message) => heard.push(message));
    const tell = (fact: TransportFact): void => void facts.push(fact);
    const events: TransportEvents = {
      trackAdded: (peer, source, track) => remote.set(peer, source, track),
      trackRemoved: (peer, source) => remote.set(peer, source, null),
      mediaFlowing: () => undefined,
      linkChanged: (participantId, link) => {
        links.set(participantId, link);
        tell({ type: 'link-changed', participantId, link });
      },
      linkFailed: (participantId, error) => tell({ type: 'link-failed', participantId, error }),
      qualityChanged: (participantId, quality, reasons) =>
        tell({ type: 'network-quality-changed', participantId, quality, reasons }),
      pipeOpened: (peer, pipe) => channels.attach(peer, pipe),
      pipeClosed: (peer, pipe) => channels.detach(peer, pipe),
      failed: (error) => {
        throw error;
      },
    };
    const negotiation: Mutable<MeshNegotiation> = { ice: NO_ICE };
    let server: MeshSignalingListener | undefined;
    const signaling: MeshSignaling = {
      send: (to, signal) => this.pipe.send(id, to, signal),
      prepare: async (offer) => void (offer ? this.prepared.set(id, offer) : this.prepared.delete(id)),
      ice: async () => NO_ICE,
      earlyOffers: () => Promise.reject(new Error('inside already')),
      earlyAnswers: () => Promise.reject(new Error('inside already')),
      onOffers: () => undefined,
      listen: (_epoch, listener) => void (server = listener),
    };
    const transport = new MeshTransport(
      {
        selfId: id,
        epoch: 0,
        logger: SILENT_LOGGER,
        signaling: null as unknown as Signaling,
        negotiation,
        earlyConnections: null,
        standby: () => false,
        iceServers: () => [],
        iceTransportPolicy: () => 'all',
        lowData: () => false,
      },
      events,
      signaling,
      { ...DEFAULT_TIMINGS, link: this.#timings },
      earlyConnections,
    );
    void transport.connect(new AbortController().signal);
    if (!server) throw new Error('the mesh does not listen');
    this.pipe.connect(id, server.onSignal);
    let roster: readonly RosterPeer[] = [];
    const member: Member = {
      id,
      transport,
      facts,
      links,
      streams,
      heard,
      server,
      negotiation,
      setRoster: (peers) => {
        roster = peers;
        channels.setPeers(new Set(peers.map((peer) => peer.id)));
        transport.setRoster(peers, this.parking);
      },
      roomChanged: () => transport.setRoster(roster, this.parking),
      send: (to, data) => channels.send(to, data),
      close: async () => {
        await transport.close();
        channels.close();
      },
    };
    this.members.push(member);
    return member;
  }

  /** Everybody enters, one after the other, and hears of those who come later. */
  introduce(): void {
    this.members.forEach((member, index) => {
      member.setRoster(asRoster(this.members.slice(0, index)));
      for (const earlier of this.members.slice(0, index)) {
        earlier.setRoster(asRoster(this.members.slice(0, index + 1).filter((other) => other !== earlier)));
      }
    });
  }

  /** The last one enters as the server seats them: the prepared offers go with the answer, and their owners are told. */
  enter(newcomer: Member, door?: Door): void {
    const others = this.members.filter((member) => member !== newcomer);
    const handed = new Map([...this.prepared].filter(([owner]) => owner !== newcomer.id && !door?.answered.has(owner)));
    for (const [owner, { connectionId: link }] of handed) {
      this.prepared.delete(owner);
      this.members.find(({ id }) => id === owner)?.server.onOfferTaken(link, newcomer.id);
    }
    for (const other of others) other.setRoster(asRoster(this.members.filter((member) => member !== other)));
    newcomer.negotiation.preparedOffers = [...handed].map(([from, offer]) => ({ from, signal: asSignal(offer) }));
    newcomer.negotiation.answered = [...(door?.answered ?? [])].map(([from, connectionId]) => ({ from, connectionId }));
    newcomer.setRoster(asRoster(others));
    door?.earlyConnections.close();
  }

  /** Somebody who looks through the door at those inside, and will be this participant. */
  atTheDoor(idPrefix: string): Door {
    const id = idPrefix.padEnd(22, '0');
    const answered = new Map<string, string>();
    let offers: Door['offers'] = () => undefined;
    const kept = (): EarlyOffersReply => ({
      offers: [...this.prepared].map(([from, offer]) => ({ from, signal: asSignal(offer) })),
      ice: NO_ICE,
    });
    const signaling: Pick<MeshSignaling, 'earlyAnswers' | 'earlyOffers' | 'onOffers'> = {
      earlyOffers: async () => kept(),
      earlyAnswers: async (request) => this.#meet(id, request, answered),
      onOffers: (listener) => void (offers = listener),
    };
    const context = { iceServers: () => null, iceTransportPolicy: () => 'all' as const };
    const earlyConnections = new MeshEarlyConnections(context, signaling, this.#timings);
    this.#stops.push(() => earlyConnections.close());
    return { earlyConnections, answered, offers: (reply) => offers(reply) };
  }

  /** As the server does: the owner is told who has the offer, and has the answer right after it. */
  #meet(id: string, { answers }: EarlyAnswersRequest, answered: Map<string, string>): void {
    for (const { to, signal } of answers) {
      const owner = this.members.find((member) => member.id === to);
      if (!owner || signal.remoteConnectionId === undefined || this.prepared.get(to)?.connectionId !== signal.remoteConnectionId)
        continue;
      this.prepared.delete(to);
      answered.set(to, signal.remoteConnectionId);
      owner.server.onOfferTaken(signal.remoteConnectionId, id);
      owner.server.onSignal(id, signal);
    }
  }

  async allConnected(timeoutMs = 20_000): Promise<void> {
    for (const member of this.members) {
      for (const other of this.members) {
        if (other !== member)
          await until(`${member.id} connected to ${other.id}`, () => member.links.get(other.id) === 'connected', timeoutMs);
      }
    }
  }

  camera(): MediaStreamTrack {
    const canvas = document.createElement('canvas');
    canvas.width = 320;
    canvas.height = 180;
    const context = canvas.getContext('2d');
    let hue = 0;
    const timer = setInterval(() => {
      hue = (hue + 7) % 360;
      if (!context) return;
      context.fillStyle = `hsl(${hue} 80% 50%)`;
      context.fillRect(0, 0, 320, 180);
    }, 66);
    const [track] = canvas.captureStream(15).getVideoTracks();
    if (!track) throw new Error('no picture');
    this.#stops.push(() => (clearInterval(timer), track.stop()));
    return track;
  }

  /** The browser's fake microphone. */
  async tone(): Promise<MediaStreamTrack> {
    const [track] = (await navigator.mediaDevices.getUserMedia({ audio: true })).getAudioTracks();
    if (!track) throw new Error('no sound');
    this.#stops.push(() => track.stop());
    return track;
  }

  /** Levels of what arrives are only known while it is played. */
  play(stream: MediaStream): void {
    const player = new Audio();
    player.srcObject = stream;
    player.play().catch(() => undefined); // cut short when the rig closes
    this.#stops.push(() => (player.srcObject = null));
  }

  /** Frames decoded by `member` from anybody, by track id. */
  async framesDecoded(): Promise<number> {
    const counts = await Promise.all(
      this.connections
        .filter((pc) => pc.signalingState !== 'closed')
        .map(async (pc) =>
          [...(await pc.getStats()).values()]
            .filter((s) => s.type === 'inbound-rtp' && s.kind === 'video')
            .map((s) => (s.framesDecoded as number | undefined) ?? 0),
        ),
    );
    return counts.flat().reduce((a, b) => a + b, 0);
  }

  async close(): Promise<void> {
    await Promise.all(this.members.map((member) => member.close()));
    for (const stop of this.#stops) stop();
    globalThis.RTCPeerConnection = this.#RealConnection;
  }
}
