/**
 * The bridge from a call to an element: watches one observable through a selector and asks for a
 * render only when the selected value changed. Works for the state and for the fast lane of levels alike.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Call, Levels } from '../core/call.js';
import { INITIAL_STATE, type CallState } from '../core/call-state.js';
import type { Observable } from '../core/observable.js';
import type { CallSlot } from './call-slot.js';

export class Selector<S, T> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #source: CallSlot;
  readonly #observe: (call: Call) => Observable<S>;
  readonly #initial: S;
  readonly #select: (value: S) => T;
  #value: T;
  #end: (() => void) | undefined;

  constructor(
    host: ReactiveControllerHost,
    source: CallSlot,
    observe: (call: Call) => Observable<S>,
    initial: S,
    select: (value: S) => T,
  ) {
    this.#host = host;
    this.#source = source;
    this.#observe = observe;
    this.#initial = initial;
    this.#select = select;
    this.#value = select(initial);
    source.onCall((call) => this.#attach(call));
    host.addController(this);
  }

  get value(): T {
    return this.#value;
  }

  hostConnected(): void {
    if (!this.#end) this.#attach(this.#source.call);
  }

  hostDisconnected(): void {
    this.#end?.();
    this.#end = undefined;
  }

  #attach(call: Call | undefined): void {
    this.#end?.();
    this.#end = undefined;
    if (!call) {
      this.#take(this.#initial);
      return;
    }
    const observable = this.#observe(call);
    this.#end = observable.subscribe((value) => this.#take(value));
    this.#take(observable.get());
  }

  #take(value: S): void {
    const next = this.#select(value);
    if (same(next, this.#value)) return;
    this.#value = next;
    this.#host.requestUpdate();
  }
}

/** What of the state this element shows. */
export function selectState<T>(
  host: ReactiveControllerHost,
  source: CallSlot,
  select: (state: CallState) => T,
): Selector<CallState, T> {
  return new Selector(host, source, (call) => call.state, INITIAL_STATE, select);
}

/** What of the loudness this element shows. Select little: it changes ten times a second. */
export function selectLevels<T>(
  host: ReactiveControllerHost,
  source: CallSlot,
  select: (levels: Levels) => T,
): Selector<Levels, T> {
  return new Selector<Levels, T>(host, source, (call) => call.levels, new Map(), select);
}

/** One level deep, so that a selector may build an object or a list of what it needs. */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return false;
  const left = Object.entries(a);
  const right = Object.entries(b);
  const other = new Map(right);
  return left.length === right.length && left.every(([key, value]) => other.has(key) && Object.is(other.get(key), value));
}
