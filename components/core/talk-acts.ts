/** What people can say to each other and show each other. What came of it is told as facts. */
import { HostActs } from './host-acts.js';
import type { ParticipantId } from './participant.js';
import type { Talker } from './talk/talker.js';

export abstract class TalkActs extends HostActs {
  /** Throws outside a room. */
  protected abstract talker(): Talker;

  async sendChatMessage(text: string): Promise<void> {
    await this.talker().say(text);
  }

  async retryChatMessage(id: string): Promise<void> {
    await this.talker().retry(id);
  }

  async sendAppMessage(data: unknown, to?: ParticipantId): Promise<void> {
    await this.talker().tell(data, to);
  }

  async sendReaction(emoji: string): Promise<void> {
    this.talker().react(emoji);
  }
}
