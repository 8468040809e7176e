/**
 * The way to one participant: the current connection, and what mends it. One link's trouble never touches another.
 */
import type { Signal, Source, VideoRequests } from '../../../server/protocol/schemas.js';
import { CallError } from '../../core/call-error.js';
import type { ParticipantId, VideoSource } from '../../core/participant.js';
import { Serial } from '../../core/serial.js';
import type { LinkFault } from '../../core/simulation.js';
import type { LinkTimings } from '../../core/timings.js';
import { randomId } from '../../core/random-id.js';
import { VideoRequester, type RequestConditions } from './video-requester.js';
import { EarlyCandidates } from './candidates.js';
import { MeshConnection, type MeshConnectionHooks } from './mesh-connection.js';
import { encode } from './encodings.js';
import type { Encoding } from './allocate-bitrates.js';
import type { MeshContext } from './mesh-context.js';
import { HealthWatch } from './health-watch.js';
import { eventOf } from './link-health.js';
import { sampleFrom, type StatsSample } from './stats-sample.js';
import { SilenceWatch } from './silence.js';
import type { Tracks } from './source-transceivers.js';
import type { PreparedConnection } from './prepared-connection.js';

export interface LinkHooks {
  /** What we send. */
  tracks(): Tracks;
  /** How we look at them. */
  requestConditions(): RequestConditions;
  /** They show something else now. */
  requested(): void;
  /** Whether they have the right to send this. */
  maySend(source: Source): boolean;
}

export type Encodings = Readonly<Record<VideoSource, Encoding | undefined>>;

export class PeerLink {
  /** What we want of them. */
  readonly videoRequester: VideoRequester;
  readonly #peerId: ParticipantId;
  readonly #context: MeshContext;
  readonly #timings: LinkTimings;
  readonly #hooks: LinkHooks;
  readonly #polite: boolean;
  readonly #serial = new Serial();
  readonly #closed = new AbortController();
  /** What carries their sources now. */
  readonly #tracks = new Map<Source, MediaStreamTrack>();
  readonly #early = new EarlyCandidates();
  readonly #health: HealthWatch;
  readonly #silence = new SilenceWatch();
  #connection: MeshConnection | null = null;
  /** The connection whose first offer was not sent but handed out, until it is said again. */
  #handedOut: MeshConnection | null = null;
  #encodings: Encodings = { camera: undefined, screen: undefined };
  #requested: VideoRequests = {};
  #encoding = false;

  /** `first`: whether we make the first offer, or the connection whose offer they have already. */
  constructor(
    peerId: ParticipantId,
    first: boolean | PreparedConnection,
    context: MeshContext,
    timings: LinkTimings,
    hooks: LinkHooks,
  ) {
    this.#peerId = peerId;
    this.#context = context;
    this.#timings = timings;
    this.#hooks = hooks;
    this.#polite = context.selfId > peerId;
    this.videoRequester = new VideoRequester(hooks.requestConditions, timings.videoRequestMs, (videoRequests) =>
      context.send(peerId, { connectionId: this.#connection?.id ?? randomId(), videoRequests }),
    );
    this.#health = new HealthWatch(this.#polite, timings, {
      flows: () => this.#flows(),
      recover: (action) => this.#run(() => (action === 'restart' ? this.#restart() : this.#connect(true))),
      changed: (link) => {
        context.logger.info(`link ${link}`, peerId);
        context.events.linkChanged(peerId, link);
      },
    });
    this.#run(() => (typeof first === 'boolean' ? this.#connect(first) : this.#adopt(first)));
  }

  /** They have an offer of ours, prepared or lost: what there was is over. */
  replace(first: PreparedConnection | true): void {
    this.#run(() => (first === true ? this.#connect(true) : this.#adopt(first)));
  }

  receive(signal: Signal): void {
    this.#run(() => this.#receive(signal));
  }

  setTrack(source: Source, track: MediaStreamTrack | null): Promise<void> {
    return this.#serial.run(async () => {
      await this.#connection?.transceivers.setTrack(source, track);
    });
  }

  /** What they say they show. */
  get requested(): VideoRequests {
    return this.#requested;
  }

  setEncodings(encodings: Encodings): void {
    this.#encodings = encodings;
    if (this.#encoding) return;
    this.#encoding = true;
    this.#run(() => this.#encode());
  }

  signalingResumed(): void {
    this.#handedOut = null;
    this.#connection?.redrive();
    if (this.#health.lost) this.#health.on('network-changed');
  }

  networkChanged(): void {
    this.#health.on('network-changed');
  }

  /**
   * The one look of an interval, for all who need it: whether anything arrives, if something must be; what we send
   * and how it gets there; what somebody asked. Null when nobody needs it, or nothing flows.
   */
  async sample(sending: boolean, requested: boolean): Promise<StatsSample | null> {
    const expected = sending && !this.videoRequester.hidesCamera;
    const needed = expected || requested || this.#hooks.tracks().size > 0;
    const sample = needed ? await this.read(expected) : null;
    if (!sample || !expected) this.#silence.reset();
    else this.#heard(sample.in.packets);
    return sample;
  }

  async read(expected = false): Promise<StatsSample | null> {
    const connection = this.#connection;
    if (!connection || !this.#flows()) return null;
    const reports = await connection.pc.getStats().catch(() => null);
    if (!reports || connection !== this.#connection) return null;
    return {
      ...sampleFrom(reports, (mid) => connection.videoSourceAt(mid)),
      connection: connection.id,
      at: performance.timeOrigin + performance.now(),
      since: connection.since,
      expected,
    };
  }

  /** What has arrived so far: frames of a picture, packets of a sound. */
  async arrived(): Promise<ReadonlyMap<Source, number>> {
    const counts = new Map<Source, number>();
    const reports = await this.#connection?.pc.getStats().catch(() => null);
    for (const report of (reports?.values() ?? []) as Iterable<RTCInboundRtpStreamStats>) {
      if (report.type !== 'inbound-rtp') continue;
      const [source] = [...this.#tracks].find(([, { id }]) => id === report.trackIdentifier) ?? [];
      if (source) counts.set(source, (report.kind === 'video' ? report.framesDecoded : report.packetsReceived) ?? 0);
    }
    return counts;
  }

  #heard(packets: number): void {
    const verdict = this.#silence.sample(packets);
    if (verdict === 'fine' || this.#closed.signal.aborted) return;
    this.#context.logger.warn(`nothing arrives: ${verdict}`, this.#peerId);
    this.#run(() => (verdict === 'restart' ? this.#restart() : this.#connect(true)));
  }

  fail(fault: LinkFault): void {
    if (fault === 'ice-failed') this.#health.on('failed');
    else this.#run(() => this.#restart());
  }

  reconfigured(): void {
    if (this.#connection) this.#run(() => this.#restart());
  }

  /** Loudness of what arrives from them now, 0 to 1; 0 while nothing plays it. */
  level(): number {
    const track = this.#tracks.get('microphone');
    const receiver = this.#connection?.pc.getReceivers().find((r) => r.track === track);
    const [source] = receiver?.getSynchronizationSources() ?? [];
    // The last packet's level stays readable after the packets stop.
    return source && performance.timeOrigin + performance.now() - source.timestamp < 1_000 ? (source.audioLevel ?? 0) : 0;
  }

  close(): void {
    this.#closed.abort();
    this.videoRequester.close();
    this.#health.close();
    this.#connection?.close();
  }

  /** One step after the other; a step that fails is told, and the next one runs all the same. */
  #run(step: () => Promise<unknown>): void {
    this.#serial.run(step).catch((cause: unknown) => this.#failed(cause));
  }

  async #connect(initiator: boolean): Promise<MeshConnection> {
    const config = await this.#config();
    this.#connection?.close();
    const connection: MeshConnection = new MeshConnection(
      config,
      { initiator, polite: this.#polite, candidateBatchMs: this.#timings.candidateBatchMs },
      this.#hooksOf(() => connection),
    );
    this.#connection = connection;
    if (this.#closed.signal.aborted) connection.close();
    else await connection.start();
    return connection;
  }

  /**
   * Their answer is on its way to this connection, should they offer instead, theirs is taken; or it was there before the link,
   * and so was ours.
   */
  async #adopt({ connection, late }: PreparedConnection): Promise<void> {
    this.#connection?.close();
    this.#connection = connection;
    if (connection.remoteId === null) this.#handedOut = connection;
    if (this.#closed.signal.aborted) return connection.close();
    const assigned = connection.assign(
      this.#hooksOf(() => connection),
      this.#polite,
    );
    for (const signal of late) this.#send(signal);
    await assigned;
  }

  #hooksOf(of: () => MeshConnection): MeshConnectionHooks {
    const current = (): boolean => of() === this.#connection;
    return {
      send: (signal) => this.#send(signal),
      tracks: this.#hooks.tracks,
      pipes: {
        opened: (pipe) => this.#context.events.pipeOpened(this.#peerId, pipe),
        closed: (pipe) => this.#context.events.pipeClosed(this.#peerId, pipe),
      },
      stateChanged: () => {
        if (current()) this.#stateChanged(of().pc);
      },
      received: (source, track) => {
        if (current()) this.#received(source, track);
      },
      failed: (cause) => {
        if (current()) this.#failed(cause);
      },
    };
  }

  async #receive(signal: Signal): Promise<void> {
    if (this.#closed.signal.aborted) return;
    if (signal.videoRequests) {
      this.#requested = signal.videoRequests;
      this.#hooks.requested();
      return;
    }
    const current = this.#connection;
    if (signal.remoteConnectionId !== undefined && signal.remoteConnectionId !== current?.id) return; // meant for a connection that is gone
    const known = current?.remoteId === signal.connectionId;
    const opens = signal.description?.type === 'offer' && signal.remoteConnectionId === undefined;
    const answers = signal.description?.type === 'answer' && current?.remoteId === null;
    if (known || answers) {
      await current.receive(this.#early.joined(signal));
    } else if (opens) {
      // Both sides opened at the same moment: the impolite one's connection stays.
      if (current?.initiator && current.remoteId === null && !this.#polite && current !== this.#handedOut) return;
      const fresh = current && !current.initiator && current.remoteId === null ? current : await this.#connect(false);
      this.#health.on('renewed');
      await fresh.receive(this.#early.joined(signal));
      await this.#encode();
      this.videoRequester.resend();
    } else if (signal.candidates) {
      this.#early.keep(signal.connectionId, signal.candidates);
    }
  }

  #send(signal: Signal): void {
    this.#context.send(this.#peerId, signal).catch((error: unknown) => {
      // The other side moved on or left; its own next message decides. Everything else is mended by the health table.
      this.#context.logger.debug('signal not delivered', error);
    });
  }

  #stateChanged(pc: RTCPeerConnection): void {
    const event = eventOf(pc);
    if (event) this.#health.on(event);
    if (event === 'connected') this.#run(() => this.#encode());
  }

  #received(source: Source, track: MediaStreamTrack): void {
    if (!this.#hooks.maySend(source) || this.#tracks.get(source) === track) return;
    this.#tracks.set(source, track);
    this.#context.events.trackAdded(this.#peerId, source, track);
  }

  /** A connection that never heard of the other side cannot restart: it makes the first offer itself. */
  async #restart(): Promise<void> {
    const connection = this.#connection;
    if (!connection || this.#closed.signal.aborted) return;
    if (!connection.initiator && connection.remoteId === null) await this.#connect(true);
    else {
      this.#handedOut = null;
      connection.restartIce(await this.#config());
    }
  }

  #flows(): boolean {
    return this.#connection?.pc.connectionState === 'connected';
  }

  async #config(): Promise<RTCConfiguration> {
    return { iceServers: await this.#context.ice(), iceTransportPolicy: this.#context.iceTransportPolicy() };
  }

  async #encode(): Promise<void> {
    this.#encoding = false;
    for (const source of ['camera', 'screen'] as const) {
      const [sender, encoding] = [this.#connection?.transceivers.sender(source), this.#encodings[source]];
      if (sender && encoding) await encode(sender, encoding).catch(() => undefined); // not negotiated yet: when connected
    }
  }

  #failed(cause: unknown): void {
    if (this.#closed.signal.aborted) return;
    const error = new CallError('NEGOTIATION_FAILED', { cause });
    this.#context.logger.warn('negotiation failed', cause);
    this.#context.events.linkFailed(this.#peerId, error);
  }
}
