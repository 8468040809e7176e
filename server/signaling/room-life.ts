/**
 * When a room begins and when it is over, for those outside who keep a record. Somebody alone who
 * reloads the page has not ended a room: it is over when it stayed empty for a while.
 */
import type { DepartureReason } from '../protocol/events.js';
import type { ParticipantInfo } from '../protocol/schemas.js';
import type { Tell, WebhookParticipant } from '../webhooks/events.js';

export class RoomLife {
  /** Rooms that began; with a timer while nobody is in. */
  readonly #rooms = new Map<string, NodeJS.Timeout | undefined>();
  readonly #tell: Tell;
  readonly #emptyRoomMs: number;

  constructor(tell: Tell, emptyRoomMs: number) {
    this.#tell = tell;
    this.#emptyRoomMs = emptyRoomMs;
  }

  joined(room: string, participant: ParticipantInfo): void {
    if (!this.#rooms.has(room)) this.#tell({ type: 'room.started', room });
    clearTimeout(this.#rooms.get(room));
    this.#rooms.set(room, undefined);
    this.#tell({ type: 'participant.joined', room, participant: described(participant) });
  }

  left(room: string, participant: ParticipantInfo, reason: DepartureReason, remaining: number): void {
    this.#tell({ type: 'participant.left', room, participant: described(participant), reason });
    if (remaining > 0 || !this.#rooms.has(room)) return;
    if (reason === 'ended') this.#over(room);
    else this.#rooms.set(room, setTimeout(() => this.#over(room), this.#emptyRoomMs).unref());
  }

  close(): void {
    for (const timer of this.#rooms.values()) clearTimeout(timer);
    this.#rooms.clear();
  }

  #over(room: string): void {
    clearTimeout(this.#rooms.get(room));
    this.#rooms.delete(room);
    this.#tell({ type: 'room.ended', room });
  }
}

function described({ id, displayName, externalId, role }: ParticipantInfo): WebhookParticipant {
  return { id, displayName, ...(externalId === undefined ? {} : { externalId }), role: role ?? 'speaker' };
}
