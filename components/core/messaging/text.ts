/**
 * What may be said in the chat: the same rules for what we send and for what arrives, because a page of
 * somebody else is not bound by ours. Text stays text; nothing here knows markup.
 */
import { MAX_CHAT_TEXT, MAX_DISPLAY_NAME } from '../../../server/protocol/limits.js';

/** Letters with more marks than this are no letters any more, but towers over the lines above. */
const MARKS = /(\p{M}{4})\p{M}+/gu;
/** Line ends and tabs are part of a text; other control characters only do harm. */
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Z}\u2800]/gu;
const LONE_SURROGATES = /\p{Surrogate}/gu;

/** The text as everybody may see it; null when there is nothing to see, or too much. */
export function chatText(text: unknown): string | null {
  if (typeof text !== 'string' || text.length > 4 * MAX_CHAT_TEXT) return null;
  const clean = text
    .replace(LONE_SURROGATES, '\ufffd')
    .replace(/\r\n?/g, '\n')
    .replace(CONTROLS, '')
    .replace(MARKS, '$1')
    .replace(/\n{4,}/g, '\n\n\n')
    .replace(/^\n+/, '')
    .trimEnd();
  return clean.replace(INVISIBLE, '') && [...clean].length <= MAX_CHAT_TEXT ? clean : null;
}

/** A name that somebody tells of somebody else. The server cleans those that people give themselves. */
export function historyName(name: unknown): string {
  if (typeof name !== 'string') return '';
  const clean = name.slice(0, 4 * MAX_DISPLAY_NAME).replace(/[\p{Cc}\p{Cf}\p{Surrogate}]/gu, '');
  return [...clean.replace(MARKS, '$1')].slice(0, MAX_DISPLAY_NAME).join('').trim();
}
