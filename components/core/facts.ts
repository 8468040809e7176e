/**
 * Everything that can happen to a call, each translated at the border (server events, peer
 * connections, devices) into one of these. Facts are past tense: nothing here asks for anything.
 */
import type { DepartureReason } from '../../server/protocol/events.js';
import type { RoomSettings, WaitingParticipant } from '../../server/protocol/rights.js';
import type { RoomOccupancy, JoinReply, ParticipantInfo } from '../../server/protocol/schemas.js';
import type { CallError, DeviceError } from './call-error.js';
import type { Devices, LeftReason } from './call-state.js';
import type { TokenReason } from './entry-proofs.js';
import type { NetworkQuality, NetworkReason } from './network.js';
import type { ConnectionState } from './phase.js';
import type { ChatMessage } from './messaging/chat-log.js';
import type { Reaction } from './messaging/reactions.js';
import type { ProcessedSource } from './local-media.js';
import type { LinkState, NoiseSuppression, ParticipantId, Source, VideoSource } from './participant.js';

export type LocalSourceName = 'microphone' | 'camera' | 'screen';

/** The session itself. */
export type SessionFact =
  | {
      readonly type: 'configured';
      readonly room: string;
      readonly displayName: string;
      readonly avatarUrl: string | null;
      readonly externalId: string | null;
    }
  | { readonly type: 'prejoin-opened' }
  | { readonly type: 'join-started' }
  /** We do not want to be let in any more. */
  | { readonly type: 'knock-cancelled' }
  /** `awaited`: a restarted server forgot them, and they may still be on the way back. */
  | { readonly type: 'joined'; readonly reply: JoinReply; readonly awaited?: readonly ParticipantId[] }
  /** The join did not happen, but trying again is possible: back to the door. */
  | { readonly type: 'join-failed'; readonly error: CallError; readonly back: 'prejoin' | 'error' }
  | { readonly type: 'left'; readonly reason: LeftReason; readonly error: CallError | null }
  | { readonly type: 'output-device-selected'; readonly deviceId: string }
  /** Nothing we have opens the room (any longer). `promise()`, called at once: the page will set `token`. */
  | { readonly type: 'token-needed'; readonly reason: TokenReason; readonly promise: () => void }
  | { readonly type: 'playback-blocked'; readonly blocked: boolean }
  | { readonly type: 'warned'; readonly error: CallError };

/** The signaling connection. */
export type SignalingFact =
  | { readonly type: 'connection-changed'; readonly connection: ConnectionState }
  | { readonly type: 'room-preview-changed'; readonly occupancy: RoomOccupancy }
  | { readonly type: 'participant-joined'; readonly participant: ParticipantInfo }
  | { readonly type: 'participant-updated'; readonly participant: ParticipantInfo }
  | { readonly type: 'participant-left'; readonly participantId: ParticipantId; readonly reason: DepartureReason }
  /** The room does not open by itself: somebody inside decides. */
  | { readonly type: 'waiting-started' }
  | { readonly type: 'room-updated'; readonly settings: RoomSettings }
  | { readonly type: 'waiting-participant-added'; readonly participant: WaitingParticipant }
  | { readonly type: 'waiting-participant-removed'; readonly waitingId: ParticipantId }
  /** Somebody who keeps order has switched these off. */
  | { readonly type: 'muted-by-host'; readonly sources: readonly LocalSourceName[] }
  /** The server stamped us anew: a cleaned name, for instance. */
  | { readonly type: 'self-updated'; readonly self: ParticipantInfo };

/** The transport. */
export type TransportFact =
  | { readonly type: 'link-changed'; readonly participantId: ParticipantId; readonly link: LinkState }
  /** Of the link to somebody, or of our own connection (`participantId` is ours then). */
  | {
      readonly type: 'network-quality-changed';
      readonly participantId: ParticipantId;
      readonly quality: NetworkQuality;
      readonly reasons: readonly NetworkReason[];
    }
  | {
      readonly type: 'stream-changed';
      readonly participantId: ParticipantId;
      readonly source: VideoSource;
      readonly stream: MediaStream | null;
    }
  | { readonly type: 'active-speaker-changed'; readonly participantId: ParticipantId | null }
  | { readonly type: 'link-failed'; readonly participantId: ParticipantId; readonly error: CallError };

/** What people say to each other, from browser to browser. */
export type MessagingFact =
  /** `message`: a new one, heard or sent; null when only the list or what was seen of it changed. */
  | {
      readonly type: 'chat-changed';
      readonly chat: readonly ChatMessage[];
      readonly unread: number;
      readonly message: ChatMessage | null;
    }
  | { readonly type: 'reaction'; readonly participantId: ParticipantId; readonly emoji: Reaction }
  | { readonly type: 'app-message'; readonly from: ParticipantId; readonly data: unknown };

/** Our own devices. */
export type MediaFact =
  /** Asked for or not any more, while nothing is opened yet. */
  | { readonly type: 'source-wanted'; readonly source: LocalSourceName; readonly wanted: boolean }
  | { readonly type: 'source-changing'; readonly source: LocalSourceName; readonly to: 'on' | 'off' }
  | {
      readonly type: 'source-on';
      readonly source: LocalSourceName;
      readonly deviceId: string | null;
      readonly stream: MediaStream | null;
    }
  /** `error` tells why when nobody asked for it: denied, unplugged, ended from the browser's bar (null then). */
  | { readonly type: 'source-off'; readonly source: LocalSourceName; readonly error: DeviceError | null }
  | { readonly type: 'devices-changed'; readonly devices: Devices }
  /** An effect ended by itself; the device's own track goes on. */
  | { readonly type: 'effect-failed'; readonly source: ProcessedSource; readonly error: CallError };

/** What is done to our own picture and sound. */
export type EffectFact =
  | { readonly type: 'background-changed'; readonly background: string }
  /** We keep what we see and hear in a file, or not any more. */
  | { readonly type: 'recording-changed'; readonly recording: boolean }
  | { readonly type: 'noise-suppression-changed'; readonly noiseSuppression: NoiseSuppression };

export type CallFact = SessionFact | SignalingFact | TransportFact | MessagingFact | MediaFact | EffectFact;
export type FactOf<T extends CallFact['type']> = Extract<CallFact, { type: T }>;
export type { Source };
