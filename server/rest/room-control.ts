/** What the REST interface needs of the rooms; the signaling's moderation fits. Throws errors with a code of the protocol. */
import type { Mutable, RoomSettings } from '../protocol/rights.js';
import type { ParticipantInfo } from '../protocol/schemas.js';

export interface RoomControl {
  rooms(): Promise<readonly { readonly room: string; readonly participants: number }[]>;
  room(room: string): Promise<{ readonly participants: readonly ParticipantInfo[]; readonly settings: RoomSettings }>;
  /** `by` is undefined: the site itself asks. */
  mute(room: string, by: undefined, request: { ids: string[]; sources?: Mutable[] }): void;
  kick(room: string, by: undefined, participantId: string): Promise<void>;
  configure(room: string, settings: Partial<RoomSettings>): Promise<RoomSettings>;
  /** False: nobody was there. */
  end(room: string): Promise<boolean>;
}
