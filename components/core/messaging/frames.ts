/**
 * What pages say to each other over the mesh, as JSON: one shape each, checked when it arrives as if an enemy
 * had made it. Who sent something is never in it: that is the link it came over.
 */
import { CLIENT_ID_PATTERN, PARTICIPANT_ID_PATTERN } from '../../../server/protocol/limits.js';
import type { ParticipantId } from '../participant.js';
import { REACTIONS, type Reaction } from './reactions.js';
import { chatText, historyName } from './text.js';

/** A message that somebody else tells us of. Ages, because clocks differ. */
export interface HistoryMessage {
  readonly id: string;
  readonly from: ParticipantId;
  readonly name: string;
  readonly text: string;
  readonly ageMs: number;
}

export type Frame =
  /** `ageMs`: said that long before it was sent; to somebody who came a moment later, or once more. */
  | { readonly t: 'chat'; readonly id: string; readonly text: string; readonly ageMs: number }
  | { readonly t: 'reaction'; readonly emoji: Reaction }
  | { readonly t: 'app'; readonly data: unknown }
  /** What was said before I came? */
  | { readonly t: 'history-request' }
  | { readonly t: 'history-reply'; readonly messages: readonly HistoryMessage[]; readonly last: boolean };

/** Characters of one frame; all of ours are far below. */
const MOST = 40_000;
const MAX_HISTORY_MESSAGES = 200;
const ID = new RegExp(CLIENT_ID_PATTERN);
const PARTICIPANT = new RegExp(PARTICIPANT_ID_PATTERN);

export const isReaction = (emoji: unknown): emoji is Reaction => (REACTIONS as readonly unknown[]).includes(emoji);

/** A frame as it came, of which only the kind may be looked at. Null: not one of ours. */
export function unread(data: string): Readonly<Record<string, unknown>> | null {
  return data.length > MOST ? null : parsed(data);
}

/** Null: not for us, or not as agreed. A newer page may say things that this one does not know. */
export function readFrame(raw: Readonly<Record<string, unknown>> | null): Frame | null {
  if (!raw) return null;
  switch (raw['t']) {
    case 'chat': {
      const { id } = raw;
      const text = chatText(raw['text']);
      return isId(id, ID) && text !== null ? { t: 'chat', id, text, ageMs: age(raw['ageMs']) ?? 0 } : null;
    }
    case 'reaction':
      return isReaction(raw['emoji']) ? { t: 'reaction', emoji: raw['emoji'] } : null;
    case 'app':
      return { t: 'app', data: raw['data'] ?? null };
    case 'history-request':
      return { t: 'history-request' };
    case 'history-reply': {
      const list = Array.isArray(raw['messages']) ? (raw['messages'] as unknown[]).slice(0, MAX_HISTORY_MESSAGES) : [];
      return { t: 'history-reply', messages: list.flatMap(historyMessage), last: raw['last'] === true };
    }
    default:
      return null;
  }
}

function historyMessage(entry: unknown): readonly HistoryMessage[] {
  const { id, from, name, text, ageMs } = (entry ?? {}) as Readonly<Record<string, unknown>>;
  const clean = chatText(text);
  const known = age(ageMs);
  if (!isId(id, ID) || !isId(from, PARTICIPANT) || clean === null || known === null) return [];
  return [{ id, from, name: historyName(name), text: clean, ageMs: known }];
}

function age(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
}

function isId(value: unknown, pattern: RegExp): value is string {
  return typeof value === 'string' && pattern.test(value);
}

function parsed(data: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
