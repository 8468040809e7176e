/**
 * Messages that must arrive: kept until acknowledged, said again after the connection came back. The server recognises
 * repeats by their id, so twice sent is once heard. What waits goes out in order and no faster than the server
 * takes it, in order for each peer. What was refused for coming too often is first again, and everything behind it
 * waits, too.
 */
import type { SignalRequest } from '../../server/protocol/schemas.js';
import { CallError } from '../core/call-error.js';
import { isObsolete, merged } from './merge.js';
import type { SignalPace } from './pace.js';

/** Sent and not answered yet: enough for a long way, and little enough that a refusal does not hit them all. */
const MOST_UNDER_WAY = 32;

interface Entry {
  request: SignalRequest;
  /** Sent, and not answered yet. */
  underWay: boolean;
  /** Which connection it was sent over, so that what an earlier one brings late changes nothing. */
  over: number;
  /** Sent at least once: the server may know it, so it stays as it is. */
  sent: boolean;
  readonly settled: { readonly resolve: () => void; readonly reject: (error: CallError) => void }[];
}

export class Outbox {
  /** In the order in which they were put. */
  #entries: Entry[] = [];
  readonly #transmit: (request: SignalRequest) => Promise<unknown>;
  readonly #pace: SignalPace;
  #open = false;
  /** Counts the connections there were. */
  #connections = 0;
  /** The server said to wait. */
  #refused = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `transmit` rejects with a retryable CallError when the message may be said again. */
  constructor(transmit: (request: SignalRequest) => Promise<unknown>, pace: SignalPace) {
    this.#transmit = transmit;
    this.#pace = pace;
  }

  put(request: SignalRequest, now: boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#add(request, { resolve, reject });
      this.#open = now;
      this.#pump();
    });
  }

  /** The connection is back, the seat is ours: everything unacknowledged again, in order. */
  resend(): void {
    for (const entry of this.#entries) entry.underWay = false;
    this.#open = true;
    this.#connections += 1;
    this.#pump();
  }

  /** Nothing of this can arrive any more. */
  clear(): void {
    clearTimeout(this.#timer);
    for (const { settled } of this.#entries.splice(0)) for (const { reject } of settled) reject(new CallError('ABORTED'));
  }

  #add(request: SignalRequest, waiting: Entry['settled'][number]): void {
    const obsolete = this.#entries.filter((entry) => !entry.sent && isObsolete(entry.request, request));
    if (obsolete.length > 0) this.#entries = this.#entries.filter((entry) => !obsolete.includes(entry));
    for (const { settled } of obsolete) for (const { resolve } of settled) resolve();
    const last = this.#entries.filter(({ request: { to } }) => to === request.to).at(-1);
    const both = last?.sent === false ? merged(last.request, request) : null;
    if (last && both) {
      last.request = both;
      last.settled.push(waiting);
    } else this.#entries.push({ request, underWay: false, over: 0, sent: false, settled: [waiting] });
  }

  #pump(): void {
    if (!this.#open || this.#refused) return;
    let underWay = this.#entries.filter((entry) => entry.underWay).length;
    let soonest = Infinity;
    const held = new Set<string>();
    for (const entry of this.#entries) {
      const { to } = entry.request;
      if (entry.underWay || held.has(to)) continue;
      if (underWay >= MOST_UNDER_WAY) break;
      const wait = this.#pace.admit(entry.request);
      if (wait > 0) {
        soonest = Math.min(soonest, wait);
        held.add(to);
        continue;
      }
      underWay += 1;
      entry.underWay = entry.sent = true;
      entry.over = this.#connections;
      void this.#send(entry);
    }
    if (soonest < Infinity) this.#pause(soonest);
  }

  #pause(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#refused = false;
      this.#pump();
    }, ms);
  }

  async #send(entry: Entry): Promise<void> {
    const { over } = entry;
    try {
      await this.#transmit(entry.request);
      this.#done(entry);
    } catch (cause) {
      if (over !== entry.over) return;
      entry.underWay = false;
      const error = cause instanceof CallError ? cause : new CallError('INTERNAL', { cause });
      if (error.code === 'TIMEOUT' || error.code === 'SIGNAL_UNREACHABLE')
        this.#open = false; // until the connection is back
      else if (error.code === 'RATE_LIMITED') {
        entry.sent = false; // it was not passed on
        this.#refused = true;
        this.#pause(error.retryAfterMs ?? 1_000);
      } else this.#done(entry, error);
    }
    this.#pump();
  }

  #done(entry: Entry, error?: CallError): void {
    const at = this.#entries.indexOf(entry);
    if (at < 0) return;
    this.#entries.splice(at, 1);
    for (const { resolve, reject } of entry.settled)
      if (error) reject(error);
      else resolve();
  }
}
