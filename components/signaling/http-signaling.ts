/**
 * The join, and the first words after it, by plain HTTP: on the connection the page came over, while the connection is
 * still being opened. Whatever fails here is done over the connection instead. Sent as text, which needs no preflight.
 */
import type { Ack, HttpSignalsReply } from '../../server/protocol/events.js';
import type { JoinReply, JoinRequest, Resume, SignalRequest } from '../../server/protocol/schemas.js';
import { CallError } from '../core/call-error.js';

/** Who waits to be let in waits on a connection; and a connection that was faster has the seat. */
const SOCKET_ONLY: ReadonlySet<string> = new Set(['LOBBY_WAITING', 'STATE_CONFLICT']);
/** What the gate says to this page it says to its connection, too, only that a connection does not hear it. */
const FOR_THE_LINE_TOO: ReadonlySet<string> = new Set(['ORIGIN_NOT_ALLOWED', 'SERVER_BUSY', 'SERVER_DRAINING']);

export class HttpSignaling {
  readonly #url: string;

  constructor(serverUrl: string) {
    this.#url = serverUrl.endsWith('/') ? serverUrl : `${serverUrl}/`;
  }

  /** Null: ask over the connection. Rejects with what the connection would be answered, too. */
  join(request: JoinRequest, abort: AbortSignal): Promise<JoinReply | null> {
    return this.#ask<JoinReply>('join', request, abort).catch((cause: unknown) => {
      if (cause instanceof CallError && !SOCKET_ONLY.has(cause.code)) throw cause;
      return null;
    });
  }

  /** What the connection would answer to each. Rejects when that is not known. */
  async signals(resume: Resume, signals: readonly SignalRequest[], abort: AbortSignal): Promise<readonly Ack<unknown>[]> {
    return (await this.#ask<HttpSignalsReply>('signals', { ...resume, signals }, abort)).answers;
  }

  async #ask<T>(what: string, body: object, signal: AbortSignal): Promise<T> {
    const url = new URL(`signaling/${what}`, this.#url);
    const headers = { 'content-type': 'text/plain' };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body), cache: 'no-store', signal });
    const answer = (await response.json()) as Ack<T>;
    if (answer.ok) return answer.data;
    // Whatever else refuses: a proxy, or a limit of this way alone.
    if (!response.ok && !FOR_THE_LINE_TOO.has(answer.error.code)) throw new TypeError(`HTTP ${response.status}`);
    throw CallError.fromWire(answer.error);
  }
}
