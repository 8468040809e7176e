/** How media travels between us and each of the others, in numbers and in one word. */
import type { ParticipantId, VideoSource } from './participant.js';

/**
 * `excellent`: nobody notices anything. `good`: small delays. `poor`: pictures or words are lost or late.
 * `lost`: nothing arrives.
 */
export type NetworkQuality = 'excellent' | 'good' | 'poor' | 'lost';

/** What keeps the quality from being `excellent`. */
export type NetworkReason = 'round-trip-time' | 'send-loss' | 'receive-loss' | 'jitter' | 'bandwidth' | 'silence';

/** What holds the picture we send back: the processor, the line, or something else; null where the browser does not say. */
export type Limitation = 'none' | 'cpu' | 'bandwidth' | 'other';

export interface ReceivedPicture {
  readonly width: number;
  readonly height: number;
  /** Frames per second. */
  readonly frameRate: number;
}

export interface SentPicture extends ReceivedPicture {
  readonly limitation: Limitation | null;
}

/** What flowed since the look before, a few seconds ago. */
export interface Traffic {
  readonly sendBitsPerSecond: number;
  readonly recvBitsPerSecond: number;
  /** Share of the packets that was lost, 0 to 1; null where too few were sent to tell. */
  readonly sendPacketLoss: number | null;
  readonly recvPacketLoss: number | null;
  /** Milliseconds there and back. */
  readonly roundTripTime: number | null;
  /** Milliseconds by which packets come unevenly. */
  readonly jitter: number | null;
}

/** One way media travels on: in a mesh there is one to everybody, with an SFU one or two to its server. */
export interface ConnectionStats extends Traffic {
  /** Who is at the other end; null: a server that passes on what everybody sends. */
  readonly participantId: ParticipantId | null;
  /** `relay`: through a TURN server, because there is no direct way or because we want it so. */
  readonly path: 'direct' | 'relay' | null;
  /** From this machine to the other one, or to the relay. */
  readonly protocol: 'udp' | 'tcp' | 'tls' | null;
  /** What the browser believes this way carries, in bit/s; null where it does not say. */
  readonly availableOutgoingBitrate: number | null;
  /** Our pictures as they leave over it now. */
  readonly sent: Readonly<Record<VideoSource, SentPicture | null>>;
}

/** How media of one participant reaches us, whatever way it comes. */
export interface ParticipantNetworkStats {
  readonly participantId: ParticipantId;
  readonly quality: NetworkQuality;
  readonly reasons: readonly NetworkReason[];
  /** Their pictures as they arrive now. */
  readonly received: Readonly<Record<VideoSource, ReceivedPicture | null>>;
}

export interface NetworkStats {
  /** When this was measured, as `Date.now()` counts. */
  readonly timestamp: number;
  /** Of our own line: no worse than the best we have of anybody, because what all have in common is ours. */
  readonly quality: NetworkQuality;
  /** All connections together: sums of the rates, the mean of the losses by packets, the longest of the times. */
  readonly total: Traffic;
  /** The largest of our pictures that leave this machine, of each source. */
  readonly sent: Readonly<Record<VideoSource, SentPicture | null>>;
  readonly connections: readonly ConnectionStats[];
  readonly participants: readonly ParticipantNetworkStats[];
}

/** Nobody is here, nothing flows. */
export const NO_NETWORK: NetworkStats = Object.freeze({
  timestamp: 0,
  quality: 'excellent',
  total: Object.freeze({
    sendBitsPerSecond: 0,
    recvBitsPerSecond: 0,
    sendPacketLoss: null,
    recvPacketLoss: null,
    roundTripTime: null,
    jitter: null,
  }),
  sent: Object.freeze({ camera: null, screen: null }),
  connections: Object.freeze([]),
  participants: Object.freeze([]),
});
