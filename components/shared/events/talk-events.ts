/** What is announced of what people say and show to each other. */
import type { ParticipantId } from '../../core/participant.js';
import type { ChatMessage } from '../../core/messaging/chat-log.js';
import type { Reaction } from '../../core/messaging/reactions.js';
import { WebrtcEvent } from './call-events.js';

export interface ChatMessageDetail {
  readonly message: ChatMessage;
}

export interface AppMessageDetail {
  readonly data: unknown;
  readonly from: ParticipantId;
}

export interface ReactionDetail {
  readonly participantId: ParticipantId;
  readonly emoji: Reaction;
}

export interface RaiseHandDetail {
  readonly participantId: ParticipantId;
  readonly raised: boolean;
}

export interface ChatToggleDetail {
  readonly open: boolean;
}

/** Somebody wrote, or we did. */
export class ChatMessageEvent extends WebrtcEvent<ChatMessageDetail> {
  constructor(detail: ChatMessageDetail) {
    super('chat-message', detail);
  }
}

/** The page of somebody else sent this with `sendAppMessage`. */
export class AppMessageEvent extends WebrtcEvent<AppMessageDetail> {
  constructor(detail: AppMessageDetail) {
    super('app-message', detail);
  }
}

export class ReactionEvent extends WebrtcEvent<ReactionDetail> {
  constructor(detail: ReactionDetail) {
    super('reaction', detail);
  }
}

/** A hand went up or down, ours included. */
export class RaiseHandEvent extends WebrtcEvent<RaiseHandDetail> {
  constructor(detail: RaiseHandDetail) {
    super('raise-hand', detail);
  }
}

/** The chat was opened or closed. */
export class ChatToggleEvent extends WebrtcEvent<ChatToggleDetail> {
  constructor(detail: ChatToggleDetail) {
    super('chat-toggle', detail);
  }
}
