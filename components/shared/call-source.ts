/**
 * Finds the room an element belongs to: the one around it, or the one named by `for`, in whatever
 * order the two enter the page or are upgraded. Knows rooms only as answers to a context request.
 */
import { ContextEvent as ContextRequestEvent } from '@lit/context';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Call } from '../core/call.js';
import { callContext, type CallHost } from './call-context.js';
import { CallHolder, type CallSlot } from './call-slot.js';

const ROOM_TAG = 'webrtc-room';

type Host = ReactiveControllerHost & HTMLElement & { readonly for?: string };

export class CallSource implements ReactiveController, CallSlot {
  readonly #host: Host;
  readonly #holder = new CallHolder();
  #room: CallHost | undefined;
  #target: Element | null = null;
  #watch: MutationObserver | undefined;
  #unsubscribe: (() => void) | undefined;
  #for = '';
  #connected = false;

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  get room(): CallHost | undefined {
    return this.#room;
  }

  get call(): Call | undefined {
    return this.#holder.call;
  }

  onCall(listener: (call: Call | undefined) => void): void {
    this.#holder.onCall(listener);
  }

  hostConnected(): void {
    this.#connected = true;
    this.#locate();
  }

  hostUpdate(): void {
    if (this.#connected && (this.#host.for ?? '') !== this.#for) this.#locate();
  }

  /** Within the same room nothing changes: its pictures go on without a break. */
  hostMoved(): void {
    if (this.#for || !this.#room || !isAround(this.#room, this.#host)) this.#locate();
  }

  hostDisconnected(): void {
    this.#connected = false;
    this.#watch?.disconnect();
    this.#target = null;
    this.#set(undefined);
  }

  #locate(): void {
    this.#for = this.#host.for ?? '';
    this.#watch?.disconnect();
    if (!this.#for) {
      this.#aim(this.#host);
      return;
    }
    const root = this.#host.getRootNode();
    const look = (): void => this.#aim('getElementById' in root ? (root as Document).getElementById(this.#for) : null);
    if (this.#target?.getRootNode() !== root) this.#target = null;
    look();
    this.#watch = new MutationObserver(look);
    this.#watch.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ['id'] });
  }

  #aim(target: Element | null): void {
    if (target === this.#target && target !== this.#host) return;
    this.#target = target;
    this.#set(undefined);
    if (!target) return;
    this.#ask(target);
    // A room that is in the page already but not upgraded yet cannot answer.
    if (!this.#room) {
      const tag = target === this.#host ? ROOM_TAG : target.localName;
      void customElements.whenDefined(tag).then(() => {
        if (this.#connected && this.#target === target && !this.#room) this.#ask(target);
      });
    }
  }

  #ask(target: Element): void {
    target.dispatchEvent(
      new ContextRequestEvent(
        callContext,
        this.#host,
        (room, unsubscribe) => {
          if (!this.#connected || this.#target !== target) {
            unsubscribe?.();
            return;
          }
          if (this.#unsubscribe !== unsubscribe) this.#unsubscribe?.();
          this.#unsubscribe = unsubscribe;
          this.#room = room;
          this.#holder.call = room?.call;
          this.#host.requestUpdate();
        },
        true,
      ),
    );
  }

  #set(room: undefined): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#room = room;
    this.#holder.call = undefined;
    this.#host.requestUpdate();
  }
}

function isAround(room: object, element: Node): boolean {
  for (let at: Node | null = element; at; at = at.parentNode ?? ('host' in at ? (at as ShadowRoot).host : null))
    if (at === room) return true;
  return false;
}
