/** Asks now and then, while the element is seen and the page is. Knows when to ask, not what. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

const EVERY_MS = 60_000;

export class PresenceWatch implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  readonly #ask: () => Promise<void>;
  #observer: IntersectionObserver | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  #seen = false;
  #page = document;

  constructor(host: ReactiveControllerHost & Element, ask: () => Promise<void>) {
    this.#host = host;
    this.#ask = ask;
    host.addController(this);
  }

  hostConnected(): void {
    this.#page = this.#host.ownerDocument;
    this.#observer = new (this.#page.defaultView ?? window).IntersectionObserver((entries) => {
      const seen = entries.some(({ isIntersecting }) => isIntersecting);
      const first = seen && !this.#seen;
      this.#seen = seen;
      if (first) this.now();
    });
    this.#observer.observe(this.#host);
    this.#page.addEventListener('visibilitychange', this.#look);
    this.#timer = setInterval(this.#look, EVERY_MS);
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#page.removeEventListener('visibilitychange', this.#look);
    clearInterval(this.#timer);
    this.#seen = false;
  }

  now(): void {
    if (this.#seen && this.#page.visibilityState === 'visible') void this.#ask();
  }

  readonly #look = (): void => this.now();
}
