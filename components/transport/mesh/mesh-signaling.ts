/**
 * The mesh's own way to the other participants' meshes, over the connection to the server. Core hands it through without knowing it;
 * the signaling connection offers it (`SocketSignaling.mesh`), tests a pipe of their own.
 */
import type {
  EarlyAnswersRequest,
  EarlyOffersReply,
  EarlyOffersRequest,
  IceReply,
  PreparedOfferInit,
  Signal,
} from '../../../server/protocol/schemas.js';
import type { ParticipantId } from '../../core/participant.js';

export interface MeshSignalingListener {
  onSignal(from: ParticipantId, signal: Signal): void;
  /** The offer we prepared is for this participant now, who is about to appear in the roster or is there already. */
  onOfferTaken(connectionId: string, by: ParticipantId): void;
  /** The connection is back after a loss: whatever was in flight may be gone. */
  onResumed(): void;
}

export interface MeshSignaling {
  /** To one participant; retried until acknowledged, rejects when it cannot be delivered any more. */
  send(to: ParticipantId, signal: Signal): Promise<void>;
  /** Leaves a ready-made offer with the server for whoever comes next, in the place of the one before; null takes it back. */
  prepare(offer: PreparedOfferInit | null): Promise<void>;
  /** ICE servers with fresh credentials. */
  ice(): Promise<IceReply>;
  /** Before joining: offers that are kept for us, and our answers to them. */
  earlyOffers(request: EarlyOffersRequest): Promise<EarlyOffersReply>;
  earlyAnswers(request: EarlyAnswersRequest): Promise<unknown>;
  /** Before joining: other offers are kept for us now, in the place of those their owners left before. */
  onOffers(listener: (reply: EarlyOffersReply) => void, abort: AbortSignal): void;
  /** What the meshes of this switch say to ours. What came before is told at once: theirs may be ready sooner. */
  listen(epoch: number, listener: MeshSignalingListener, abort: AbortSignal): void;
}
