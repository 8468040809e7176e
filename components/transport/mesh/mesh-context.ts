/** What the parts of a mesh need of everything around it. */
import type { PreparedOfferInit, Signal } from '../../../server/protocol/schemas.js';
import type { Logger } from '../../core/logger.js';
import type { TransportEvents } from '../../core/media/media-transport.js';
import type { ParticipantId } from '../../core/participant.js';

export interface MeshContext {
  readonly selfId: ParticipantId;
  readonly logger: Logger;
  readonly events: TransportEvents;
  iceTransportPolicy(): RTCIceTransportPolicy;
  /** ICE servers with credentials that hold; asked for before every connection and restart. */
  ice(): Promise<RTCIceServer[]>;
  send(to: ParticipantId, signal: Signal): Promise<void>;
  /** Leaves a ready-made offer where newcomers find it; null takes it back. */
  prepareOffer(offer: PreparedOfferInit | null): Promise<void>;
  /** Whether somebody may come for whom an offer is worth keeping ready. */
  mayPrepareOffer(): boolean;
}
