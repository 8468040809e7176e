/**
 * Keeps a room's call: makes it when first needed, tells of its facts, and ends it when the room is
 * gone for good. Knows nothing of what is shown.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Call, CallOptions } from '../core/call.js';
import type { CallState } from '../core/call-state.js';
import type { CallFact } from '../core/facts.js';
import { CallHolder, type CallSlot } from '../shared/call-slot.js';
import type { CallFactory } from './call-factory.js';
import { changedOptions } from './room-options.js';

export interface CallOwnerOptions {
  readonly factory: () => CallFactory;
  readonly options: () => CallOptions;
  /** Taken out of the page and not put back within a task: leave. */
  readonly leaveOnUnmount: () => boolean;
  readonly onFact: (fact: CallFact, before: CallState, after: CallState) => void;
  readonly onCall: () => void;
}

export class CallOwner implements ReactiveController, CallSlot {
  readonly #own: CallOwnerOptions;
  readonly #host: ReactiveControllerHost & Node;
  readonly #holder = new CallHolder();
  #made = false;
  #known: Partial<CallOptions> = {};
  #end = new AbortController();
  #elsewhere: AbortController | undefined;

  constructor(host: ReactiveControllerHost & Node, own: CallOwnerOptions) {
    this.#host = host;
    this.#own = own;
    host.addController(this);
  }

  /** The call that is there, if any; does not make one. */
  get call(): Call | undefined {
    return this.#holder.call;
  }

  onCall(listener: (call: Call | undefined) => void): void {
    this.#holder.onCall(listener);
  }

  ensure(): Call {
    const there = this.#holder.call;
    if (there) return there;
    const options = this.#own.options();
    const call = this.#own.factory()(options);
    this.#known = options;
    this.#made = true;
    this.#take(call);
    return call;
  }

  /** A call made by the page. It is used, never closed. */
  adopt(call: Call): void {
    if (call === this.#holder.call) return;
    if (this.#made) this.#holder.call?.close();
    this.#made = false;
    this.#known = {};
    this.#take(call);
    this.configure();
  }

  /** Tells the call what changed since it was told last. */
  configure(): void {
    const call = this.#holder.call;
    if (!call) return;
    const options = this.#own.options();
    const changed = changedOptions(this.#known, options);
    this.#known = options;
    if (Object.keys(changed).length) call.configure(changed);
  }

  hostConnected(): void {
    const { ownerDocument: page } = this.#host;
    if (!page || page === document) return;
    this.#elsewhere = new AbortController();
    // A window of its own was closed, a frame removed: the element is in a document that nobody sees, and is told nothing.
    const gone = ({ persisted }: PageTransitionEvent): void => {
      if (!persisted) this.#leaveUnless(() => this.#host.isConnected && this.#host.ownerDocument !== page);
    };
    page.defaultView?.addEventListener('pagehide', gone, { signal: this.#elsewhere.signal });
  }

  hostDisconnected(): void {
    this.#elsewhere?.abort();
    this.#leaveUnless(() => this.#host.isConnected);
  }

  #leaveUnless(isBack: () => boolean): void {
    const call = this.#holder.call;
    if (!call) return;
    // One task of grace: a framework that moves the element takes it out and puts it back.
    setTimeout(() => {
      if (isBack() || this.#holder.call !== call || !this.#own.leaveOnUnmount()) return;
      const [made, end] = [this.#made, this.#end];
      if (made) this.#holder.call = undefined;
      // Facts are still heard until the call has left, so that `call-left` is announced.
      void call.leave().finally(() => {
        if (!made) return;
        end.abort();
        call.close();
      });
    });
  }

  #take(call: Call): void {
    this.#end.abort();
    const end = (this.#end = new AbortController());
    let before = call.state.get();
    call.onFact((fact, after) => {
      const was = before;
      before = after;
      this.#own.onFact(fact, was, after);
    }, end.signal);
    this.#holder.call = call;
    this.#own.onCall();
  }
}
