/** True for a moment after something happened: long enough to be read. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

export class Moment implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #ms: number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost, ms: number) {
    this.#host = host;
    this.#ms = ms;
    host.addController(this);
  }

  get value(): boolean {
    return this.#timer !== undefined;
  }

  begin(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.end(), this.#ms);
    this.#host.requestUpdate();
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.end();
  }
}
