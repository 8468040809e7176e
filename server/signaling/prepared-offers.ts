/**
 * Ready-made offers of those inside, each for one newcomer: handed out with the answer to the join, or kept for
 * somebody at the door who answers before joining. An offer is used once, is bound to its owner's connection, and expires;
 * who gets none makes the first offer as ever. Knows seats; decides nothing about who comes in.
 */
import type { PeerOffer, PrepareOfferRequest } from '../protocol/schemas.js';
import type { CandidateRules } from './candidates.js';
import { checkedSdp } from './descriptions.js';
import type { ClientConnection } from './client-connection.js';
import { rebuiltMids } from './signal-forwarder.js';
import type { StoredOffer, ParticipantSession } from './participant-session.js';

export const ROUND = 1;

export class PreparedOffers {
  readonly #rules: CandidateRules;
  readonly #validMs: number;

  /** `validMs`: 0 keeps none. */
  constructor(rules: CandidateRules, validMs: number) {
    this.#rules = rules;
    this.#validMs = validMs;
  }

  /** In the place of the one before: also for whom that was kept, if they are still at the door. */
  store(session: ParticipantSession, { offer }: PrepareOfferRequest): void {
    const keptFor = reservedConnection(session);
    session.preparedOffer = undefined;
    if (offer === undefined || this.#validMs === 0) return;
    const { connectionId: link, sdp, mids } = offer;
    const description = { type: 'offer' as const, sdp: checkedSdp(sdp, this.#rules) };
    session.preparedOffer = {
      signal: { connectionId: link, round: ROUND, description, mids: rebuiltMids(mids) },
      until: performance.now() + this.#validMs,
      ...(keptFor && { reservedFor: keptFor }),
    };
  }

  /** For somebody at the door: what nobody else has seen. Its owner hears nothing of it. */
  reserve(connection: ClientConnection, owners: readonly (ParticipantSession | undefined)[]): PeerOffer[] {
    return owners.flatMap((owner) => {
      const stored = valid(owner);
      if (owner === undefined || stored === undefined || (stored.reservedFor ?? connection) !== connection) return [];
      owner.preparedOffer = { ...stored, reservedFor: connection };
      return [{ from: owner.participantId, signal: stored.signal }];
    });
  }

  /** True: it was kept for this connection, which has it now, and whoever `by` is answers it. */
  take(connection: ClientConnection, owner: ParticipantSession, link: string, by: string): boolean {
    const stored = valid(owner);
    if (stored?.reservedFor !== connection || stored.signal.connectionId !== link) return false;
    this.#give(owner, link, by);
    return true;
  }

  /**
   * From now on each of them waits for the newcomer's answer, as if it had offered by itself. `kept`: also those that were kept
   * for the newcomer, who has answered none.
   */
  handOut(newcomer: ParticipantSession, others: readonly (ParticipantSession | undefined)[], kept: boolean): PeerOffer[] {
    const { participantId: by } = newcomer;
    return others.flatMap((owner) => {
      const stored = owner === newcomer ? undefined : valid(owner);
      if (owner === undefined || stored === undefined) return [];
      if (stored.reservedFor !== undefined && !(kept && stored.reservedFor === newcomer.connection)) return [];
      const { signal } = stored;
      owner.pendingOffers.set(by, { connectionId: signal.connectionId, round: ROUND });
      this.#give(owner, signal.connectionId, by);
      return [{ from: owner.participantId, signal }];
    });
  }

  #give(owner: ParticipantSession, link: string, by: string): void {
    owner.preparedOffer = undefined;
    owner.connection?.send('offer-taken', { connectionId: link, by });
  }
}

function valid(owner: ParticipantSession | undefined): StoredOffer | undefined {
  if (owner?.connection === undefined || owner.suspended || owner.preparedOffer === undefined) return undefined;
  if (performance.now() <= owner.preparedOffer.until) return owner.preparedOffer;
  owner.preparedOffer = undefined;
  return undefined;
}

/** Who stands at the door with it, still. */
function reservedConnection({ room, preparedOffer: stored }: ParticipantSession): ClientConnection | undefined {
  const connection = stored?.reservedFor;
  return connection?.open === true && connection.preview?.room === room && awaitsOffers(connection) ? connection : undefined;
}

/** They have looked not long ago. */
export function awaitsOffers({ preview: door, earlyNegotiation: state }: ClientConnection): boolean {
  return state !== undefined && state.room === door?.room && performance.now() <= state.until;
}
