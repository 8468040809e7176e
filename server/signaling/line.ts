/**
 * One connection of one browser: what it is expected to do next, how often it misbehaved, and the
 * queue that keeps its messages in order. Knows the socket; knows rooms only as "the seat on this line".
 */
import type { DefaultEventsMap, Socket } from 'socket.io';
import type { Goodbye, ServerEvent, ServerListeners, ServerToClient } from '../protocol/events.js';
import type { AddressKey } from './addresses.js';
import type { Looker } from './doorkeeper.js';
import type { Caller } from './rates.js';
import type { Seat } from './seat.js';

export type LineSocket = Socket<DefaultEventsMap, ServerListeners>;

const NOBODY_WAITS = Promise.resolve();

/** Somebody at a door whose connections to those inside may be under way already. */
export interface Visitor {
  readonly room: string;
  /** The participant they will be. */
  readonly id: string;
  /** Until when offers are kept for them. */
  until: number;
  /** They have answered, so connections that they know of may be under way. */
  answers: boolean;
  /** By the owner of the offer they answered: the line it was told on, its connection, and until when that counts. */
  readonly met: Map<string, { readonly line: Line; readonly link: string; readonly until: number }>;
}

export interface LineOptions {
  readonly socket: LineSocket;
  readonly address: AddressKey;
  readonly strikeWindowMs: number;
  /** Speaks once, by plain HTTP, and hears nothing but the answer. */
  readonly passing?: true;
}

export class Line implements Caller {
  readonly socket: LineSocket;
  readonly address: AddressKey;
  readonly passing: boolean;
  /** The seat this line speaks for. */
  seat: Seat | undefined;
  /** The door this line waits at, and as whom it looks through. */
  door: { readonly room: string; readonly looker: Looker } | undefined;
  /** What was made ready at the door, until it joins. */
  visitor: Visitor | undefined;

  readonly #strikeWindowMs: number;
  #deadline: NodeJS.Timeout | undefined;
  #tail: Promise<void> = NOBODY_WAITS;
  #pending = 0;
  #windowStart = 0;
  #strikes = 0;
  #refusals = 0;

  constructor(options: LineOptions) {
    this.socket = options.socket;
    this.address = options.address;
    this.passing = options.passing === true;
    this.#strikeWindowMs = options.strikeWindowMs;
  }

  get id(): string {
    return this.socket.id;
  }

  get counter(): string {
    return this.seat?.participantId ?? this.socket.id;
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

  /** The line must find a seat within this, or it is told goodbye. */
  expectSeatWithin(ms: number): void {
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

  /** Counts a message refused for coming too often; how many there are in this window. */
  refusal(): number {
    this.#turnWindow();
    return (this.#refusals += 1);
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
