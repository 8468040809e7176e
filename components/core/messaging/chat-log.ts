/** The messages of a chat as a list, in order and of bounded length. Pure; every change is a new list. */
import type { ParticipantId } from '../participant.js';

export interface ChatMessage {
  /** Made by the sender; unique together with `from`. */
  readonly id: string;
  readonly from: ParticipantId;
  /** What they were called then. */
  readonly displayName: string;
  readonly text: string;
  /** By this machine's clock, milliseconds since 1970: for people to read, not to sort by. */
  readonly sentAt: number;
  /** Its place among the others, by a clock that nobody can set. @internal */
  readonly at?: number;
  /** We wrote it. */
  readonly own: boolean;
  /** `pending`: nobody has it yet. `failed`: nobody could be reached; `retryChatMessage(id)` tries again. */
  readonly status: 'sent' | 'pending' | 'failed';
  /** It was said before we came, and this is who told us; null: we heard it ourselves. */
  readonly receivedFrom: ParticipantId | null;
}

export type ChatLog = readonly ChatMessage[];

export const MOST_MESSAGES = 200;

const same = (a: ChatMessage, b: Pick<ChatMessage, 'from' | 'id'>): boolean => a.id === b.id && a.from === b.from;

export function find(log: ChatLog, message: Pick<ChatMessage, 'from' | 'id'>): ChatMessage | undefined {
  return log.find((each) => same(each, message));
}

/** The same list when it is known. What we hear ourselves counts more than what others tell of it. */
export function added(log: ChatLog, message: ChatMessage): ChatLog {
  const known = find(log, message);
  if (known && (known.receivedFrom === null || message.receivedFrom !== null)) return log;
  const others = known ? log.filter((each) => each !== known) : log;
  // Words of one person stay in the order they were sent, whatever the way did to their times.
  const before = others.filter(
    ({ from, receivedFrom }) => from === message.from && receivedFrom === null && message.receivedFrom === null,
  );
  const { sentAt } = known ?? message;
  const last = before.at(-1);
  const at = known ? placeOf(known) : Math.max(placeOf(message), last ? placeOf(last) : 0);
  return bounded([...others, Object.freeze({ ...message, sentAt, at })]);
}

export function changed(log: ChatLog, id: string, status: ChatMessage['status']): ChatLog {
  if (!log.some((each) => each.own && each.id === id && each.status !== status)) return log;
  return Object.freeze(log.map((each) => (each.own && each.id === id ? Object.freeze({ ...each, status }) : each)));
}

function bounded(messages: ChatMessage[]): ChatLog {
  return Object.freeze(messages.sort((a, b) => placeOf(a) - placeOf(b)).slice(-MOST_MESSAGES));
}

export const placeOf = ({ at, sentAt }: ChatMessage): number => at ?? sentAt;
