/** What a page says about its visitor, held to what the visitor may say: signed words stand above claimed ones. */
import { permittedMedia, type Identity } from '../auth/identity.js';
import { cleanDisplayName, cleanExternalId } from '../rooms/display-name.js';
import type { Change, Profile } from '../rooms/room-store.js';

export function bounded(profile: Profile, identity: Identity): Profile {
  const { name, sub, grants } = identity;
  return {
    ...profile,
    ...(name === undefined ? {} : { displayName: cleanDisplayName(name) }),
    ...(sub === undefined ? {} : { externalId: cleanExternalId(sub) }),
    media: permittedMedia(profile.media, grants),
  };
}

export function boundedChange(change: Change, { name, grants }: Identity): Change {
  return {
    ...change,
    ...(name === undefined || change.displayName === undefined ? {} : { displayName: cleanDisplayName(name) }),
    ...(change.media === undefined ? {} : { media: permittedMedia(change.media, grants) }),
  };
}
