/** What those who keep order can do, as requests to the server. What came of it is told as facts, to everybody. */
import type { ClientToServer } from '../../server/protocol/events.js';
import type { ParticipantId } from './participant.js';
import type { ModeratorEvent } from './signaling.js';

export abstract class ModerationIntents {
  protected abstract moderate<E extends ModeratorEvent>(event: E, request: ClientToServer[E]['request']): Promise<void>;

  async muteParticipants(ids: readonly ParticipantId[]): Promise<void> {
    if (ids.length) await this.moderate('mute-participants', { ids: [...ids] });
  }

  kickParticipant(participantId: ParticipantId): Promise<void> {
    return this.moderate('kick', { participantId });
  }

  lowerHand(participantId: ParticipantId): Promise<void> {
    return this.moderate('lower-hand', { participantId });
  }

  lockRoom(locked: boolean): Promise<void> {
    return this.moderate('lock', { locked });
  }

  setWaitingRoom(enabled: boolean): Promise<void> {
    return this.moderate('waiting-room', { enabled });
  }

  acceptWaitingParticipant(waitingId: string): Promise<void> {
    return this.moderate('admit', { waitingId });
  }

  rejectWaitingParticipant(waitingId: string): Promise<void> {
    return this.moderate('reject', { waitingId });
  }

  endMeeting(): Promise<void> {
    return this.moderate('end', {});
  }
}
