/**
 * One connection kept ready for whoever comes next, its finished offer prepared with the server: the newcomer
 * answers it at once. Used once, replaced when it grows old or the network changes, taken back where nobody may
 * come. Knows no peers; whatever goes wrong here only means that the newcomer offers, as without it.
 */
import type { Signal } from '../../../server/protocol/schemas.js';
import type { LinkTimings } from '../../core/timings.js';
import type { MeshContext } from './mesh-context.js';
import { MeshConnection } from './mesh-connection.js';
import { gatheringEnd } from './gathering.js';
import { hooksWithoutPeer, type PreparedConnection } from './prepared-connection.js';

export class PreparedOffer {
  readonly #context: MeshContext;
  readonly #timings: LinkTimings;
  /** By the name of the connection: one, or two while the newer one takes the place of the older. */
  readonly #ready = new Map<string, PreparedConnection>();
  /** Its candidates are being gathered. */
  #making: MeshConnection | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Counts the reasons to begin anew: what an older attempt brings is not wanted any more. */
  #attempt = 0;
  #entered = false;
  #wanted = false;

  constructor(context: MeshContext, timings: LinkTimings) {
    this.#context = context;
    this.#timings = timings;
  }

  /** We are inside; from now on somebody may come. */
  enter(): void {
    this.#entered = this.#timings.prepareOfferAfterMs > 0;
  }

  reconsider(): void {
    const wanted = this.#entered && this.#context.mayPrepareOffer();
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    if (wanted) {
      this.#again(this.#timings.prepareOfferAfterMs);
    } else {
      this.#discard();
      this.#context.prepareOffer(null).catch(() => undefined); // without a line nothing is prepared
    }
  }

  /** What is prepared leads nowhere any more. */
  renew(): void {
    const again = this.#ready.size > 0 ? 0 : this.#timings.prepareOfferAfterMs;
    this.#discard();
    if (this.#wanted) this.#again(again);
  }

  has(connectionId: string): boolean {
    return this.#ready.has(connectionId);
  }

  /** Null: it is gone, and who has its offer must get another. */
  take(link: string): PreparedConnection | null {
    const ready = this.#ready.get(link) ?? null;
    this.#ready.delete(link);
    if (this.#wanted) this.#again(this.#timings.prepareOfferAfterMs);
    return ready;
  }

  close(): void {
    this.#entered = this.#wanted = false;
    this.#discard();
  }

  #again(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#handOver(), ms);
  }

  #discard(): void {
    clearTimeout(this.#timer);
    this.#attempt += 1;
    this.#making?.close();
    this.#making = null;
    for (const { connection } of this.#ready.values()) connection.close();
    this.#ready.clear();
  }

  /** Old and new overlap until the server has the new one: somebody may be taking the old one just now. */
  async #handOver(): Promise<void> {
    const attempt = (this.#attempt += 1);
    this.#again(this.#timings.preparedOfferMs);
    const late: Signal[] = [];
    let connection: MeshConnection | null = null;
    try {
      const iceServers = await this.#context.ice();
      const config = { iceServers, iceTransportPolicy: this.#context.iceTransportPolicy() };
      if (attempt !== this.#attempt) return;
      const options = { initiator: true, polite: false, candidateBatchMs: this.#timings.candidateBatchMs };
      connection = new MeshConnection(
        config,
        options,
        hooksWithoutPeer((signal) => late.push(signal)),
      );
      this.#making?.close();
      this.#making = connection;
      await connection.start();
      const sdp = await this.#offerOf(connection.pc);
      if (attempt !== this.#attempt || !sdp) {
        connection.close();
        return;
      }
      this.#making = null;
      late.length = 0; // it is all in the text
      const { id: link } = connection;
      this.#ready.set(link, { connection, late });
      await this.#context.prepareOffer({ connectionId: link, sdp, mids: connection.transceivers.mids() });
      if (attempt === this.#attempt) this.#only(link);
    } catch {
      // No line, or no offer: whoever comes makes the first one.
      connection?.close();
      if (connection) this.#ready.delete(connection.id);
    }
  }

  /** Undefined without a way to reach us: such an offer would only cost the newcomer time. */
  async #offerOf(pc: RTCPeerConnection): Promise<string | undefined> {
    await gatheringEnd(pc, AbortSignal.timeout(this.#timings.gatherMs));
    const sdp = pc.localDescription?.sdp;
    return sdp?.includes('a=candidate:') ? sdp : undefined;
  }

  #only(link: string): void {
    for (const [other, { connection }] of this.#ready) {
      if (other === link) continue;
      connection.close();
      this.#ready.delete(other);
    }
  }
}
