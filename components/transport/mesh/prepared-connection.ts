/** A connection that was made before there was a link for it: what both the prepared offer and the early connections keep. */
import type { Signal } from '../../../server/protocol/schemas.js';
import type { MeshConnection, MeshConnectionHooks } from './mesh-connection.js';

/** A connection that has spoken to somebody already, or whose first offer is with them. */
export interface PreparedConnection {
  readonly connection: MeshConnection;
  /** What it had to say since: it goes to them once they are here. */
  readonly late: Signal[];
}

const NOBODY = new Map();

/** Nobody is at the other end yet: no track is sent, nothing is said. */
export function hooksWithoutPeer(send: (signal: Signal) => void): MeshConnectionHooks {
  return {
    send,
    tracks: () => NOBODY,
    pipes: null,
    stateChanged: () => undefined,
    received: () => undefined,
    failed: () => undefined,
  };
}
