/**
 * Ready-made offers of those inside, each for one newcomer: handed out with the answer to the join, or kept for
 * somebody at the door who answers before joining. An offer is used once, is bound to its owner's line, and expires;
 * who gets none makes the first offer as ever. Knows seats; decides nothing about who comes in.
 */
import type { HandedOffer, ParkRequest } from '../protocol/schemas.js';
import type { CandidateRules } from './candidates.js';
import { checkedSdp } from './descriptions.js';
import type { Line } from './line.js';
import { rebuiltMids } from './relay.js';
import type { Parked, Seat } from './seat.js';

export const ROUND = 1;

export class Parking {
  readonly #rules: CandidateRules;
  readonly #keptMs: number;

  /** `keptMs`: 0 keeps none. */
  constructor(rules: CandidateRules, keptMs: number) {
    this.#rules = rules;
    this.#keptMs = keptMs;
  }

  /** In the place of the one before: also for whom that was kept, if they are still at the door. */
  park(seat: Seat, { offer }: ParkRequest): void {
    const keptFor = waiting(seat);
    seat.parked = undefined;
    if (offer === undefined || this.#keptMs === 0) return;
    const { link, sdp, mids } = offer;
    const description = { type: 'offer' as const, sdp: checkedSdp(sdp, this.#rules) };
    seat.parked = {
      signal: { link, round: ROUND, description, mids: rebuiltMids(mids) },
      until: performance.now() + this.#keptMs,
      ...(keptFor && { keptFor }),
    };
  }

  /** For somebody at the door: what nobody else has seen. Its owner hears nothing of it. */
  keep(line: Line, owners: readonly (Seat | undefined)[]): HandedOffer[] {
    return owners.flatMap((owner) => {
      const parked = valid(owner);
      if (owner === undefined || parked === undefined || (parked.keptFor ?? line) !== line) return [];
      owner.parked = { ...parked, keptFor: line };
      return [{ from: owner.participantId, signal: parked.signal }];
    });
  }

  /** True: it was kept for this line, which has it now, and whoever `by` is answers it. */
  take(line: Line, owner: Seat, link: string, by: string): boolean {
    const parked = valid(owner);
    if (parked?.keptFor !== line || parked.signal.link !== link) return false;
    this.#give(owner, link, by);
    return true;
  }

  /**
   * From now on each of them waits for the newcomer's answer, as if it had offered by itself. `kept`: also those that were kept
   * for the newcomer, who has answered none.
   */
  hand(newcomer: Seat, others: readonly (Seat | undefined)[], kept: boolean): HandedOffer[] {
    const { participantId: by } = newcomer;
    return others.flatMap((owner) => {
      const parked = owner === newcomer ? undefined : valid(owner);
      if (owner === undefined || parked === undefined) return [];
      if (parked.keptFor !== undefined && !(kept && parked.keptFor === newcomer.line)) return [];
      const { signal } = parked;
      owner.offers.set(by, { link: signal.link, round: ROUND });
      this.#give(owner, signal.link, by);
      return [{ from: owner.participantId, signal }];
    });
  }

  #give(owner: Seat, link: string, by: string): void {
    owner.parked = undefined;
    owner.line?.send('offer-taken', { link, by });
  }
}

function valid(owner: Seat | undefined): Parked | undefined {
  if (owner?.line === undefined || owner.suspended || owner.parked === undefined) return undefined;
  if (performance.now() <= owner.parked.until) return owner.parked;
  owner.parked = undefined;
  return undefined;
}

/** Who stands at the door with it, still. */
function waiting({ room, parked }: Seat): Line | undefined {
  const line = parked?.keptFor;
  return line?.open === true && line.door?.room === room && looksThroughIt(line) ? line : undefined;
}

/** They have looked not long ago. */
export function looksThroughIt({ door, visitor }: Line): boolean {
  return visitor !== undefined && visitor.room === door?.room && performance.now() <= visitor.until;
}
