/**
 * The keys of a call: a letter for each control, Space to talk while muted, `?` for the list. Only while the focus
 * is inside the room, or in a part of it that stands elsewhere: a page has keys of its own, and maybe another room.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ButtonView } from '../shared/controls/control.js';
import type { ControlName } from '../shared/controls/control-list.js';
import { controlOf } from '../shared/controls/shortcuts.js';
import type { Call } from '../core/call.js';
import { isAsked, isPressed, isTyping } from './typing.js';

export interface ShortcutActs {
  /** In a call, and the page wants keys. */
  enabled(): boolean;
  call(): Call;
  /** Null: not offered here. */
  control(name: ControlName): ButtonView | null;
  help(): void;
}

export class Shortcuts implements ReactiveController {
  readonly #host: HTMLElement;
  readonly #acts: ShortcutActs;
  #end = new AbortController();
  /** While Space is held. */
  #talking: AbortController | undefined;

  constructor(host: HTMLElement & ReactiveControllerHost, acts: ShortcutActs) {
    this.#host = host;
    this.#acts = acts;
    host.addController(this);
  }

  hostConnected(): void {
    this.#end = new AbortController();
    const { signal } = this.#end;
    this.#host.addEventListener('keydown', (event) => this.#onKey(event), { signal });
    // `for` names an element of the same root; what is inside the room comes to it anyway.
    const root = this.#host.getRootNode();
    root.addEventListener('keydown', (event) => this.#isElsewhere(event, root) && this.#onKey(event as KeyboardEvent), {
      signal,
    });
  }

  hostMoved(): void {
    this.#end.abort();
    this.hostConnected();
  }

  hostDisconnected(): void {
    this.#end.abort();
    this.#talking?.abort();
  }

  /** It comes from `<webrtc-controls for>` or another part that names this room. */
  #isElsewhere(event: Event, root: Node): boolean {
    const { id } = this.#host;
    const path = event.composedPath();
    if (!id || path.includes(this.#host)) return false;
    return path.some((node) => isPart(node) && node.for === id && node.getRootNode() === root);
  }

  #onKey(event: KeyboardEvent): void {
    const { code, key, repeat } = event;
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!this.#acts.enabled() || isTyping(event) || isAsked(event, this.#host)) return;
    if (key === '?') {
      event.preventDefault();
      this.#acts.help();
    } else if (code === 'Space' && !isPressed(event)) {
      event.preventDefault(); // the page would scroll
      if (!repeat) this.#talk();
    } else if (!event.shiftKey && !repeat) {
      const name = controlOf(code);
      const face = name && this.#acts.control(name);
      if (!face || face.pending) return;
      event.preventDefault();
      void Promise.resolve(face.press(this.#host)).catch(() => undefined);
    }
  }

  /** On as long as the key is down; a page that is left with the key down does not stay on. */
  #talk(): void {
    const call = this.#acts.call();
    const { local } = call.state.get();
    if (this.#talking || local.microphone.status !== 'off' || !local.grants.publish.includes('microphone')) return;
    const held = (this.#talking = new AbortController());
    const { signal } = held;
    call.setMicrophone(true).catch(() => undefined);
    signal.addEventListener('abort', () => {
      this.#talking = undefined;
      call.setMicrophone(false).catch(() => undefined);
    });
    const release = (): void => held.abort();
    const page = this.#host.ownerDocument;
    const seenIn = page.defaultView ?? window;
    seenIn.addEventListener('keyup', ({ code }) => code === 'Space' && release(), { signal, capture: true });
    seenIn.addEventListener('blur', release, { signal });
    page.addEventListener('visibilitychange', release, { signal });
  }
}

function isPart(node: EventTarget): node is Element & { readonly for: unknown } {
  return (node as Partial<Element>).localName?.startsWith('webrtc-') === true && 'for' in node;
}
