/** Talking, as the call needs it: loaded with the transport, because nobody can messaging before. */
import type { CallState } from '../call-state.js';
import type { MessagingFact } from '../facts.js';
import type { ParticipantId } from '../participant.js';
import type { DataMessage } from './peer-channels.js';

export interface MessagingContext {
  readonly selfId: ParticipantId;
  state(): CallState;
  /** See `PeerChannels`. */
  send(to: ParticipantId, data: string): Promise<void>;
  fact(fact: MessagingFact): void;
}

export interface Messaging {
  /** Somebody's page says something. */
  onMessage(onMessage: DataMessage): void;
  /** Who is here is known, or has changed. */
  rosterChanged(): void;
  sendChat(text: string): Promise<void>;
  retry(id: string): Promise<void>;
  sendAppMessage(data: unknown, to?: ParticipantId): Promise<void>;
  sendReaction(emoji: string): void;
  close(): void;
}

export type CreateMessaging = (context: MessagingContext) => Messaging;
