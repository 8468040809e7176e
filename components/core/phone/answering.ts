/**
 * The ring at us, from its first tone to its end, over lines that break and servers that restart: an answer that may be
 * lost is said again whenever the signaling connection is up. Nothing here waits without end. Knows how to say, not to whom it matters.
 */
import type { Admittance, AnswerReply, IncomingRing, RingEnd } from '../../../server/protocol/calls.js';
import { CallError } from '../call-error.js';
import type { PhoneTimings } from './timings.js';
import type { IncomingCall } from './phone-state.js';

type Answer = 'accept' | 'busy' | 'decline';

export interface AnsweringParts {
  /** Over the signaling connection, if there is one. */
  ask(ringId: string, answer: Answer): Promise<AnswerReply>;
  isConnected(): boolean;
  /** What rings here, by the state. */
  incoming(): IncomingCall | null;
  accepted(incoming: IncomingCall, admittance: Admittance, video: boolean): void;
  ended(incoming: IncomingCall, reason: RingEnd | 'lost'): void;
  readonly timings: PhoneTimings;
}

interface Accepting {
  readonly video: boolean;
  readonly resolve: () => void;
  readonly reject: (error: CallError) => void;
  readonly overdue: ReturnType<typeof setTimeout>;
}

export class Answering {
  readonly #parts: AnsweringParts;
  /** The server may not have heard of it. */
  #declined: string | null = null;
  #accepting: Accepting | null = null;
  #serverInstanceId = '';
  /** Ends a ring that a restarted server does not mention any more. */
  #unheard: ReturnType<typeof setTimeout> | undefined;
  /** Ends a ring whose server is gone. */
  #tooLong: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: AnsweringParts) {
    this.#parts = parts;
  }

  /** The server told of it, perhaps not for the first time. True: it is known, and has been dealt with. */
  rings({ ringId, remainingMs }: IncomingRing): boolean {
    if (ringId === this.#declined) {
      this.#refuse(ringId, 'decline');
      return true;
    }
    const incoming = this.#parts.incoming();
    if (incoming && incoming.ringId !== ringId) return false;
    clearTimeout(this.#tooLong);
    this.#tooLong = setTimeout(() => this.#lost(ringId), remainingMs + this.#parts.timings.lateMs);
    if (!incoming) return false;
    this.#heardOf();
    if (this.#accepting) this.#say(incoming);
    return true;
  }

  /** The signaling connection is up, at this run of the server; `rings`: what rings here by its word. */
  up(serverInstanceId: string, rings: readonly IncomingRing[]): void {
    this.#serverInstanceId = serverInstanceId;
    const incoming = this.#parts.incoming();
    if (!incoming || rings.some(({ ringId }) => ringId === incoming.ringId)) return;
    // The caller may be on the way back to a restarted server, too.
    this.#heardOf();
    this.#unheard = setTimeout(() => this.#lost(incoming.ringId), this.#parts.timings.callerReturnMs);
    // The first answer may have been lost with the signaling connection.
    if (this.#accepting) this.#say(incoming);
  }

  accept(incoming: IncomingCall, video: boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const overdue = setTimeout(() => this.#overdue(incoming), this.#parts.timings.answerMs);
      this.#accepting = { video, resolve, reject, overdue };
      this.#say(incoming);
    });
  }

  decline({ ringId }: IncomingCall): void {
    this.#over(new CallError('ABORTED'));
    this.#declined = ringId;
    this.#refuse(ringId, 'decline');
  }

  /** Somebody else is being talked to. */
  busy(ringId: string): void {
    this.#refuse(ringId, 'busy');
  }

  /** It stopped ringing, not by our doing. */
  end(incoming: IncomingCall, reason: RingEnd | 'lost', error = new CallError('RING_OVER')): void {
    this.#parts.ended(incoming, reason);
    this.#over(error);
  }

  close(): void {
    this.#over(new CallError('ABORTED'));
  }

  #ringing(ringId: string): IncomingCall | null {
    const incoming = this.#parts.incoming();
    return incoming?.ringId === ringId ? incoming : null;
  }

  #say(incoming: IncomingCall): void {
    if (!this.#parts.isConnected()) return; // said when the signaling connection is back
    const serverInstanceId = this.#serverInstanceId;
    this.#parts.ask(incoming.ringId, 'accept').then(
      ({ admittance }) => {
        if (admittance) this.#taken(incoming, admittance);
      },
      (cause: unknown) => this.#notTaken(incoming, CallError.from(cause), serverInstanceId),
    );
  }

  #taken(incoming: IncomingCall, admittance: Admittance): void {
    if (!this.#ringing(incoming.ringId)) return;
    this.#parts.accepted(incoming, admittance, incoming.video && (this.#accepting?.video ?? true));
    this.#over(null);
  }

  #notTaken(incoming: IncomingCall, error: CallError, serverInstanceId: string): void {
    if (!this.#accepting || !this.#ringing(incoming.ringId)) return;
    if (error.code === 'TIMEOUT' || error.code === 'SIGNAL_UNREACHABLE' || serverInstanceId !== this.#serverInstanceId) return;
    // A restarted server does not know the ring before its caller is back.
    if (error.code === 'RING_OVER' && this.#unheard !== undefined) return;
    this.end(incoming, error.code === 'ROOM_FULL' ? 'full' : 'cancelled', error);
  }

  #overdue(incoming: IncomingCall): void {
    const code = this.#parts.isConnected() ? 'TIMEOUT' : 'SIGNAL_UNREACHABLE';
    this.end(incoming, 'lost', new CallError(code, { retryable: true }));
  }

  #lost(ringId: string): void {
    const incoming = this.#ringing(ringId);
    if (incoming) this.end(incoming, 'lost');
  }

  #refuse(ringId: string, answer: Answer): void {
    this.#parts.ask(ringId, answer).catch(() => undefined);
  }

  #heardOf(): void {
    clearTimeout(this.#unheard);
    this.#unheard = undefined;
  }

  #over(error: CallError | null): void {
    this.#heardOf();
    clearTimeout(this.#tooLong);
    const accepting = this.#accepting;
    this.#accepting = null;
    clearTimeout(accepting?.overdue);
    if (error) accepting?.reject(error);
    else accepting?.resolve();
  }
}
