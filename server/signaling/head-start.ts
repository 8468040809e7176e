/** What saves a newcomer time: the offers that are parked for whoever comes, and whom they answered from the door. */
import type { JoinRequest, MeshNegotiation } from '../protocol/schemas.js';
import type { Admitted } from './admission.js';
import { isOpen, answeredBy } from './early-negotiation.js';
import type { ClientConnection } from './client-connection.js';
import type { PreparedOffers } from './prepared-offers.js';
import type { ParticipantSession } from './participant-session.js';

export interface HeadStartParts {
  readonly preparedOffers: PreparedOffers;
  readonly sessions: ReadonlyMap<string, ParticipantSession>;
}

export type HeadStart = Omit<MeshNegotiation, 'ice'>;

/** Told to the owners before they hear who came. A repeated join does without: the first one had it. */
export function headStart(
  connection: ClientConnection,
  session: ParticipantSession,
  { outcome, state }: Admitted,
  { wantsOffers: wanted }: JoinRequest,
  { preparedOffers, sessions }: HeadStartParts,
): HeadStart {
  const { earlyNegotiation } = connection;
  connection.earlyNegotiation = undefined;
  const answered = answeredBy(earlyNegotiation, session.participantId, sessions);
  if (wanted !== true || outcome === 'again' || !isOpen(state.settings)) return {};
  const others = state.participants.filter(({ id }) => !answered.some(({ from }) => from === id));
  const offers = preparedOffers.handOut(
    session,
    others.map(({ id }) => sessions.get(id)),
    earlyNegotiation?.answers !== true,
  );
  return { ...(offers.length > 0 && { preparedOffers: offers }), ...(answered.length > 0 && { answered }) };
}
