/** The messages as they are shown: what one person said in a row stands under one name. No DOM. */
import type { ChatMessage } from '../core/messaging/chat-log.js';
import type { ParticipantId } from '../core/participant.js';

export interface ChatGroup {
  /** Stable while messages come after it. */
  readonly key: string;
  readonly from: ParticipantId;
  readonly displayName: string;
  readonly own: boolean;
  readonly sentAt: number;
  readonly messages: readonly ChatMessage[];
  /** The first of those that somebody else told us of: who it was. */
  readonly receivedFrom: ParticipantId | null;
  /** The first that nobody has seen here. */
  readonly firstNew: boolean;
}

const ONE_BREATH_MS = 5 * 60_000;

export const keyOf = ({ from, id }: ChatMessage): string => `${from}/${id}`;

/** Which group each message stood in the last time, by their keys: a group that loses its oldest messages stays the same group. */
export type KnownGroups = Map<string, string>;

/** `firstNew`: key of the message before which a line is drawn. */
export function chatGroups(
  chat: readonly ChatMessage[],
  firstNew: string | null,
  known: KnownGroups = new Map(),
): readonly ChatGroup[] {
  const groups = grouped(chat, firstNew);
  const before = new Map(known);
  const taken = new Set<string>();
  known.clear();
  return groups.map((group) => {
    const was = before.get(group.key) ?? group.key;
    const key = taken.has(was) ? group.key : was;
    taken.add(key);
    for (const message of group.messages) known.set(keyOf(message), key);
    return { ...group, key };
  });
}

function grouped(chat: readonly ChatMessage[], firstNew: string | null): readonly ChatGroup[] {
  const groups: ChatGroup[] = [];
  let teller: ParticipantId | null = null;
  for (const message of chat) {
    const before = groups.at(-1);
    const last = before?.messages.at(-1);
    const isNew = keyOf(message) === firstNew;
    const told = message.receivedFrom !== teller;
    teller = message.receivedFrom;
    if (before && last && !isNew && !told && continues(last, message)) {
      (before.messages as ChatMessage[]).push(message);
      continue;
    }
    const { from, displayName, own, sentAt } = message;
    const receivedFrom = told ? message.receivedFrom : null;
    groups.push({ key: keyOf(message), from, displayName, own, sentAt, messages: [message], receivedFrom, firstNew: isNew });
  }
  return groups;
}

function continues(last: ChatMessage, next: ChatMessage): boolean {
  const sameVoice = last.own === next.own && (next.own || last.from === next.from) && last.displayName === next.displayName;
  return sameVoice && next.sentAt - last.sentAt < ONE_BREATH_MS;
}

/** The oldest of the last `unread` messages of others; null when there is none. */
export function firstUnread(chat: readonly ChatMessage[], unread: number): string | null {
  const heard = chat.filter(({ own, receivedFrom: receivedFrom }) => !own && receivedFrom === null);
  const first = unread > 0 ? heard[Math.max(0, heard.length - unread)] : undefined;
  return first ? keyOf(first) : null;
}
