/**
 * The telephone's line that outlives its sockets: opens, registers, and when it is lost opens anew, until it is closed.
 * Shares the socket with nobody; what rings is the session's business.
 */
import type { CallRequests, RegisterRequest } from '../../server/protocol/calls.js';
import type { ServerEvent } from '../../server/protocol/events.js';
import { PROTOCOL_VERSION } from '../../server/protocol/limits.js';
import { reconnectDelay, sleep } from '../core/backoff.js';
import { CallError } from '../core/call-error.js';
import type { PhoneLineEvent, PhoneRequest, PhoneSignaling } from '../core/phone/phone-signaling.js';
import type { ConnectionState } from '../core/phase.js';
import { randomId } from '../core/random-id.js';
import type { SignalingTimings } from '../core/timings.js';
import { BUSY } from './comeback.js';
import { Line, type Heard } from './line.js';
import { whyUnreachable } from './reachability.js';

const EVENTS: readonly ServerEvent[] = ['ring-incoming', 'ring-ended', 'ring-result', 'goodbye'];

export class SocketPhone implements PhoneSignaling {
  readonly #url: string;
  readonly #timings: SignalingTimings;
  readonly #line: Line;
  readonly #closed = new AbortController();
  #listener: (event: PhoneLineEvent) => void = () => undefined;
  #register: () => RegisterRequest | null = () => null;
  #tries = 0;
  #ups = 0;
  #hurry = new AbortController();
  /** The page is hidden for good, or there was nothing to do: nothing is tried before `wake()`. */
  #asleep = false;
  /** It waits before the next try, or tries. */
  #opening = false;
  /** Requests of before the line was up. */
  readonly #waiting = new Set<() => void>();
  #connection: ConnectionState = 'disconnected';

  constructor(serverUrl: string, timings: SignalingTimings) {
    this.#url = serverUrl;
    this.#timings = timings;
    this.#line = new Line(
      serverUrl,
      timings.connectMs,
      {
        auth: () => ({ protocol: PROTOCOL_VERSION }),
        opened: () => void this.#opened(),
        heard: (heard) => this.#heard(heard),
        lost: (error) => void this.#lost(error),
      },
      EVENTS,
    );
  }

  onEvent(listener: (event: PhoneLineEvent) => void): void {
    this.#listener = listener;
  }

  open(register: () => RegisterRequest | null): void {
    this.#register = register;
    this.#show('connecting');
    this.#opening = true;
    this.#line.open();
  }

  update(): void {
    if (this.#connection === 'connected') void this.#announce(this.#ups);
  }

  async ask<E extends PhoneRequest>(event: E, request: CallRequests[E]['request']): Promise<CallRequests[E]['reply']> {
    // Whether somebody is there is asked first thing, when the line is on its way.
    if (event === 'presence') {
      this.wake();
      await this.#whenUp();
    }
    try {
      return await this.#line.request(event, request, this.#timings.ackMs);
    } catch (error) {
      if (error instanceof CallError && error.code === 'TIMEOUT') this.#line.drop();
      throw error;
    }
  }

  away(): void {
    this.#asleep = true;
    this.#line.say('phone-away');
    this.#line.drop();
  }

  wake(): void {
    if (!this.#asleep || this.#closed.signal.aborted) return;
    this.#asleep = false;
    this.#tries = 0;
    this.#show('connecting');
    if (!this.#line.connected) void this.#again();
  }

  check(): void {
    if (this.#closed.signal.aborted || this.#asleep) return;
    this.#hurry.abort();
    if (!this.#line.connected) return;
    // A dead line says nothing; a living one is quick.
    const request = this.#register();
    const alive = request
      ? this.#line.request('register', request, this.#timings.checkMs)
      : this.#line.request('cancel-ring', { id: randomId() }, this.#timings.checkMs);
    alive.catch((error: unknown) => {
      if (error instanceof CallError && error.code === 'TIMEOUT') this.#line.drop();
    });
  }

  close(): void {
    this.#closed.abort();
    this.#line.close();
    this.#connection = 'disconnected';
  }

  async #opened(): Promise<void> {
    this.#opening = false;
    this.#ups += 1;
    await this.#announce(this.#ups);
  }

  /** Says who we are; the session hears `up` when the server knows it. */
  async #announce(up: number): Promise<void> {
    const request = this.#register();
    try {
      const reply = request && (await this.#line.request('register', request, this.#timings.ackMs));
      if (up !== this.#ups || this.#closed.signal.aborted) return;
      this.#tries = 0;
      this.#show('connected');
      this.#tell({ type: 'up', reply });
      for (const go of this.#waiting) go();
    } catch (cause) {
      const error = CallError.from(cause);
      if (up !== this.#ups || this.#closed.signal.aborted) return;
      if (error.code === 'TIMEOUT') this.#line.drop();
      else if (BUSY.has(error.code)) {
        await sleep(error.retryAfterMs ?? reconnectDelay(1, Math.random(), this.#timings), this.#closed.signal);
        if (up === this.#ups && this.#line.connected) await this.#announce(up);
      } else {
        this.#show('connected');
        this.#tell({ type: 'refused', error });
      }
    }
  }

  #heard(heard: Heard): void {
    switch (heard.event) {
      case 'ring-incoming':
        this.#tell({ type: 'ring-incoming', ring: heard.payload });
        return;
      case 'ring-ended':
      case 'ring-result':
        this.#tell({ type: heard.event, ...heard.payload } as PhoneLineEvent);
        return;
      case 'goodbye': {
        const { reason } = heard.payload;
        // Nothing is registered and nothing rings: it is opened when there is something to say.
        if (reason === 'idle') this.#asleep = true;
        if (reason !== 'abuse') return;
        this.#tell({ type: 'refused', error: new CallError('ABUSE') });
        this.close();
        return;
      }
      default: // of rooms, which this line never enters
    }
  }

  async #lost(error: CallError): Promise<void> {
    this.#opening = false;
    if (this.#closed.signal.aborted) return;
    this.#ups += 1;
    if (this.#asleep) {
      this.#show('disconnected');
      return;
    }
    this.#show(this.#connection === 'connected' || this.#connection === 'reconnecting' ? 'reconnecting' : 'connecting');
    if (!BUSY.has(error.code)) {
      this.#tell({ type: 'refused', error });
      return;
    }
    if (this.#tries === 2) void whyUnreachable(this.#url, error).then((why) => this.#tell({ type: 'unreachable', error: why }));
    await this.#again(error.retryAfterMs ?? 0);
  }

  async #again(atLeastMs = 0): Promise<void> {
    if (this.#opening || this.#asleep) return;
    this.#opening = true;
    this.#hurry = new AbortController();
    await sleep(
      Math.max(atLeastMs, reconnectDelay(this.#tries++, Math.random(), this.#timings)),
      AbortSignal.any([this.#closed.signal, this.#hurry.signal]),
    );
    if (this.#closed.signal.aborted || this.#asleep) this.#opening = false;
    else this.#line.open();
  }

  /** Not for ever: who asks hears that the server is not there. */
  #whenUp(): Promise<void> {
    if (this.#connection === 'connected' && this.#line.connected) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        this.#waiting.delete(go);
        reject(new CallError('SIGNAL_UNREACHABLE', { retryable: true }));
      }, this.#timings.connectMs);
      const go = (): void => {
        clearTimeout(late);
        this.#waiting.delete(go);
        resolve();
      };
      this.#waiting.add(go);
    });
  }

  #show(connection: ConnectionState): void {
    if (connection === this.#connection) return;
    this.#connection = connection;
    this.#tell({ type: 'connection', connection });
  }

  #tell(event: PhoneLineEvent): void {
    if (!this.#closed.signal.aborted) this.#listener(event);
  }
}
