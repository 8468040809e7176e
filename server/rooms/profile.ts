/**
 * From what a client sent to what others may see: cleaned, copied field by field. Knows requests
 * and rosters; decides nothing.
 */
import type { JoinRequest, Roster, UpdateRequest } from '../protocol/schemas.js';
import { cleanAvatarUrl, cleanDisplayName, cleanExternalId } from './display-name.js';
import type { Change, Profile, RoomState } from './room-store.js';

export function profileOf(request: JoinRequest): Profile {
  const avatarUrl = request.avatarUrl === undefined ? undefined : cleanAvatarUrl(request.avatarUrl);
  return {
    displayName: cleanDisplayName(request.displayName ?? ''),
    ...(avatarUrl === undefined ? {} : { avatarUrl }),
    ...(request.externalId === undefined ? {} : { externalId: cleanExternalId(request.externalId) }),
    media: { ...request.media },
    ...(request.handRaised === true ? { handRaised: true } : {}),
  };
}

export function changeOf(request: UpdateRequest): Change {
  const avatarUrl = request.avatarUrl === undefined ? undefined : cleanAvatarUrl(request.avatarUrl);
  return {
    ...(request.displayName === undefined ? {} : { displayName: cleanDisplayName(request.displayName) }),
    ...(avatarUrl === undefined ? {} : { avatarUrl }),
    ...(request.media === undefined ? {} : { media: { ...request.media } }),
    ...(request.handRaised === undefined ? {} : { handRaised: request.handRaised }),
  };
}

/** Everybody else in the room. */
export function rosterFor(participantId: string, { version, participants, settings }: RoomState): Roster {
  return { version, participants: participants.filter(({ id }) => id !== participantId), settings: { ...settings } };
}
