/** What is announced about the others in a call. */
import type { Participant, ParticipantId } from '../../core/participant.js';
import type { DepartureReason } from '../../../server/protocol/events.js';
import { WebrtcEvent } from './call-events.js';

export interface ParticipantDetail {
  readonly participant: Participant;
}

export interface ParticipantLeftDetail {
  readonly participantId: ParticipantId;
  readonly reason: DepartureReason;
}

export interface ActiveSpeakerDetail {
  readonly participantId: ParticipantId | null;
}

export class ParticipantJoinedEvent extends WebrtcEvent<ParticipantDetail> {
  constructor(detail: ParticipantDetail) {
    super('participant-joined', detail);
  }
}

export class ParticipantUpdatedEvent extends WebrtcEvent<ParticipantDetail> {
  constructor(detail: ParticipantDetail) {
    super('participant-updated', detail);
  }
}

export class ParticipantLeftEvent extends WebrtcEvent<ParticipantLeftDetail> {
  constructor(detail: ParticipantLeftDetail) {
    super('participant-left', detail);
  }
}

export class ActiveSpeakerChangeEvent extends WebrtcEvent<ActiveSpeakerDetail> {
  constructor(detail: ActiveSpeakerDetail) {
    super('active-speaker-change', detail);
  }
}
