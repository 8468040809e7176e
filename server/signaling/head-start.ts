/** What saves a newcomer time: the offers that are parked for whoever comes, and whom they met from the door. */
import type { HandedOffer, JoinRequest, MetOffer } from '../protocol/schemas.js';
import type { Admitted } from './admission.js';
import { isOpen, metBy } from './doorstep.js';
import type { Line } from './line.js';
import type { Parking } from './parking.js';
import type { Seat } from './seat.js';

export interface HeadStartParts {
  readonly parking: Parking;
  readonly seats: ReadonlyMap<string, Seat>;
}

export interface HeadStart {
  readonly offers?: readonly HandedOffer[];
  readonly met?: readonly MetOffer[];
}

/** Told to the owners before they hear who came. A repeated join does without: the first one had it. */
export function headStart(
  line: Line,
  seat: Seat,
  { outcome, state }: Admitted,
  { offers: wanted }: JoinRequest,
  { parking, seats }: HeadStartParts,
): HeadStart {
  const { visitor } = line;
  line.visitor = undefined;
  const met = metBy(visitor, seat.participantId, seats);
  if (wanted !== true || outcome === 'again' || !isOpen(state.settings)) return {};
  const others = state.participants.filter(({ id }) => !met.some(({ from }) => from === id));
  const offers = parking.hand(
    seat,
    others.map(({ id }) => seats.get(id)),
    visitor?.answers !== true,
  );
  return { ...(offers.length > 0 && { offers }), ...(met.length > 0 && { met }) };
}
