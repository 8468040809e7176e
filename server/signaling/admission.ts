/**
 * Finds the seat a join is about: the one this line has, the one a token takes back, or a new one.
 * Asks the doorkeeper and the store, and refuses; tells nobody and changes nothing else.
 */
import type { Bans } from '../auth/bans.js';
import { guest, identityFrom, type Identity } from '../auth/identity.js';
import type { JoinRequest } from '../protocol/schemas.js';
import { profileOf } from '../rooms/profile.js';
import type { RoomStore, Seated } from '../rooms/room-store.js';
import type { Claims } from '../rooms/claims.js';
import { newParticipantId } from '../rooms/secrets.js';
import { bounded } from './bounded.js';
import type { Doorkeeper, Entrant } from './doorkeeper.js';
import type { Farewells } from './farewells.js';
import type { Line } from './line.js';
import type { Rates } from './rates.js';
import { Refusal } from './refusal.js';
import type { Seat } from './seat.js';

export interface AdmissionParts {
  readonly store: RoomStore;
  readonly rates: Rates;
  readonly maxParticipants: number;
  readonly claims: Claims;
  /** Seats nobody here remembers may be claimed back: this server was started a moment ago. */
  readonly rebuilding: () => boolean;
  readonly bans: Bans;
  readonly doorkeeper: Doorkeeper;
  readonly seats: ReadonlyMap<string, Seat>;
  readonly farewells: Farewells;
  /** The same person comes in anew: their earlier seat is given up. */
  readonly replace: (seat: Seat) => Promise<void>;
}

export type Admitted = Seated & {
  /** `again`: the same attempt as before, whose answer may have been lost. */
  readonly outcome: 'new' | 'again' | 'resumed' | 'rebuilt';
  /** Who sits down; a seat that exists keeps its own. */
  readonly identity: Identity;
};

export type Found = Admitted | { readonly outcome: 'waiting'; readonly entrant: Entrant };

/** `letIn`: somebody from the waiting room, checked when they came. */
export async function findSeat(
  line: Line,
  request: JoinRequest,
  nextTokenHash: string,
  parts: AdmissionParts,
  letIn?: Entrant,
): Promise<Found> {
  if (line.seat !== undefined || request.resume !== undefined) return takeBack(line, request, nextTokenHash, parts);
  const entrant = letIn ?? (await parts.doorkeeper.check(line, request));
  try {
    return await takeNew(line, request, nextTokenHash, parts, entrant, letIn !== undefined || entrant.invited === true);
  } catch (error) {
    if (letIn === undefined) await parts.doorkeeper.giveBack(entrant);
    throw error;
  }
}

async function takeBack(line: Line, request: JoinRequest, nextTokenHash: string, parts: AdmissionParts): Promise<Admitted> {
  const { room, joinId, resume } = request;
  const own = line.seat;
  const proof = own ?? { participantId: resume?.participantId ?? '', tokenHash: parts.claims.hashOf(resume?.token ?? '') };
  const { participantId, tokenHash } = proof;
  const identity = parts.seats.get(participantId)?.identity ?? guest();
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
    const goodbye = line.passing ? undefined : parts.farewells.of(participantId, tokenHash);
    if (goodbye === undefined) return rebuild(request, nextTokenHash, parts);
    line.close(goodbye);
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
  const { sequence } = claim;
  const identity = identityFrom(claim.rights);
  if (await bans.has(room, { participantId, sub: identity.sub })) throw new Refusal('SESSION_INVALID');
  const profile = bounded(profileOf(request), identity);
  const { role, grants } = identity;
  const place = { room, limit, joinId: attemptOf(request.joinId, identity), participantId, sequence, tokenHash };
  const result = await store.admit({ ...place, profile, role, grants, privileged: true, waits: false });
  if (result.outcome !== 'new' && result.outcome !== 'again') throw new Refusal('ROOM_FULL');
  return { ...result, identity, outcome: 'rebuilt' };
}

async function takeNew(
  line: Line,
  request: JoinRequest,
  nextTokenHash: string,
  parts: AdmissionParts,
  entrant: Entrant,
  letIn: boolean,
): Promise<Found> {
  const { store, rates, maxParticipants: limit } = parts;
  const { room, joinId } = request;
  const { identity } = entrant;
  if ((await store.count(room)) === 0) rates.takeRoom(line);
  const former = identity.sub === undefined ? undefined : await seatOf(room, joinId, identity.sub, parts);
  if (former !== undefined) await parts.replace(former);
  const result = await store.admit({
    room,
    limit,
    joinId: attemptOf(joinId, identity),
    participantId: line.visitor?.room === room ? line.visitor.id : newParticipantId(),
    tokenHash: nextTokenHash,
    profile: bounded(profileOf(request), identity),
    role: identity.role,
    grants: identity.grants,
    privileged: letIn || former !== undefined || identity.grants.moderate,
    waits: identity.waits,
  });
  if ('participant' in result) return { ...result, identity };
  if (result.outcome === 'waiting') return { outcome: 'waiting', entrant };
  throw new Refusal(result.outcome === 'full' ? 'ROOM_FULL' : 'ROOM_LOCKED');
}

/** An attempt is repeated only by who made it: knowing another's `joinId` gives nobody their seat. */
function attemptOf(joinId: string, { sub }: Identity): string {
  return sub === undefined ? joinId : `${joinId} ${sub}`;
}

/** One person, one seat: two tabs of one person would hear each other. */
async function seatOf(room: string, joinId: string, sub: string, { store, seats }: AdmissionParts): Promise<Seat | undefined> {
  const { participants } = await store.state(room);
  const taken = participants.map(({ id }) => seats.get(id)).find((seat) => seat?.identity.sub === sub);
  return taken?.joinId === joinId ? undefined : taken;
}
