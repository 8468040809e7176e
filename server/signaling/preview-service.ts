/** A look at the door: how many are inside, for who may know it, and again whenever that changes. Nobody inside hears of it. */
import type { RoomOccupancy, PrepareRequest } from '../protocol/schemas.js';
import type { RoomStore } from '../rooms/room-store.js';
import type { Timings } from '../timings.js';
import type { Authorizer } from './authorizer.js';
import { PreviewSubscribers } from './preview-subscribers.js';
import type { ClientConnection } from './client-connection.js';
import { checkRoomId, Refusal } from './refusal.js';

export interface PreviewServiceParts {
  readonly store: RoomStore;
  readonly authorizer: Authorizer;
  readonly maxParticipants: number;
  readonly timings: Timings;
}

export class PreviewService {
  readonly subscribers: PreviewSubscribers;
  readonly #parts: PreviewServiceParts;

  constructor(parts: PreviewServiceParts) {
    this.#parts = parts;
    this.subscribers = new PreviewSubscribers((room) => this.#look(room), parts.timings.previewEveryMs);
  }

  async prepare(connection: ClientConnection, request: PrepareRequest): Promise<RoomOccupancy> {
    const { authorizer, maxParticipants, timings } = this.#parts;
    const { room } = request;
    checkRoomId(room);
    if (connection.session !== undefined) throw new Refusal('ALREADY_JOINED');
    connection.expectJoinWithin(timings.previewDeadlineMs);
    // A stranger finds the same door everywhere, so trying names tells nothing.
    const looker = await authorizer.previewViewer(connection, request);
    if (looker === undefined) return { participants: 0, limit: maxParticipants, full: false };
    if (connection.open) this.subscribers.add(connection, room, looker);
    return this.#look(room);
  }

  async #look(room: string): Promise<RoomOccupancy> {
    const { participants } = await this.#parts.store.state(room);
    const limit = this.#parts.maxParticipants;
    return {
      participants: participants.length,
      limit,
      full: participants.length >= limit,
      hosted: participants.some(({ role }) => role === 'host' || role === 'moderator'),
      ...(participants.some(({ media }) => media.recording) ? { recording: true as const } : {}),
    };
  }
}
