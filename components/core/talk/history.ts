/**
 * What was said before somebody came: asked of one participant, the one who is here longest, and of the
 * next if there is no answer. And the other way round: what we tell those who come after us.
 */
import type { ParticipantId } from '../participant.js';
import type { ChatLog } from './chat-log.js';
import type { Told } from './wire.js';

/** A whole history is told in a few frames, so that a message of somebody else can pass between them. */
const FRAME_CHARACTERS = 12_000;
/** The newest of it, when much was said. */
const MOST_CHARACTERS = 200_000;
const ANSWER_MS = 6_000;
const MOST_ASKED = 3;

export class HistoryQuestion {
  readonly #ask: (id: ParticipantId) => void;
  /** Whom we asked and still listen to. */
  readonly #asked = new Set<ParticipantId>();
  #candidates: ParticipantId[];
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `candidates`: those who were here before us, the first of them first. */
  constructor(candidates: readonly ParticipantId[], ask: (id: ParticipantId) => void) {
    this.#candidates = candidates.slice(0, MOST_ASKED);
    this.#ask = ask;
    this.#next();
  }

  /** Whether this is an answer to us. After the last part of one, nobody else's counts. */
  answered(by: ParticipantId, last: boolean): boolean {
    if (!this.#asked.has(by)) return false;
    clearTimeout(this.#timer);
    this.#candidates = [];
    this.#asked.clear();
    if (!last) this.#asked.add(by);
    return true;
  }

  /** They cannot answer any more. */
  left(id: ParticipantId): void {
    this.#candidates = this.#candidates.filter((each) => each !== id);
    if (this.#asked.delete(id) && this.#asked.size === 0) this.#next();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#candidates = [];
    this.#asked.clear();
  }

  #next(): void {
    clearTimeout(this.#timer);
    const [next, ...others] = this.#candidates;
    if (next === undefined) return;
    this.#candidates = others;
    this.#asked.add(next);
    this.#ask(next);
    this.#timer = setTimeout(() => this.#next(), ANSWER_MS);
  }
}

/** What we hold, in parts that fit into a frame each; at least one, so that the asker knows. */
export function historyParts(log: ChatLog, now: number): readonly (readonly Told[])[] {
  const parts: Told[][] = [[]];
  let total = 0;
  let size = 0;
  for (const { id, from, displayName, text, sentAt, status } of [...log].reverse()) {
    if (status === 'failed') continue;
    const length = text.length + displayName.length + 120;
    if (total + length > MOST_CHARACTERS) break;
    total += length;
    size += length;
    if (size > FRAME_CHARACTERS && parts.at(-1)?.length) {
      parts.push([]);
      size = length;
    }
    parts.at(-1)?.push({ id, from, name: displayName, text, ageMs: Math.max(0, now - sentAt) });
  }
  return parts;
}
