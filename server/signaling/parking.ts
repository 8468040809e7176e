/**
 * Ready-made offers of those inside, each handed to one newcomer as part of the answer to the join: nobody waits
 * for an offer to travel. An offer is used once, is bound to its owner's line, and expires; who gets none makes
 * the first offer as ever. Knows seats; decides nothing about who comes in.
 */
import type { HandedOffer, ParkRequest } from '../protocol/schemas.js';
import type { CandidateRules } from './candidates.js';
import { checkedSdp } from './descriptions.js';
import { rebuiltMids } from './relay.js';
import type { Seat } from './seat.js';

const ROUND = 1;

export class Parking {
  readonly #rules: CandidateRules;
  readonly #keptMs: number;

  /** `keptMs`: 0 keeps none. */
  constructor(rules: CandidateRules, keptMs: number) {
    this.#rules = rules;
    this.#keptMs = keptMs;
  }

  /** In the place of the one before. */
  park(seat: Seat, { offer }: ParkRequest): void {
    seat.parked = undefined;
    if (offer === undefined || this.#keptMs === 0) return;
    const { link, sdp, mids } = offer;
    const description = { type: 'offer' as const, sdp: checkedSdp(sdp, this.#rules) };
    seat.parked = {
      signal: { link, round: ROUND, description, mids: rebuiltMids(mids) },
      until: performance.now() + this.#keptMs,
    };
  }

  /** From now on each of them waits for the newcomer's answer, as if it had offered by itself. */
  hand(newcomer: Seat, others: readonly (Seat | undefined)[]): HandedOffer[] {
    const { participantId: by } = newcomer;
    return others.flatMap((owner) => {
      const parked = owner === newcomer ? undefined : owner?.parked;
      if (owner?.line === undefined || owner.suspended || parked === undefined) return [];
      owner.parked = undefined;
      if (performance.now() > parked.until) return [];
      const { link } = parked.signal;
      owner.offers.set(by, { link, round: ROUND });
      owner.line.send('offer-taken', { link, by });
      return [{ from: owner.participantId, signal: parked.signal }];
    });
  }
}
