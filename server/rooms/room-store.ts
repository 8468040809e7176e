/**
 * Where rooms live. An asynchronous seam: memory now, a store shared by several servers later, so
 * every operation is one atomic step and says all that its caller needs to announce it.
 * Knows participants as data; knows nothing of sockets, tokens in the clear, or messages.
 */
import type { Grants, Role, RoomSettings } from '../protocol/rights.js';
import type { MediaState, ParticipantInfo, Presence } from '../protocol/schemas.js';

/** What somebody brings along when taking a seat; cleaned already. */
export interface Profile {
  readonly displayName: string;
  readonly avatarUrl?: string;
  readonly externalId?: string;
  readonly media: MediaState;
  /** For a seat that is made anew. */
  readonly handRaised?: boolean;
}

export interface Admission {
  readonly room: string;
  readonly limit: number;
  /** Names the attempt. A seat made by the same attempt is handed out again instead of a second one. */
  readonly joinId: string;
  /** The id of the new seat, should one be made. */
  readonly participantId: string;
  /** The number the seat had before the server forgot it; the next one otherwise. */
  readonly sequence?: number;
  /** Hash of the token that will take this seat back. */
  readonly tokenHash: string;
  /** Of the one that proved a seat nobody remembers: good for the same attempt once more, should the answer be lost. */
  readonly presentedTokenHash?: string;
  readonly profile: Profile;
  readonly role: Role;
  /** What the others must know of their rights. */
  readonly grants: Pick<Grants, 'chat' | 'publish'>;
  /** Comes in whether the room is locked or has a waiting room: who may moderate, or was let in. */
  readonly privileged: boolean;
  /** Waits to be let in even where nobody else has to. */
  readonly waits: boolean;
}

export interface Resumption {
  readonly room: string;
  readonly joinId: string;
  readonly participantId: string;
  /** Hash of the token presented, and of the one that replaces it. */
  readonly tokenHash: string;
  readonly nextTokenHash: string;
  readonly profile: Profile;
}

export interface RoomState {
  readonly version: number;
  /** By `sequence`. */
  readonly participants: readonly ParticipantInfo[];
  readonly settings: RoomSettings;
}

export interface Seated {
  readonly participant: ParticipantInfo;
  /** The room right after this step, the seat included. */
  readonly state: RoomState;
  /** The version rose: others have something to hear. */
  readonly changed: boolean;
}

export type AdmissionResult =
  (Seated & { readonly outcome: 'new' | 'again' }) | { readonly outcome: 'full' | 'locked' | 'waiting'; readonly count: number };

export interface RoomSummary {
  readonly room: string;
  readonly participants: number;
}

export interface Change {
  readonly displayName?: string;
  readonly avatarUrl?: string;
  readonly media?: MediaState;
  readonly handRaised?: boolean;
  readonly presence?: Presence;
}

export interface RoomStore {
  /** Participants in a room, those away included: their seats are taken. */
  count(room: string): Promise<number>;
  /** Gives a seat if there is one, atomically with counting. */
  admit(admission: Admission): Promise<AdmissionResult>;
  /** Hands a seat back to who can prove to own it, and replaces the proof. `undefined`: no such seat, or no proof. */
  resume(resumption: Resumption): Promise<Seated | undefined>;
  /** Merges a change; `changed` is false if it altered nothing. `undefined`: nobody there. */
  update(room: string, participantId: string, change: Change): Promise<Seated | undefined>;
  /** Frees a seat; the version after it. `undefined`: it was free already. */
  remove(room: string, participantId: string): Promise<number | undefined>;
  state(room: string): Promise<RoomState>;
  /** Changes how a room is set, and its version if that altered anything. A room nobody is in keeps nothing. */
  configure(room: string, settings: Partial<RoomSettings>): Promise<{ readonly state: RoomState; readonly changed: boolean }>;
  /** The rooms somebody is in. */
  list(): Promise<readonly RoomSummary[]>;
  /** Lets go of timers and connections. */
  close(): Promise<void>;
}
