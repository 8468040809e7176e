/** What a transport makes ready before we are inside. It may know a way to connect the browsers already. */
import type { Signaling } from '../signaling.js';

/** Whatever goes wrong here only means that the join takes the ordinary way, so nothing of it rejects. */
export interface EarlyConnections {
  /**
   * Who is inside may have changed. Makes ready; tells nobody inside. `again`: no act of the visitor.
   */
  probe(again?: boolean): void;
  /** The visitor is about to join: the browsers may connect already. */
  approach(): void;
  /** We join in this moment: resolves when all is ready that will be. */
  beforeJoin(): Promise<void>;
  /** Whatever no transport has taken by now is given up. */
  close(): void;
}

export interface EarlyConnectionsContext {
  readonly signaling: Signaling;
  iceServers(): readonly RTCIceServer[] | null;
  iceTransportPolicy(): RTCIceTransportPolicy;
}

/** Null: not here. */
export type CreateEarlyConnections = (context: EarlyConnectionsContext) => EarlyConnections | null;
