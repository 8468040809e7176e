/**
 * The join, and the first words after it, by plain HTTP: on the connection the page came over, while the connection is
 * still being opened. Whatever fails here is done over the connection instead. Sent as text, which needs no preflight.
 */
import type { Ack, HttpSignalsReply } from '../../server/protocol/events.js';
import type { JoinReply, JoinRequest, LeaveRequest, Resume, SignalRequest } from '../../server/protocol/schemas.js';
import { abortable } from '../core/abort.js';
import { CallError } from '../core/call-error.js';
import { toJson } from '../core/json.js';

/** Who waits to be let in waits on a connection; and a connection that was faster has the seat. */
const SOCKET_ONLY: ReadonlySet<string> = new Set(['LOBBY_WAITING', 'STATE_CONFLICT']);

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

  /** Gives up what these attempts came to, or will. Also from a page that goes away; never rejects. */
  async leave(request: LeaveRequest): Promise<void> {
    await this.#ask('leave', request, null, { keepalive: true }).catch(() => undefined);
  }

  async #ask<T>(what: string, body: object, signal: AbortSignal | null, more: RequestInit = {}): Promise<T> {
    const url = new URL(`signaling/${what}`, this.#url);
    const headers = { 'content-type': 'text/plain' };
    const init: RequestInit = { method: 'POST', headers, body: toJson(body), cache: 'no-store', signal, ...more };
    // Pages wrap `fetch`, and not every wrapper passes the signal on.
    const response = await abortable(fetch(url, init), signal);
    if (!response.ok) throw new TypeError(`HTTP ${response.status}`);
    const answer = (await abortable(response.json(), signal)) as Ack<T>;
    if (answer.ok) return answer.data;
    throw CallError.fromWire(answer.error);
  }
}
