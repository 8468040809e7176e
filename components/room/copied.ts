/** Puts a text on the clipboard, and is true for a moment after it worked. */
import type { ReactiveControllerHost } from 'lit';

const SHOWN_MS = 3_000;

export class Copied {
  readonly #host: ReactiveControllerHost;
  #value = false;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  get value(): boolean {
    return this.#value;
  }

  async copy(text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.#show(true);
      setTimeout(() => this.#show(false), SHOWN_MS);
    } catch {
      // No clipboard here; the address bar has the link, too.
    }
  }

  #show(value: boolean): void {
    this.#value = value;
    this.#host.requestUpdate();
  }
}
