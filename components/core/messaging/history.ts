/**
 * What was said before somebody came: asked of one participant, the one who is here longest, and of the
 * next if there is no answer. And the other way round: what we tell those who come after us.
 */
import type { ParticipantId } from '../participant.js';
import { placeOf, type ChatLog } from './chat-log.js';
import type { HistoryMessage } from './frames.js';

/** A whole history is told in a few frames, so that a message of somebody else can pass between them. */
const FRAME_CHARACTERS = 12_000;
/** The newest of it, when much was said. */
const MOST_CHARACTERS = 200_000;
const ANSWER_MS = 6_000;
const MAX_REQUESTS = 3;

export class HistoryRequest {
  readonly #request: (id: ParticipantId) => void;
  /** Whom we asked and still listen to. */
  readonly #requested = new Set<ParticipantId>();
  #peers: ParticipantId[];
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `candidates`: those who were here before us, the first of them first. */
  constructor(candidates: readonly ParticipantId[], ask: (id: ParticipantId) => void) {
    this.#peers = candidates.slice(0, MAX_REQUESTS);
    this.#request = ask;
    this.#next();
  }

  /** Whether this is an answer to us. After the last part of one, nobody else's counts. */
  answered(by: ParticipantId, last: boolean): boolean {
    if (!this.#requested.has(by)) return false;
    clearTimeout(this.#timer);
    this.#peers = [];
    this.#requested.clear();
    if (!last) this.#requested.add(by);
    return true;
  }

  /** They cannot answer any more. */
  left(id: ParticipantId): void {
    this.#peers = this.#peers.filter((each) => each !== id);
    if (this.#requested.delete(id) && this.#requested.size === 0) this.#next();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#peers = [];
    this.#requested.clear();
  }

  #next(): void {
    clearTimeout(this.#timer);
    const [next, ...others] = this.#peers;
    if (next === undefined) return;
    this.#peers = others;
    this.#requested.add(next);
    this.#request(next);
    this.#timer = setTimeout(() => this.#next(), ANSWER_MS);
  }
}

/** `now`: by the steady clock. What we hold, in parts that fit into a frame each; at least one, so that the asker knows. */
export function historyParts(log: ChatLog, now: number): readonly (readonly HistoryMessage[])[] {
  const parts: HistoryMessage[][] = [[]];
  let total = 0;
  let size = 0;
  for (const message of [...log].reverse()) {
    const { id, from, displayName, text, status } = message;
    if (status === 'failed') continue;
    const length = text.length + displayName.length + 120;
    if (total + length > MOST_CHARACTERS) break;
    total += length;
    size += length;
    if (size > FRAME_CHARACTERS && parts.at(-1)?.length) {
      parts.push([]);
      size = length;
    }
    parts.at(-1)?.push({ id, from, name: displayName, text, ageMs: Math.max(0, now - placeOf(message)) });
  }
  return parts;
}
