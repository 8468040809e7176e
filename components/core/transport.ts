/**
 * What carries media, as the session needs it: the mesh now, an SFU adapter later. Roster, names,
 * hands and chat do not belong to a transport: a participant survives a hand-over untouched.
 */
import type { ClientToServer } from '../../server/protocol/events.js';
import type { Grants } from '../../server/protocol/rights.js';
import type { PreparedOfferInit, EarlyOffersReply, Signal } from '../../server/protocol/schemas.js';
import type { TransportFact } from './facts.js';
import type { LinkFault } from './simulation.js';
import type { Logger } from './logger.js';
import type { PrejoinEvent } from './signaling.js';
import type { NetworkStats } from './network.js';
import type { ParticipantId, Source, VideoSource } from './participant.js';

export interface RosterPeer {
  readonly id: ParticipantId;
  /** They say that microphone or camera is on: something must be arriving. */
  readonly sending: boolean;
  /** What they may send, where that is not everything. A changed page may send more: that is dropped. */
  readonly mayPublish?: Grants['publish'];
  /** Their first offer, which came with the answer to our join: to be answered instead of making ours. */
  readonly offer?: Signal;
  /** Their first offer, by the name of its connection, which we answered from the door: see `Doorstep`. */
  readonly answered?: string;
}

export interface MediaTransport {
  readonly kind: 'mesh' | 'sfu';
  /** Resolves when media can flow. */
  start(signal: AbortSignal): Promise<void>;
  /**
   * Who is here is the server's word, not the transport's. Connects to the new, drops the gone. The first
   * roster is those who were here before us: we make the first offer to them, those who come later to us.
   */
  setRoster(peers: readonly RosterPeer[]): void;
  /** Sends a track as this source to everybody, or stops sending it (null). Never renegotiates what it need not. */
  publish(source: Source, track: MediaStreamTrack | null): Promise<void>;
  close(): Promise<void>;
}

/** What a transport gets from the session. */
export interface TransportContext {
  readonly self: { readonly id: ParticipantId };
  readonly logger: Logger;
  /** May change during the call; a transport hears of it by `reconfigured()`. */
  iceTransportPolicy(): RTCIceTransportPolicy;
  /** ICE servers with credentials that hold; asked for before every connection and restart. */
  ice(): Promise<RTCIceServer[]>;
  /** The visitor pays by the byte. */
  lowData(): boolean;
  send(to: ParticipantId, signal: Signal): Promise<void>;
  /** Leaves a ready-made offer where newcomers find it; null takes it back. */
  prepareOffer(offer: PreparedOfferInit | null): Promise<void>;
  /** Whether somebody may come for whom an offer is worth keeping ready. */
  mayPrepareOffer(): boolean;
  fact(fact: TransportFact): void;
  onLevels(onData: DataMessage): void;
}

export type CreateTransport = (context: TransportContext, earlyConnections: EarlyConnections | null) => MediaTransport;

/**
 * What is made ready before we are inside. Whatever goes wrong here only means that the join takes the ordinary way, so
 * nothing of it rejects.
 */
export interface EarlyConnections {
  /**
   * Offers of those inside may be there that we have not seen. Makes ready to answer; sends nothing to anybody inside. `again`: no
   * act of the visitor.
   */
  probe(again?: boolean): void;
  /** These are kept for us now, each in the place of what its owner left before. */
  offersChanged(kept: EarlyOffersReply): void;
  /** The visitor is about to join: answers, so that the browsers connect already. */
  approach(): void;
  /** We join in this moment: resolves when all has been answered that will be. */
  beforeJoin(): Promise<void>;
  /** Whatever no transport has taken by now is given up. */
  close(): void;
}

/** Null: not here. */
export type CreateEarlyConnections = (context: EarlyConnectionsContext) => EarlyConnections | null;

export interface EarlyConnectionsContext {
  request<E extends PrejoinEvent>(event: E, request: ClientToServer[E]['request']): Promise<ClientToServer[E]['reply']>;
  iceServers(): readonly RTCIceServer[] | null;
  iceTransportPolicy(): RTCIceTransportPolicy;
}

/** Optional capability: negotiates over our own signaling connection. */
export interface AcceptsSignals {
  receive(from: ParticipantId, signal: Signal): void;
  /** The line is back after a loss: whatever was in flight may be gone, drive it again from the real state. */
  signalingResumed(): void;
  /** The machine's network changed: `online`, another interface. */
  networkChanged(): void;
  /** The ICE servers or the policy changed: use them from now on. */
  reconfigured(): void;
}

/** Optional capability: keeps an offer ready for whoever comes next. */
export interface PreparesOffers {
  /** It was handed to this participant, who is about to appear in the roster or is there already. */
  offerTaken(link: string, by: ParticipantId): void;
  /** What `mayPark()` depends on has changed. */
  reconsiderPreparedOffer(): void;
}

/** Optional capability: loudness of each peer right now, 0 (silence) to 1, by participant. */
export interface ReportsLevels {
  levels(): ReadonlyMap<ParticipantId, number>;
}

/** Optional capability: knows how media travels. */
export interface ReportsNetwork {
  networkStats(): Promise<NetworkStats>;
}

/** How large a picture is shown, in device pixels. Nobody sees it: it need not be sent. */
export interface VideoSize {
  readonly width: number;
  readonly height: number;
  readonly visible: boolean;
}

/** Who looks at a picture: somebody at this page, or a file that is being made. */
export type VideoConsumer = 'page' | 'recording';

/** Optional capability: asks for no more than is shown. */
export interface TakesVideoRequests {
  /**
   * Null: not shown to this spectator. What the page never spoke of comes as the sender likes, whatever a recording
   * wants; of several spectators the larger view counts.
   */
  requestVideo(peer: ParticipantId, source: VideoSource, view: VideoSize | null, spectator: VideoConsumer): void;
  /** Who speaks gets every frame. */
  prioritize(peer: ParticipantId | null): void;
}

/** Optional capability: goes through a fault on demand. For tests of pages. */
export interface FailsOnDemand {
  fail(fault: LinkFault): void;
}

/** Something another participant's page sent, whole and once, in the order it was sent. */
export interface DataMessage {
  /** The participant at the other end of the link it came over. */
  readonly from: ParticipantId;
  readonly data: string;
  /** Milliseconds it waited at the sender's: the link was down, for instance. */
  readonly waitedMs: number;
}

/** Optional capability: carries words from page to page. The server never sees them. */
export interface CarriesData {
  /**
   * To one participant. Kept while the link is being mended, and delivered once. Resolves when the other page has it;
   * rejects when it cannot be delivered any more: they left, or too much is waiting.
   */
  sendData(to: ParticipantId, data: string): Promise<void>;
}

export function carriesData(transport: MediaTransport): transport is MediaTransport & CarriesData {
  return 'sendData' in transport;
}

export function acceptsSignals(transport: MediaTransport): transport is MediaTransport & AcceptsSignals {
  return 'receive' in transport && 'signalingResumed' in transport;
}

export function preparesOffers(transport: MediaTransport): transport is MediaTransport & PreparesOffers {
  return 'offerTaken' in transport;
}

export function takesVideoRequests(transport: MediaTransport): transport is MediaTransport & TakesVideoRequests {
  return 'showing' in transport;
}

export function failsOnDemand(transport: MediaTransport): transport is MediaTransport & FailsOnDemand {
  return 'fail' in transport;
}

export function reportsNetwork(transport: MediaTransport): transport is MediaTransport & ReportsNetwork {
  return 'networkStats' in transport;
}

export function reportsLevels(transport: MediaTransport): transport is MediaTransport & ReportsLevels {
  return 'levels' in transport;
}
