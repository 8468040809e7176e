/**
 * Finds the seat a join is about: the one this connection has, the one a token takes back, or a new one.
 * Asks the authorizer and the store, and refuses; tells nobody and changes nothing else.
 */
import type { Bans } from '../auth/bans.js';
import type { Revocations } from '../auth/revocations.js';
import { guest, identityFrom, type Identity } from '../auth/identity.js';
import type { JoinRequest } from '../protocol/schemas.js';
import { profileOf } from '../rooms/profile.js';
import type { RoomStore, Seated } from '../rooms/room-store.js';
import type { Claims } from '../rooms/claims.js';
import { newParticipantId } from '../rooms/secrets.js';
import { bounded } from './bounded.js';
import type { Authorizer, AuthorizedJoin } from './authorizer.js';
import type { PendingGoodbyes } from './pending-goodbyes.js';
import type { ClientConnection } from './client-connection.js';
import type { Rates } from './rates.js';
import { Refusal } from './refusal.js';
import type { ParticipantSession } from './participant-session.js';

export interface AdmissionParts {
  readonly store: RoomStore;
  readonly rates: Rates;
  readonly maxParticipants: number;
  readonly claims: Claims;
  /** Seats nobody here remembers may be claimed back: this server was started a moment ago. */
  readonly rebuilding: () => boolean;
  readonly bans: Bans;
  readonly authorizer: Authorizer;
  readonly sessions: ReadonlyMap<string, ParticipantSession>;
  readonly pendingGoodbyes: PendingGoodbyes;
  readonly revocations: Revocations;
  /** The same person comes in anew: their earlier seat is given up. */
  readonly replace: (session: ParticipantSession) => Promise<void>;
}

export type Admitted = Seated & {
  /** `again`: the same attempt as before, whose answer may have been lost. */
  readonly outcome: 'new' | 'again' | 'resumed' | 'rebuilt';
  /** When they came in by a proof of their own, where that was not just now. */
  readonly since?: number | undefined;
  /** The token that was used up for it. */
  readonly usedToken?: string | undefined;
  /** Who sits down; a seat that exists keeps its own. */
  readonly identity: Identity;
};

export type Found = Admitted | { readonly outcome: 'waiting'; readonly authorized: AuthorizedJoin };

/** `letIn`: somebody from the waiting room, checked when they came. */
export async function findSession(
  connection: ClientConnection,
  request: JoinRequest,
  nextTokenHash: string,
  parts: AdmissionParts,
  letIn?: AuthorizedJoin,
): Promise<Found> {
  if (connection.session !== undefined || request.resume !== undefined)
    return takeBack(connection, request, nextTokenHash, parts);
  const authorized = letIn ?? (await parts.authorizer.check(connection, request));
  try {
    return await takeNew(
      connection,
      request,
      nextTokenHash,
      parts,
      authorized,
      letIn !== undefined || authorized.invited === true,
    );
  } catch (error) {
    if (letIn === undefined) await parts.authorizer.giveBack(authorized);
    throw error;
  }
}

async function takeBack(
  connection: ClientConnection,
  request: JoinRequest,
  nextTokenHash: string,
  parts: AdmissionParts,
): Promise<Admitted> {
  const { room, joinId, resume } = request;
  const own = connection.session;
  const proof = own ?? { participantId: resume?.participantId ?? '', tokenHash: parts.claims.hashOf(resume?.token ?? '') };
  const { participantId, tokenHash } = proof;
  const identity = parts.sessions.get(participantId)?.identity ?? guest();
  const profile = bounded(profileOf(request), identity);
  const seated = await parts.store.resume({
    room,
    joinId: attemptOf(joinId, identity),
    participantId,
    tokenHash,
    nextTokenHash,
    profile,
  });
  if (seated === undefined) {
    const goodbye = connection.transient ? undefined : parts.pendingGoodbyes.of(participantId, tokenHash);
    if (goodbye === undefined) return rebuild(request, nextTokenHash, parts);
    connection.close(goodbye);
    throw new Refusal('SESSION_INVALID');
  }
  return { outcome: own === undefined ? 'resumed' : 'again', identity, ...seated };
}

/** The seat as its signed token describes it, for a server that was restarted and remembers nobody. */
async function rebuild(request: JoinRequest, tokenHash: string, parts: AdmissionParts): Promise<Admitted> {
  const { store, claims, bans, maxParticipants: limit } = parts;
  const { room, resume } = request;
  if (resume === undefined || !parts.rebuilding()) throw new Refusal('SESSION_INVALID');
  const { participantId } = resume;
  const claim = claims.open(resume.token, { room, participantId });
  const known = async () => (await store.state(room)).participants.some(({ id }) => id === participantId);
  if (claim === undefined || (await known())) throw new Refusal('SESSION_INVALID');
  const { sequence, since } = claim;
  if (claim.expiresAt < Date.now()) throw new Refusal('SESSION_INVALID');
  const identity = identityFrom(claim.rights);
  if (await bans.has(room, { participantId, sub: identity.sub })) throw new Refusal('SESSION_INVALID');
  if (await parts.revocations.of(room, identity.sub ?? participantId, since)) throw new Refusal('SESSION_INVALID');
  const profile = bounded(profileOf(request), identity);
  const { role, grants } = identity;
  const place = { room, limit, joinId: attemptOf(request.joinId, identity), participantId, sequence, tokenHash };
  const presentedTokenHash = claims.hashOf(resume.token);
  const result = await store.admit({ ...place, presentedTokenHash, profile, role, grants, privileged: true, waits: false });
  if (result.outcome !== 'new' && result.outcome !== 'again') throw new Refusal('ROOM_FULL');
  return { ...result, identity, since, outcome: 'rebuilt' };
}

async function takeNew(
  connection: ClientConnection,
  request: JoinRequest,
  nextTokenHash: string,
  parts: AdmissionParts,
  authorized: AuthorizedJoin,
  letIn: boolean,
): Promise<Found> {
  const { store, rates, maxParticipants: limit } = parts;
  const { room, joinId } = request;
  const { identity } = authorized;
  if ((await store.count(room)) === 0) rates.takeRoom(connection);
  const former = identity.sub === undefined ? undefined : await sessionOf(room, joinId, identity.sub, parts);
  if (former !== undefined) {
    // Another device of theirs came in later: the one that was gone does not push it out by itself.
    if (request.automatic === true && former.connection !== undefined && former.since > (authorized.since ?? Infinity))
      throw new Refusal('DUPLICATE_IDENTITY');
    await parts.replace(former);
  }
  const result = await store.admit({
    room,
    limit,
    joinId: attemptOf(joinId, identity),
    participantId: connection.earlyNegotiation?.room === room ? connection.earlyNegotiation.id : newParticipantId(),
    tokenHash: nextTokenHash,
    profile: bounded(profileOf(request), identity),
    role: identity.role,
    grants: identity.grants,
    privileged: letIn || former !== undefined || authorized.lostSeat === true || identity.grants.moderate,
    waits: identity.waits,
  });
  if ('participant' in result) return { ...result, identity, since: authorized.since, usedToken: authorized.taken };
  if (result.outcome === 'waiting') return { outcome: 'waiting', authorized };
  throw new Refusal(result.outcome === 'full' ? 'ROOM_FULL' : 'ROOM_LOCKED');
}

/** An attempt is repeated only by who made it: knowing another's `joinId` gives nobody their seat. */
function attemptOf(joinId: string, { sub }: Identity): string {
  return sub === undefined ? joinId : `${joinId} ${sub}`;
}

/** One person, one seat: two tabs of one person would hear each other. */
async function sessionOf(
  room: string,
  joinId: string,
  sub: string,
  { store, sessions }: AdmissionParts,
): Promise<ParticipantSession | undefined> {
  const { participants } = await store.state(room);
  const taken = participants.map(({ id }) => sessions.get(id)).find((session) => session?.identity.sub === sub);
  return taken?.joinId === joinId ? undefined : taken;
}
