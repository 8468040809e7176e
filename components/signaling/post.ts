/**
 * The join, and the first words after it, by plain HTTP: on the connection the page came over, while the line is
 * still being opened. Whatever fails here is done over the line instead. Sent as text, which needs no preflight.
 */
import type { Ack, PostedReply } from '../../server/protocol/events.js';
import type { JoinReply, JoinRequest, Resume, SignalRequest } from '../../server/protocol/schemas.js';
import { CallError } from '../core/call-error.js';

/** Who waits to be let in waits on a line; and a line that was faster has the seat. */
const LINE_ONLY: ReadonlySet<string> = new Set(['LOBBY_WAITING', 'STATE_CONFLICT']);

export class Post {
  readonly #url: string;

  constructor(serverUrl: string) {
    this.#url = serverUrl.endsWith('/') ? serverUrl : `${serverUrl}/`;
  }

  /** Null: ask over the line. Rejects with what the line would be answered, too. */
  join(request: JoinRequest, abort: AbortSignal): Promise<JoinReply | null> {
    return this.#ask<JoinReply>('join', request, abort).catch((cause: unknown) => {
      if (cause instanceof CallError && !LINE_ONLY.has(cause.code)) throw cause;
      return null;
    });
  }

  /** What the line would answer to each. Rejects when that is not known. */
  async signals(resume: Resume, signals: readonly SignalRequest[], abort: AbortSignal): Promise<readonly Ack<unknown>[]> {
    return (await this.#ask<PostedReply>('signals', { ...resume, signals }, abort)).answers;
  }

  async #ask<T>(what: string, body: object, signal: AbortSignal): Promise<T> {
    const url = new URL(`signaling/${what}`, this.#url);
    const headers = { 'content-type': 'text/plain' };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body), cache: 'no-store', signal });
    if (!response.ok) throw new TypeError(`HTTP ${response.status}`);
    const answer = (await response.json()) as Ack<T>;
    if (answer.ok) return answer.data;
    throw CallError.fromWire(answer.error);
  }
}
