/** The answer to a join: all that somebody who has just sat down needs to know. Decides nothing. */
import { guest, type Identity } from '../auth/identity.js';
import type { IceSource } from '../ice/ice-servers.js';
import type { WaitingParticipant } from '../protocol/rights.js';
import type { JoinReply } from '../protocol/schemas.js';
import type { Claim, Claims, ResumeToken } from '../rooms/claims.js';
import { rosterFor } from '../rooms/profile.js';
import type { Seated } from '../rooms/room-store.js';
import type { HeadStart } from './head-start.js';
import type { Returns } from './returns.js';
import type { ParticipantSession } from './participant-session.js';
import { seatClaimMs } from '../timings.js';

export interface ReplyParts {
  readonly ice: IceSource;
  readonly claims: Claims;
  readonly serverInstanceId: string;
  readonly limit: number;
  readonly graceMs: number;
  readonly returns: Returns;
  readonly waiting: (room: string) => readonly WaitingParticipant[];
}

export function joinReply(
  session: ParticipantSession,
  { participant, state }: Seated,
  token: ResumeToken,
  parts: ReplyParts,
  start: HeadStart,
): JoinReply {
  const { room, identity, resumed } = session;
  const { id: participantId } = participant;
  return {
    room,
    self: participant,
    roster: rosterFor(participantId, state),
    negotiation: { ice: parts.ice(), ...start },
    limit: parts.limit,
    resumeToken: parts.claims.seal(token, { room, participantId }, claimOf(session, parts.graceMs)),
    serverInstanceId: parts.serverInstanceId,
    graceMs: parts.graceMs,
    resumed,
    ...parts.returns.passFor(session),
    grants: identity.grants,
    ...(identity.grants.moderate ? { waiting: [...parts.waiting(room)] } : {}),
  };
}

/** Enough to make this seat again, for as long as its owner may be away. */
export function claimOf({ sequence, since, identity }: ParticipantSession, graceMs: number): Claim {
  return { sequence, since, expiresAt: Date.now() + seatClaimMs({ graceMs }), ...rightsOf(identity) };
}

/** Of guests there is nothing to remember: they are the same after a restart. */
function rightsOf(identity: Identity): { readonly rights?: Identity } {
  return identity === guest() ? {} : { rights: identity };
}
