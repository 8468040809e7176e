/** Several mesh transports in one page, with moving pictures and a tone, over a pipe with faults. */
import type { TransportFact } from '../../components/core/facts.js';
import type { EarlyConnectionsContext, DataMessage, RosterPeer } from '../../components/core/transport.js';
import { SILENT_LOGGER } from '../../components/core/logger.js';
import type { LinkState } from '../../components/core/participant.js';
import { DEFAULT_TIMINGS, type LinkTimings } from '../../components/core/timings.js';
import type { EarlyAnswersRequest, PreparedOfferInit, Signal } from '../../server/protocol/schemas.js';
import { MeshEarlyConnections, MeshTransport } from '../../components/transport/mesh/mesh-transport.js';
import { SignalPipe } from './signal-pipe.js';
import { until } from './until.js';

export interface Member {
  readonly id: string;
  readonly transport: MeshTransport;
  readonly facts: TransportFact[];
  /** The latest word on each peer. */
  readonly links: Map<string, LinkState>;
  readonly streams: Map<string, MediaStream>;
  readonly heard: DataMessage[];
}

export interface Door {
  readonly earlyConnections: MeshEarlyConnections;
  /** What the server would tell with the join. */
  readonly answered: Map<string, string>;
}

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
    const transport = new MeshTransport(
      {
        self: { id },
        logger: SILENT_LOGGER,
        iceTransportPolicy: () => 'all',
        ice: async () => [],
        lowData: () => false,
        send: (to, signal) => this.pipe.send(id, to, signal),
        prepareOffer: async (offer) => void (offer ? this.prepared.set(id, offer) : this.prepared.delete(id)),
        mayPrepareOffer: () => this.parking,
        onLevels: (what) => heard.push(what),
        fact: (fact) => {
          facts.push(fact);
          if (fact.type === 'link-changed') links.set(fact.participantId, fact.link);
          if (fact.type === 'stream-changed' && fact.stream) streams.set(`${fact.participantId}/${fact.source}`, fact.stream);
        },
      },
      this.#timings,
      earlyConnections,
    );
    this.pipe.connect(id, (from, signal) => transport.receive(from, signal));
    const member: Member = { id, transport, facts, links, streams, heard };
    this.members.push(member);
    return member;
  }

  /** Everybody enters, one after the other, and hears of those who come later. */
  introduce(): void {
    this.members.forEach((member, index) => {
      member.transport.setRoster(asRoster(this.members.slice(0, index)));
      for (const earlier of this.members.slice(0, index)) {
        earlier.transport.setRoster(asRoster(this.members.slice(0, index + 1).filter((other) => other !== earlier)));
      }
    });
  }

  /** The last one enters as the server seats them: the prepared offers go with the answer, and their owners are told. */
  enter(newcomer: Member, door?: Door): void {
    const others = this.members.filter((member) => member !== newcomer);
    const handed = new Map([...this.prepared].filter(([owner]) => owner !== newcomer.id && !door?.answered.has(owner)));
    for (const [owner, { connectionId: link }] of handed) {
      this.prepared.delete(owner);
      this.members.find(({ id }) => id === owner)?.transport.offerTaken(link, newcomer.id);
    }
    for (const other of others) other.transport.setRoster(asRoster(this.members.filter((member) => member !== other)));
    newcomer.transport.setRoster(
      asRoster(others).map((peer) => {
        const answered = door?.answered.get(peer.id);
        const offer = handed.get(peer.id);
        return { ...peer, ...(answered !== undefined && { answered }), ...(offer && { offer: asSignal(offer) }) };
      }),
    );
    door?.earlyConnections.close();
  }

  /** Somebody who looks through the door at those inside, and will be this participant. */
  atTheDoor(idPrefix: string): Door {
    const id = idPrefix.padEnd(22, '0');
    const answered = new Map<string, string>();
    const context: EarlyConnectionsContext = {
      request: async (event, request) => {
        if (event === 'early-answers') this.#meet(id, request as EarlyAnswersRequest, answered);
        const offers = [...this.prepared].map(([from, offer]) => ({ from, signal: asSignal(offer) }));
        return { offers, ice: { iceServers: [] } } as never;
      },
      iceServers: () => null,
      iceTransportPolicy: () => 'all',
    };
    const earlyConnections = new MeshEarlyConnections(context, this.#timings);
    this.#stops.push(() => earlyConnections.close());
    return { earlyConnections, answered };
  }

  /** As the server does: the owner is told who has the offer, and has the answer right after it. */
  #meet(id: string, { answers }: EarlyAnswersRequest, answered: Map<string, string>): void {
    for (const { to, signal } of answers) {
      const owner = this.members.find((member) => member.id === to);
      if (!owner || signal.remoteConnectionId === undefined || this.prepared.get(to)?.connectionId !== signal.remoteConnectionId)
        continue;
      this.prepared.delete(to);
      answered.set(to, signal.remoteConnectionId);
      owner.transport.offerTaken(signal.remoteConnectionId, id);
      owner.transport.receive(id, signal);
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
    await Promise.all(this.members.map(({ transport }) => transport.close()));
    for (const stop of this.#stops) stop();
    globalThis.RTCPeerConnection = this.#RealConnection;
  }
}
