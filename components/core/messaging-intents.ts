/** What people can say to each other and show each other. What came of it is told as facts. */
import { ModerationIntents } from './moderation-intents.js';
import type { ParticipantId } from './participant.js';
import type { Messaging } from './messaging/messaging.js';

export abstract class MessagingIntents extends ModerationIntents {
  /** Throws outside a room. */
  protected abstract messaging(): Messaging;

  async sendChatMessage(text: string): Promise<void> {
    await this.messaging().sendChat(text);
  }

  async retryChatMessage(id: string): Promise<void> {
    await this.messaging().retry(id);
  }

  async sendAppMessage(data: unknown, to?: ParticipantId): Promise<void> {
    await this.messaging().sendAppMessage(data, to);
  }

  async sendReaction(emoji: string): Promise<void> {
    this.messaging().sendReaction(emoji);
  }
}
