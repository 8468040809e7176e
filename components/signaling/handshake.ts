/**
 * The question that travels inside the handshake (join, or a look at the door) and the wait for its
 * answer. One at a time: a newer question takes the place of the one before.
 */
import { PROTOCOL_VERSION } from '../../server/protocol/limits.js';
import type { Ack } from '../../server/protocol/events.js';
import type { RoomOccupancy, HandshakeAuth, JoinReply, JoinRequest, PrepareRequest } from '../../server/protocol/schemas.js';
import { CallError } from '../core/call-error.js';
import type { SignalingConnection } from './signaling-connection.js';

type Request = { readonly join: JoinRequest } | { readonly prepare: PrepareRequest };

interface Waiting {
  readonly request: Request;
  /** Ends the wait; the promise of `ask` settles with it. */
  readonly settle: (outcome: { readonly data: RoomOccupancy | JoinReply } | { readonly error: CallError }) => void;
}

export class Handshake {
  readonly #timeoutMs: number;
  #waiting: Waiting | null = null;
  /** While the connection is held back: lets it speak. */
  #open: (() => void) | null = null;

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  get asking(): boolean {
    return this.#waiting !== null;
  }

  get held(): boolean {
    return this.#open !== null;
  }

  auth(): HandshakeAuth | Promise<HandshakeAuth> {
    const say = (): HandshakeAuth => ({ protocol: PROTOCOL_VERSION, ...this.#waiting?.request });
    return this.held ? new Promise((resolve) => (this.#open = () => resolve(say()))) : say();
  }

  /** The connection is opened, but what it will say depends on an answer that comes another way. Until the next question. */
  hold(connection: SignalingConnection): void {
    this.#open ??= () => connection.open();
    connection.open();
  }

  /** The connection that was held back is gone: the next question opens another. */
  lost(): void {
    this.#open = null;
  }

  join(connection: SignalingConnection, join: JoinRequest, abort: AbortSignal): Promise<JoinReply> {
    return this.#ask(connection, { join }, abort) as Promise<JoinReply>;
  }

  prepare(connection: SignalingConnection, prepare: PrepareRequest, abort: AbortSignal): Promise<RoomOccupancy> {
    return this.#ask(connection, { prepare }, abort) as Promise<RoomOccupancy>;
  }

  /** True when somebody waited for this. */
  answered(kind: 'join' | 'prepare', answer: Ack<RoomOccupancy | JoinReply>): boolean {
    if (!this.#waiting || !(kind in this.#waiting.request)) return false;
    this.#waiting.settle(answer.ok ? answer : { error: CallError.fromWire(answer.error) });
    return true;
  }

  failed(error: CallError): void {
    this.#waiting?.settle({ error });
  }

  #ask(connection: SignalingConnection, question: Request, abort: AbortSignal): Promise<RoomOccupancy | JoinReply> {
    this.failed(new CallError('ABORTED'));
    if (abort.aborted) return Promise.reject(new CallError('ABORTED'));
    if (!this.held) connection.close(); // a handshake under way carries the question before
    const speak = this.#open ?? (() => connection.open());
    this.lost();
    return new Promise((resolve, reject) => {
      const settle: Waiting['settle'] = (outcome) => {
        clearTimeout(overdue);
        abort.removeEventListener('abort', aborted);
        this.#waiting = null;
        if ('data' in outcome) resolve(outcome.data);
        else reject(outcome.error);
      };
      const overdue = setTimeout(() => {
        settle({ error: new CallError('TIMEOUT', { retryable: true }) });
        connection.drop(); // not `close()`: the seat may be ours already
      }, this.#timeoutMs);
      const aborted = (): void => settle({ error: new CallError('ABORTED') });
      abort.addEventListener('abort', aborted);
      this.#waiting = { request: question, settle };
      speak();
    });
  }
}
