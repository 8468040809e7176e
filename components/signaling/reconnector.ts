/**
 * Tries to get back into the room after the connection was lost, until it works, is refused or nobody wants it any
 * more: with the seat if it is still ours, with a new one if not. Knows when to ask, not how.
 */
import type { JoinReply, JoinRequest, Resume } from '../../server/protocol/schemas.js';
import { reconnectDelay, sleep } from '../core/backoff.js';
import { CallError } from '../core/call-error.js';
import { randomId } from '../core/random-id.js';
import { tokenReason, type FreshToken } from '../core/entry-proofs.js';
import type { SignalingTimings } from '../core/timings.js';

/** The server has no room for us just now, but may have in a moment. */
export const BUSY: ReadonlySet<string> = new Set([
  'SERVER_BUSY',
  'SERVER_DRAINING',
  'INTERNAL',
  'TIMEOUT',
  'SIGNAL_UNREACHABLE',
  'RATE_LIMITED',
]);

export interface ReconnectorParts {
  /** Asks once. Rejects with what the server or the connection says. */
  attempt(request: JoinRequest, signal: AbortSignal): Promise<JoinReply>;
  /** Who we are by now: what was changed meanwhile goes with the next try. */
  profile(): JoinRequest;
  /** Opens a new seat when the old one is gone. */
  returnToken(): string | undefined;
  readonly freshToken: FreshToken;
  /** The page is hidden for good, or in the cache: nothing is tried. */
  paused(): boolean;
  readonly timings: SignalingTimings;
  /** Not wanted any more. */
  readonly closed: AbortSignal;
}

type Proof = Pick<JoinRequest, 'joinId' | 'resume' | 'returnToken' | 'token' | 'automatic'>;

export type Outcome = { readonly reply: JoinReply } | { readonly refused: CallError };

export class Reconnector {
  readonly #parts: ReconnectorParts;
  #running = false;
  /** One attempt for one token, however often it is made: its answer may have been lost, and the token with it. */
  #proof: Proof | null = null;
  /** Ends the wait before the next try. */
  #now = new AbortController();

  constructor(parts: ReconnectorParts) {
    this.#parts = parts;
  }

  /** Does not wait for the next try any longer. */
  hurry(): void {
    this.#now.abort();
  }

  /** Null: it was given up, or is under way already. A connection that is lost while we ask starts nothing new. */
  async run(resume: Resume, atOnce = false): Promise<Outcome | null> {
    if (this.#running) return null;
    this.#running = true;
    try {
      return await this.#run(resume, atOnce);
    } finally {
      this.#running = false;
    }
  }

  #seat(resume: Resume): Proof {
    const same = this.#proof?.resume?.token === resume.token ? this.#proof : null;
    return (this.#proof = same ?? { joinId: randomId(), resume });
  }

  #anew(): Proof {
    const returnToken = this.#parts.returnToken();
    return { joinId: randomId(), automatic: true, ...(returnToken && { returnToken }) };
  }

  async #run(resume: Resume, atOnce: boolean): Promise<Outcome | null> {
    const { attempt, profile, freshToken, paused, timings, closed } = this.#parts;
    let proof = this.#seat(resume);
    let asked = false;
    for (let tries = 0; ; tries += 1) {
      this.#now = new AbortController();
      const soon = AbortSignal.any([closed, this.#now.signal]);
      if (tries > 0 || !atOnce) await sleep(reconnectDelay(tries, Math.random(), timings), soon);
      if (closed.aborted || paused()) return null;
      try {
        return { reply: await attempt({ ...profile(), ...proof }, closed) };
      } catch (cause) {
        const error = CallError.from(cause);
        if (closed.aborted) return null;
        const reason = tokenReason(error.code, proof);
        if (error.code === 'SESSION_INVALID' && proof.resume) proof = this.#anew();
        else if (reason && !asked) {
          asked = true;
          const token = await freshToken(reason);
          if (!token) return { refused: error };
          proof = { ...this.#anew(), token };
        } else if (!BUSY.has(error.code)) return { refused: error };
        else if (error.retryAfterMs) await sleep(error.retryAfterMs, closed);
      }
    }
  }
}
