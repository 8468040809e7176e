/**
 * One connection of one browser: what it is expected to do next, how often it misbehaved, and the
 * queue that keeps its messages in order. Knows the socket; knows rooms only as "the seat on this connection".
 */
import type { DefaultEventsMap, Socket } from 'socket.io';
import type { Goodbye, ServerEvent, ServerListeners, ServerToClient } from '../protocol/events.js';
import type { AddressKey } from './addresses.js';
import type { PreviewViewer } from './authorizer.js';
import type { RateSubject } from './rates.js';
import type { ParticipantSession } from './participant-session.js';

export type ClientSocket = Socket<DefaultEventsMap, ServerListeners>;

const NOBODY_WAITS = Promise.resolve();

/** Somebody at a door whose connections to those inside may be under way already. */
export interface EarlyNegotiationState {
  readonly room: string;
  /** The participant they will be. */
  readonly id: string;
  /** Until when offers are kept for them. */
  until: number;
  /** They have answered, so connections that they know of may be under way. */
  answers: boolean;
  /** By the owner of the offer they answered: the connection it was told on, its connection, and until when that counts. */
  readonly answered: Map<
    string,
    { readonly connection: ClientConnection; readonly connectionId: string; readonly until: number }
  >;
}

export interface ClientConnectionOptions {
  readonly socket: ClientSocket;
  readonly address: AddressKey;
  readonly strikeWindowMs: number;
  /** Speaks once, by plain HTTP, and hears nothing but the answer. */
  readonly transient?: true;
}

export class ClientConnection implements RateSubject {
  readonly socket: ClientSocket;
  readonly address: AddressKey;
  readonly transient: boolean;
  /** The seat this connection speaks for. */
  session: ParticipantSession | undefined;
  /** The door this connection waits at, and as whom it looks through. */
  preview: { readonly room: string; readonly viewer: PreviewViewer } | undefined;
  /** What was made ready at the door, until it joins. */
  earlyNegotiation: EarlyNegotiationState | undefined;

  readonly #strikeWindowMs: number;
  #deadline: NodeJS.Timeout | undefined;
  #tail: Promise<void> = NOBODY_WAITS;
  #pending = 0;
  #windowStart = 0;
  #strikes = 0;
  #refusals = 0;
  /** Until when a message of that name was told to wait. */
  #told: Map<string, number> | undefined;

  constructor(options: ClientConnectionOptions) {
    this.socket = options.socket;
    this.address = options.address;
    this.transient = options.transient === true;
    this.#strikeWindowMs = options.strikeWindowMs;
  }

  get id(): string {
    return this.socket.id;
  }

  get counter(): string {
    return this.session?.participantId ?? this.socket.id;
  }

  /** Where it comes from, also where addresses are not counted. */
  get network(): string {
    return this.address ?? 'loopback';
  }

  get open(): boolean {
    return this.socket.connected;
  }

  /** Messages waiting for their turn. */
  get pending(): number {
    return this.#pending;
  }

  /** Runs tasks one after the other: what a client sent first is done first. Tasks must not throw. */
  enqueue(task: () => void | Promise<void>): void {
    // Nearly always nobody waits, and mostly a task is done when it returns: then there is no promise at all.
    const started = this.#pending === 0 ? task() : this.#tail.then(task);
    if (started === undefined) return;
    this.#pending += 1;
    const done = (): void => {
      this.#pending -= 1;
    };
    this.#tail = started.then(done, done);
  }

  send<E extends ServerEvent>(event: E, payload: ServerToClient[E]): void {
    (this.socket as { emit(event: string, payload: unknown): unknown }).emit(event, payload);
  }

  /** The connection must find a seat within this, or it is told goodbye. */
  expectJoinWithin(ms: number): void {
    clearTimeout(this.#deadline);
    this.#deadline = setTimeout(() => this.close({ code: 'IDLE', reason: 'idle' }), ms).unref();
  }

  expectNothing(): void {
    clearTimeout(this.#deadline);
    this.#deadline = undefined;
  }

  /** Counts an invalid message; how many there are in this window. */
  strike(): number {
    this.#turnWindow();
    return (this.#strikes += 1);
  }

  /**
   * Counts a message refused for coming too often; how many there are in this window. Who waited as long as they were told, and
   * is refused again, did nothing wrong.
   */
  refusal(event: string, retryAfterMs = 0): number {
    this.#turnWindow();
    const now = performance.now();
    const hasWaited = now >= (this.#told?.get(event) ?? 0) && retryAfterMs > 0;
    (this.#told ??= new Map()).set(event, now + retryAfterMs);
    return hasWaited ? this.#refusals : (this.#refusals += 1);
  }

  close(goodbye: Goodbye): void {
    this.expectNothing();
    if (!this.open) return;
    this.send('goodbye', goodbye);
    this.socket.disconnect(true);
  }

  #turnWindow(): void {
    const now = performance.now();
    if (now - this.#windowStart < this.#strikeWindowMs) return;
    this.#windowStart = now;
    this.#strikes = 0;
    this.#refusals = 0;
  }
}
