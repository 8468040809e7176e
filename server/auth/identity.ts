/**
 * Who somebody is to this server, and what follows from it: the rights of each role, and which media
 * may be announced. Data and pure functions; how it is proved stands elsewhere.
 */
import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { Grants, Role, type Publishable } from '../protocol/rights.js';
import type { MediaState } from '../protocol/schemas.js';

const Identity = Type.Object({
  role: Role,
  grants: Grants,
  /** The host site's id of the person; absent for a guest. */
  sub: Type.Optional(Type.String()),
  /** Signed, so it stands above what the page says. */
  name: Type.Optional(Type.String()),
  /** Is let in by hand, whatever the room is set to. */
  waits: Type.Boolean(),
});
export type Identity = Readonly<Static<typeof Identity>>;

const identity = Compile(Identity);

const EVERYTHING: readonly Publishable[] = Object.freeze(['microphone', 'camera', 'screen'] as const);

/** The rights of a role, where the token says nothing else. A viewer never sends, whatever the token says. */
export function grantsOf(role: Role, given: Partial<Grants> = {}): Grants {
  const keepsOrder = role === 'host' || role === 'moderator';
  return {
    publish: role === 'viewer' ? [] : [...(given.publish ?? EVERYTHING)],
    subscribe: given.subscribe ?? true,
    chat: given.chat ?? true,
    moderate: given.moderate ?? keepsOrder,
    record: given.record ?? keepsOrder,
  };
}

/**
 * One for all of them, so nobody may write into it. Where nobody needs a token nobody is a host: recording is everybody's,
 * and told to everybody.
 */
const GUEST: Identity = Object.freeze({
  role: 'speaker',
  grants: Object.freeze(grantsOf('speaker', { record: true })),
  waits: false,
});
Object.freeze(GUEST.grants.publish);

/** Somebody without a token where none is needed. */
export function guest(): Identity {
  return GUEST;
}

/** An identity that was put into words of ours and came back; a guest if there is none. */
export function identityFrom(words: unknown): Identity {
  return identity.Check(words) ? words : guest();
}

/** What may be announced as live: the rest is off, whatever the page says. */
export function permittedMedia(media: MediaState, { publish, record }: Grants): MediaState {
  const may = (source: Publishable) => publish.includes(source);
  return {
    microphone: media.microphone && may('microphone'),
    camera: media.camera && may('camera'),
    screen: media.screen && may('screen'),
    screenAudio: media.screenAudio && may('screen'),
    ...(media.recording && record ? { recording: true as const } : {}),
  };
}
