/**
 * What carries media, as a session needs it: a mesh, or an SFU. A transport delivers tracks and pipes; roster, names, streams, messages and
 * what is shown belong to the session, so that a participant survives a change of transport untouched. How a transport negotiates is its own
 * business: it gets what the server said of it unread, and has its own port to the signaling connection.
 */
import type { Grants } from '../../../server/protocol/rights.js';
import type { CallError } from '../call-error.js';
import type { Logger } from '../logger.js';
import type { Pipe } from '../messaging/reliable-channel.js';
import type { NetworkQuality, NetworkReason, NetworkStats } from '../network.js';
import type { LinkState, ParticipantId, Source, VideoSource } from '../participant.js';
import type { Signaling } from '../signaling.js';
import type { LinkFault } from '../simulation.js';
import type { EarlyConnections } from './early-connections.js';
import type { VideoDimensions } from './video-requests.js';

export type TransportKind = 'mesh' | 'sfu';

export interface RosterPeer {
  readonly id: ParticipantId;
  /** They say that microphone or camera is on, and this transport carries it: something must be arriving. */
  readonly sending: boolean;
  /** What they may send, where that is not everything. A changed page may send more: that is dropped. */
  readonly mayPublish?: Grants['publish'];
}

export interface MediaTransport {
  readonly kind: TransportKind;
  /** The number of the switch that made it; 0 for the one a room begins with. */
  readonly epoch: number;
  /** Reaches what it needs to carry media at all. Rejects with `CallError`. */
  connect(abort: AbortSignal): Promise<void>;
  /**
   * Who is here is the server's word, not the transport's. Connects to the new, drops the gone. `expecting`: somebody else may come, for whom
   * it is worth to make something ready.
   */
  setRoster(peers: readonly RosterPeer[], expecting: boolean): void;
  /** Sends a track as this source to everybody, or stops sending it (null). Never renegotiates what it need not. */
  publish(source: Source, track: MediaStreamTrack | null): Promise<void>;
  /** As much of that source is shown here; null: nothing. Never said: it comes as the sender likes. */
  requestVideo(peer: ParticipantId, source: VideoSource, size: VideoDimensions | null): void;
  /** Who speaks gets every frame. */
  prioritize(peer: ParticipantId | null): void;
  /** Bits per second it may send at the most, while another transport sends beside it; null: all there is. */
  setUplinkBudget(bitsPerSecond: number | null): void;
  /** Loudness of each peer right now, 0 (silence) to 1. */
  levels(): ReadonlyMap<ParticipantId, number>;
  networkStats(): Promise<NetworkStats>;
  /** The machine's network changed: `online`, another interface. */
  networkChanged(): void;
  /** The ICE servers or the policy changed: use them from now on. */
  reconfigured(): void;
  /** Goes through a fault, for tests of pages. */
  fail(fault: LinkFault): void;
  close(): Promise<void>;
}

/** What a transport tells. One listener, given when it is made. */
export interface TransportEvents {
  /** This track carries that source of theirs from now on, in the place of the one before. */
  trackAdded(peer: ParticipantId, source: Source, track: MediaStreamTrack): void;
  trackRemoved(peer: ParticipantId, source: Source): void;
  /** Frames or sound of that source arrive and go on arriving. Told by a standby only: a switch waits for it. */
  mediaFlowing(peer: ParticipantId, source: Source): void;
  linkChanged(peer: ParticipantId, link: LinkState): void;
  /** Something went wrong on the way to one participant; it goes on trying. */
  linkFailed(peer: ParticipantId, error: CallError): void;
  /** Of the way to somebody, or of our own line (`id` is ours then). */
  qualityChanged(id: ParticipantId, quality: NetworkQuality, reasons: readonly NetworkReason[]): void;
  /** A way for messages to that participant is open, beside those there are; and closed again. */
  pipeOpened(peer: ParticipantId, pipe: Pipe): void;
  pipeClosed(peer: ParticipantId, pipe: Pipe): void;
  /** It carries nothing any more, and cannot mend that itself. */
  failed(error: CallError): void;
}

/** What a transport is made with. */
export interface TransportContext {
  readonly selfId: ParticipantId;
  readonly epoch: number;
  readonly logger: Logger;
  /** The connection to the server of this session: where a transport finds its own port. */
  readonly signaling: Signaling;
  /** What the answer to the join said to the transport. Nobody else reads it. */
  readonly negotiation: unknown;
  /** What was made ready before we came in. */
  readonly earlyConnections: EarlyConnections | null;
  /** Another transport still carries the media everybody sees and hears; this one is being made ready to take over. */
  standby(): boolean;
  /** Those of the page; null: the server's. May change during the call; a transport hears of it by `reconfigured()`. */
  iceServers(): readonly RTCIceServer[] | null;
  iceTransportPolicy(): RTCIceTransportPolicy;
  /** The visitor pays by the byte. */
  lowData(): boolean;
}

export type CreateTransport = (kind: TransportKind, context: TransportContext, events: TransportEvents) => MediaTransport;
