/**
 * Finds the seat a join is about: the one this line has, the one a token takes back, or a new one.
 * Asks the store, and refuses; tells nobody and changes nothing else.
 */
import type { JoinRequest } from '../protocol/schemas.js';
import { profileOf } from '../rooms/profile.js';
import type { RoomStore, Seated } from '../rooms/room-store.js';
import { hashToken, newParticipantId } from '../rooms/secrets.js';
import type { Line } from './line.js';
import type { Rates } from './rates.js';
import { Refusal } from './refusal.js';

export interface AdmissionParts {
  readonly store: RoomStore;
  readonly rates: Rates;
  readonly maxParticipants: number;
}

export type Admitted = Seated & {
  /** `again`: the same attempt as before, whose answer may have been lost. */
  readonly outcome: 'new' | 'again' | 'resumed';
};

export async function findSeat(
  line: Line,
  request: JoinRequest,
  nextTokenHash: string,
  parts: AdmissionParts,
): Promise<Admitted> {
  const { store, rates, maxParticipants: limit } = parts;
  const { room, joinId, resume } = request;
  const profile = profileOf(request);
  const own = line.seat;
  if (own !== undefined || resume !== undefined) {
    const proof = own ?? { participantId: resume?.participantId ?? '', tokenHash: hashToken(resume?.token ?? '') };
    const { participantId, tokenHash } = proof;
    const seated = await store.resume({ room, joinId, participantId, tokenHash, nextTokenHash, profile });
    if (seated === undefined) throw new Refusal('SESSION_INVALID');
    return { outcome: own === undefined ? 'resumed' : 'again', ...seated };
  }
  if ((await store.count(room)) === 0) await rates.takeRoom(line);
  const result = await store.admit({ room, limit, joinId, participantId: newParticipantId(), tokenHash: nextTokenHash, profile });
  if (result.outcome === 'full') throw new Refusal('ROOM_FULL');
  return result;
}
