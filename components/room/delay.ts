/** True only when something has been true for a while: short troubles are not worth a word. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

export class Delay implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #ms: number;
  #value = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost, ms: number) {
    this.#host = host;
    this.#ms = ms;
    host.addController(this);
  }

  get value(): boolean {
    return this.#value;
  }

  hostDisconnected(): void {
    this.set(false);
  }

  set(on: boolean): void {
    if (!on) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
      if (this.#value) this.#host.requestUpdate();
      this.#value = false;
      return;
    }
    if (this.#value) return;
    this.#timer ??= setTimeout(() => {
      this.#value = true;
      this.#timer = undefined;
      this.#host.requestUpdate();
    }, this.#ms);
  }
}
