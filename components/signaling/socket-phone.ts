/**
 * The telephone's connection that outlives its sockets: opens, registers, and when it is lost opens anew, until it is closed.
 * Shares the socket with nobody; what rings is the session's business.
 */
import type { CallRequests, RegisterRequest } from '../../server/protocol/calls.js';
import type { ServerEvent } from '../../server/protocol/events.js';
import { PROTOCOL_VERSION } from '../../server/protocol/limits.js';
import { reconnectDelay, sleep } from '../core/backoff.js';
import { CallError } from '../core/call-error.js';
import type { PhoneSignalingEvent, PhoneRequest, PhoneSignaling } from '../core/phone/phone-signaling.js';
import type { ConnectionState } from '../core/phase.js';
import { randomId } from '../core/random-id.js';
import type { SignalingTimings } from '../core/timings.js';
import { BUSY } from './reconnector.js';
import { SignalingConnection, type ServerMessage } from './signaling-connection.js';
import { whyUnreachable } from './reachability.js';

const EVENTS: readonly ServerEvent[] = ['ring-incoming', 'ring-ended', 'ring-result', 'goodbye'];

export class SocketPhone implements PhoneSignaling {
  readonly #url: string;
  readonly #timings: SignalingTimings;
  readonly #connection: SignalingConnection;
  readonly #closed = new AbortController();
  #listener: (event: PhoneSignalingEvent) => void = () => undefined;
  #register: () => RegisterRequest | null = () => null;
  #tries = 0;
  #ups = 0;
  #hurry = new AbortController();
  /** The page is hidden for good, or there was nothing to do: nothing is tried before `wake()`. */
  #asleep = false;
  /** It waits before the next try, or tries. */
  #opening = false;
  /** Requests of before the connection was up. */
  readonly #waiting = new Set<() => void>();
  #connectionState: ConnectionState = 'disconnected';

  constructor(serverUrl: string, timings: SignalingTimings) {
    this.#url = serverUrl;
    this.#timings = timings;
    this.#connection = new SignalingConnection(
      serverUrl,
      timings.connectMs,
      {
        auth: () => ({ protocol: PROTOCOL_VERSION }),
        onOpen: () => void this.#opened(),
        onMessage: (heard) => this.#onMessage(heard),
        onLost: (error) => void this.#lost(error),
      },
      EVENTS,
    );
  }

  onEvent(listener: (event: PhoneSignalingEvent) => void): void {
    this.#listener = listener;
  }

  open(register: () => RegisterRequest | null): void {
    this.#register = register;
    this.#show('connecting');
    this.#opening = true;
    this.#connection.open();
  }

  update(): void {
    if (this.#connectionState === 'connected') void this.#announce(this.#ups);
  }

  async request<E extends PhoneRequest>(event: E, request: CallRequests[E]['request']): Promise<CallRequests[E]['reply']> {
    // Whether somebody is there is asked first thing, when the connection is on its way.
    if (event === 'presence') {
      this.wake();
      await this.#whenUp();
    }
    try {
      return await this.#connection.request(event, request, this.#timings.ackMs);
    } catch (error) {
      if (error instanceof CallError && error.code === 'TIMEOUT') this.#connection.drop();
      throw error;
    }
  }

  away(): void {
    this.#asleep = true;
    this.#connection.send('phone-away');
    this.#connection.drop();
  }

  wake(): void {
    if (!this.#asleep || this.#closed.signal.aborted) return;
    this.#asleep = false;
    this.#tries = 0;
    this.#show('connecting');
    if (!this.#connection.connected) void this.#again();
  }

  check(): void {
    if (this.#closed.signal.aborted || this.#asleep) return;
    this.#hurry.abort();
    if (!this.#connection.connected) return;
    // A dead connection says nothing; a living one is quick.
    const request = this.#register();
    const alive = request
      ? this.#connection.request('register', request, this.#timings.checkMs)
      : this.#connection.request('cancel-ring', { id: randomId() }, this.#timings.checkMs);
    alive.catch((error: unknown) => {
      if (error instanceof CallError && error.code === 'TIMEOUT') this.#connection.drop();
    });
  }

  close(): void {
    this.#closed.abort();
    this.#connection.close();
    this.#connectionState = 'disconnected';
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
      const reply = request && (await this.#connection.request('register', request, this.#timings.ackMs));
      if (up !== this.#ups || this.#closed.signal.aborted) return;
      this.#tries = 0;
      this.#show('connected');
      this.#tell({ type: 'up', reply });
      for (const go of this.#waiting) go();
    } catch (cause) {
      const error = CallError.from(cause);
      if (up !== this.#ups || this.#closed.signal.aborted) return;
      if (error.code === 'TIMEOUT') this.#connection.drop();
      else if (BUSY.has(error.code)) {
        await sleep(error.retryAfterMs ?? reconnectDelay(1, Math.random(), this.#timings), this.#closed.signal);
        if (up === this.#ups && this.#connection.connected) await this.#announce(up);
      } else {
        this.#show('connected');
        this.#tell({ type: 'refused', error });
      }
    }
  }

  #onMessage(heard: ServerMessage): void {
    switch (heard.event) {
      case 'ring-incoming':
        this.#tell({ type: 'ring-incoming', ring: heard.payload });
        return;
      case 'ring-ended':
      case 'ring-result':
        this.#tell({ type: heard.event, ...heard.payload } as PhoneSignalingEvent);
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
      default: // of rooms, which this connection never enters
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
    this.#show(this.#connectionState === 'connected' || this.#connectionState === 'reconnecting' ? 'reconnecting' : 'connecting');
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
    else this.#connection.open();
  }

  /** Not for ever: who asks hears that the server is not there. */
  #whenUp(): Promise<void> {
    if (this.#connectionState === 'connected' && this.#connection.connected) return Promise.resolve();
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
    if (connection === this.#connectionState) return;
    this.#connectionState = connection;
    this.#tell({ type: 'connection', connection });
  }

  #tell(event: PhoneSignalingEvent): void {
    if (!this.#closed.signal.aborted) this.#listener(event);
  }
}
