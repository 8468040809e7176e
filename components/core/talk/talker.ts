/** Talking, as the call needs it: loaded with the transport, because nobody can talk before. */
import type { CallState } from '../call-state.js';
import type { TalkFact } from '../facts.js';
import type { ParticipantId } from '../participant.js';
import type { Heard } from '../transport.js';

export interface TalkContext {
  readonly selfId: ParticipantId;
  state(): CallState;
  /** See `CarriesData`. */
  send(to: ParticipantId, data: string): Promise<void>;
  fact(fact: TalkFact): void;
}

export interface Talker {
  /** Somebody's page says something. */
  heard(heard: Heard): void;
  /** Who is here is known, or has changed. */
  rosterChanged(): void;
  say(text: string): Promise<void>;
  retry(id: string): Promise<void>;
  tell(data: unknown, to?: ParticipantId): Promise<void>;
  react(emoji: string): void;
  close(): void;
}

export type CreateTalker = (context: TalkContext) => Talker;
