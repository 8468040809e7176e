/**
 * What a room hears of those who come, change and go; with it the door of the room, and those outside
 * who keep a record. Knows what to say to whom, not why.
 */
import type { DepartureReason } from '../protocol/events.js';
import type { RoomSettings } from '../protocol/rights.js';
import type { ParticipantInfo } from '../protocol/schemas.js';
import type { Seated } from '../rooms/room-store.js';
import type { Admitted } from './admission.js';
import type { Announce } from './channels.js';
import type { ClientConnection } from './client-connection.js';
import type { RoomLife } from './room-life.js';

export interface AnnouncementParts {
  readonly announce: Announce;
  readonly previewChanged: (room: string) => void;
  readonly life: RoomLife;
}

export class Announcements {
  readonly #parts: AnnouncementParts;

  constructor(parts: AnnouncementParts) {
    this.#parts = parts;
  }

  arrival(connection: ClientConnection, room: string, seated: Admitted): void {
    if (!seated.changed) return;
    const { participant, state, outcome } = seated;
    if (outcome !== 'new' && outcome !== 'rebuilt') return this.update(room, seated, connection);
    this.#parts.announce(room, 'participant-joined', { version: state.version, participant }, connection);
    this.#parts.previewChanged(room);
    this.#parts.life.joined(room, participant);
  }

  update(room: string, { state, participant }: Seated, except?: ClientConnection): void {
    this.#parts.announce(room, 'participant-updated', { version: state.version, participant }, except);
    // Whoever is about to join is told that the call is being recorded.
    this.#parts.previewChanged(room);
  }

  departure(room: string, participant: ParticipantInfo, reason: DepartureReason, version: number, remaining: number): void {
    this.#parts.announce(room, 'participant-left', { version, participantId: participant.id, reason });
    this.#parts.previewChanged(room);
    this.#parts.life.left(room, participant, reason, remaining);
  }

  settings(room: string, version: number, settings: RoomSettings): void {
    this.#parts.announce(room, 'room-updated', { version, room: { ...settings } });
  }
}
