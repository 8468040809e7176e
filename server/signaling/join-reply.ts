/** The answer to a join: all that somebody who has just sat down needs to know. Decides nothing. */
import { guest, type Identity } from '../auth/identity.js';
import type { IceSource } from '../ice/ice-servers.js';
import type { WaitingParticipant } from '../protocol/rights.js';
import type { JoinReply } from '../protocol/schemas.js';
import type { Claims, ResumeToken } from '../rooms/claims.js';
import { rosterFor } from '../rooms/profile.js';
import type { Seated } from '../rooms/room-store.js';
import type { ParticipantSession } from './participant-session.js';

export interface ReplyParts {
  readonly ice: IceSource;
  readonly claims: Claims;
  readonly serverInstanceId: string;
  readonly limit: number;
  readonly graceMs: number;
  readonly waiting: (room: string) => readonly WaitingParticipant[];
}

export function joinReply(
  session: ParticipantSession,
  { participant, state }: Seated,
  token: ResumeToken,
  parts: ReplyParts,
): JoinReply {
  const { room, identity, resumed } = session;
  const { id: participantId, sequence } = participant;
  return {
    room,
    self: participant,
    roster: rosterFor(participantId, state),
    ice: parts.ice(),
    limit: parts.limit,
    resumeToken: parts.claims.seal(token, { room, participantId }, { sequence, ...rightsOf(identity) }),
    serverInstanceId: parts.serverInstanceId,
    graceMs: parts.graceMs,
    resumed,
    grants: identity.grants,
    ...(identity.grants.moderate ? { waiting: [...parts.waiting(room)] } : {}),
  };
}

/** Of guests there is nothing to remember: they are the same after a restart. */
function rightsOf(identity: Identity): { readonly rights?: Identity } {
  return identity === guest() ? {} : { rights: identity };
}
