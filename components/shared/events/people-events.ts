/** What is announced about the others in a call. */
import type { WaitingParticipant } from '../../../server/protocol/rights.js';
import type { Participant, ParticipantId } from '../../core/participant.js';
import type { NetworkQuality, NetworkReason } from '../../core/network.js';
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

export interface PeopleToggleDetail {
  readonly open: boolean;
}

export interface WaitingRemovedDetail {
  readonly waitingId: string;
}

/** Somebody, or we, began or ended to keep the call in a file. */
export interface RecordingStatusDetail {
  readonly participantId: ParticipantId;
  readonly recording: boolean;
}

export class RecordingStatusChangeEvent extends WebrtcEvent<RecordingStatusDetail> {
  constructor(detail: RecordingStatusDetail) {
    super('recording-status-change', detail);
  }
}

/** Of the link to somebody; of our own line, when the participant is ourselves. */
export interface NetworkQualityDetail {
  readonly participantId: ParticipantId;
  readonly quality: NetworkQuality;
  /** What keeps it from being excellent. */
  readonly reasons: readonly NetworkReason[];
}

export class NetworkQualityChangeEvent extends WebrtcEvent<NetworkQualityDetail> {
  constructor({ participantId, quality, reasons }: NetworkQualityDetail) {
    super('network-quality-change', { participantId, quality, reasons });
  }
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

/** The list of people was opened or closed. */
export class PeopleToggleEvent extends WebrtcEvent<PeopleToggleDetail> {
  constructor(detail: PeopleToggleDetail) {
    super('people-toggle', detail);
  }
}

/** Somebody wants to come in; told to those who may let them. */
export class WaitingParticipantAddedEvent extends WebrtcEvent<WaitingParticipant> {
  constructor(detail: WaitingParticipant) {
    super('waiting-participant-added', detail);
  }
}

/** Let in, turned away, or gone. */
export class WaitingParticipantRemovedEvent extends WebrtcEvent<WaitingRemovedDetail> {
  constructor(detail: WaitingRemovedDetail) {
    super('waiting-participant-removed', detail);
  }
}
