/**
 * The question that travels inside the handshake (join, or a look at the door) and the wait for its
 * answer. One at a time: a newer question takes the place of the one before.
 */
import { PROTOCOL_VERSION } from '../../server/protocol/limits.js';
import type { Ack } from '../../server/protocol/events.js';
import type { Door, HandshakeAuth, JoinReply, JoinRequest, PrepareRequest } from '../../server/protocol/schemas.js';
import { CallError } from '../core/call-error.js';
import type { Line } from './line.js';

type Question = { readonly join: JoinRequest } | { readonly prepare: PrepareRequest };

interface Waiting {
  readonly question: Question;
  /** Ends the wait; the promise of `ask` settles with it. */
  readonly settle: (outcome: { readonly data: Door | JoinReply } | { readonly error: CallError }) => void;
}

export class Handshake {
  readonly #timeoutMs: number;
  #waiting: Waiting | null = null;
  /** While the line is held back: lets it speak. */
  #speak: (() => void) | null = null;

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  get asking(): boolean {
    return this.#waiting !== null;
  }

  get held(): boolean {
    return this.#speak !== null;
  }

  auth(): HandshakeAuth | Promise<HandshakeAuth> {
    const say = (): HandshakeAuth => ({ protocol: PROTOCOL_VERSION, ...this.#waiting?.question });
    return this.held ? new Promise((resolve) => (this.#speak = () => resolve(say()))) : say();
  }

  /** The line is opened, but what it will say depends on an answer that comes another way. Until the next question. */
  hold(line: Line): void {
    this.#speak ??= () => line.open();
    line.open();
  }

  /** The line that was held back is gone: the next question opens another. */
  lost(): void {
    this.#speak = null;
  }

  join(line: Line, join: JoinRequest, abort: AbortSignal): Promise<JoinReply> {
    return this.#ask(line, { join }, abort) as Promise<JoinReply>;
  }

  prepare(line: Line, prepare: PrepareRequest, abort: AbortSignal): Promise<Door> {
    return this.#ask(line, { prepare }, abort) as Promise<Door>;
  }

  /** True when somebody waited for this. */
  answered(kind: 'join' | 'prepare', answer: Ack<Door | JoinReply>): boolean {
    if (!this.#waiting || !(kind in this.#waiting.question)) return false;
    this.#waiting.settle(answer.ok ? answer : { error: CallError.fromWire(answer.error) });
    return true;
  }

  failed(error: CallError): void {
    this.#waiting?.settle({ error });
  }

  #ask(line: Line, question: Question, abort: AbortSignal): Promise<Door | JoinReply> {
    this.failed(new CallError('ABORTED'));
    if (abort.aborted) return Promise.reject(new CallError('ABORTED'));
    if (!this.held) line.close(); // a handshake under way carries the question before
    const speak = this.#speak ?? (() => line.open());
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
        line.drop(); // not `close()`: the seat may be ours already
      }, this.#timeoutMs);
      const aborted = (): void => settle({ error: new CallError('ABORTED') });
      abort.addEventListener('abort', aborted);
      this.#waiting = { question, settle };
      speak();
    });
  }
}
