/** What the call knows of one person. Plain frozen data; only the reducer makes new ones. */
import type { Grants, Role } from '../../server/protocol/rights.js';
import type { MediaState, ParticipantInfo, Presence, Source } from '../../server/protocol/schemas.js';
import type { DeviceError } from './call-error.js';
import type { NetworkQuality } from './network.js';

export type { MediaState, Presence, Source } from '../../server/protocol/schemas.js';
export type ParticipantId = string;

/**
 * How media to a peer is doing. `connecting` until it first flowed, then `connected` and `reconnecting`
 * in turn; `failed` when nothing of ours can mend it (the link keeps trying at long intervals).
 */
export type LinkState = 'connecting' | 'connected' | 'reconnecting' | 'failed';

/** A tile shows one source: a person's camera (with the microphone's sound), or a screen (with its sound). */
export type VideoSource = 'camera' | 'screen';
export type Streams = Readonly<Record<VideoSource, MediaStream | null>>;

export const NO_STREAMS: Streams = Object.freeze({ camera: null, screen: null });
export const SILENT: MediaState = Object.freeze({ microphone: false, camera: false, screen: false, screenAudio: false });

/** Somebody else in the room. */
export interface Participant {
  readonly id: ParticipantId;
  /** As cleaned by the server; empty when none was given: show a localized "Guest". */
  readonly displayName: string;
  readonly avatarUrl: string | null;
  readonly externalId: string | null;
  readonly sequence: number;
  readonly role: Role;
  readonly presence: Presence;
  /** What they say is live. */
  readonly media: MediaState;
  readonly link: LinkState;
  /** How well media travels between us; absent until something was measured. */
  readonly networkQuality?: NetworkQuality | undefined;
  /**
   * The same objects for as long as they are here, so an element can keep playing them. Their tracks may be exchanged: a dispatched
   * `addtrack` tells, because a sound needs a new `MediaStream` to be heard then. A picture goes on by itself.
   */
  readonly streams: Streams;
  readonly handRaised: boolean;
  /** Whoever raised theirs first has the lowest number; 0 while it is down. */
  readonly handOrder: number;
  /** What they may send, where that is not everything; what else comes from them is dropped. */
  readonly mayPublish?: Grants['publish'];
  /** May write in the chat. */
  readonly mayChat: boolean;
}

/** One thing we can send. Pending is a state of its own, so that a button never lies. */
export interface LocalSource {
  readonly status: 'off' | 'turning-on' | 'on' | 'turning-off';
  /** Joining turns it on, unless it is on already. Before the join this is what a toggle shows. */
  readonly wanted: boolean;
  readonly deviceId: string | null;
  /** Why it is not on although it was asked for. */
  readonly error: DeviceError | null;
}

/** `on` is the browser's own; `strong` also takes away what that leaves: keyboards, fans, streets. */
export type NoiseSuppression = 'off' | 'on' | 'strong';

export interface LocalParticipant {
  /** Null until joined. */
  readonly id: ParticipantId | null;
  readonly displayName: string;
  readonly avatarUrl: string | null;
  readonly externalId: string | null;
  readonly role: Role;
  /** What we may do here. Before joining: what a guest may. */
  readonly grants: Grants;
  readonly microphone: LocalSource;
  readonly camera: LocalSource;
  readonly screen: LocalSource;
  /** What is behind us: `none` (the camera as it is), `blur`, or the address of a picture. */
  readonly background: string;
  readonly noiseSuppression: NoiseSuppression;
  /** We keep what we see and hear in a file; everybody is told. */
  readonly recording: boolean;
  /** For the self view; picture only. */
  readonly streams: Streams;
  readonly handRaised: boolean;
  readonly handOrder: number;
}

export const SOURCE_OFF: LocalSource = Object.freeze({ status: 'off', wanted: false, deviceId: null, error: null });

/** What a guest may do whom no token says anything about. */
export const GUEST: Grants = Object.freeze({
  publish: ['microphone', 'camera', 'screen'] satisfies Grants['publish'],
  subscribe: true,
  chat: true,
  moderate: false,
  record: true,
});

export const NOBODY: LocalParticipant = Object.freeze({
  id: null,
  displayName: '',
  avatarUrl: null,
  externalId: null,
  role: 'speaker',
  grants: GUEST,
  microphone: SOURCE_OFF,
  camera: SOURCE_OFF,
  screen: SOURCE_OFF,
  background: 'none',
  noiseSuppression: 'on',
  recording: false,
  streams: NO_STREAMS,
  handRaised: false,
  handOrder: 0,
});

/** Microphone or camera is on: packets must be arriving from them. */
export function isSending({ microphone, camera }: MediaState): boolean {
  return microphone || camera;
}

export function participantFrom(info: ParticipantInfo, before?: Participant): Participant {
  return Object.freeze({
    id: info.id,
    displayName: info.displayName,
    avatarUrl: info.avatarUrl ?? null,
    externalId: info.externalId ?? null,
    sequence: info.sequence,
    role: info.role ?? 'speaker',
    presence: info.presence,
    media: Object.freeze({ ...info.media }),
    link: before?.link ?? 'connecting',
    networkQuality: before?.networkQuality,
    streams: before?.streams ?? NO_STREAMS,
    ...handOf(info),
    mayChat: info.chat !== false,
    ...(info.publish && { mayPublish: Object.freeze(info.publish) as Grants['publish'] }),
  });
}

export function handOf({ hand = 0 }: ParticipantInfo): Pick<Participant, 'handOrder' | 'handRaised'> {
  return { handRaised: hand > 0, handOrder: hand };
}

export function videoSourceOf(source: Source): VideoSource {
  return source === 'screen' || source === 'screenAudio' ? 'screen' : 'camera';
}
