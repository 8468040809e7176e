/** Shows what an element is as `:state(name)` for styles, mirrored as `data-name` for older browsers and tests. */
import type { ReactiveElement } from 'lit';

export class States {
  readonly #host: ReactiveElement;
  readonly #internals: ElementInternals | undefined;

  constructor(host: ReactiveElement) {
    this.#host = host;
    try {
      this.#internals = host.attachInternals();
    } catch {
      // An old browser, or a server: the mirrored attributes do.
    }
  }

  toggle(states: Readonly<Record<string, boolean>>): void {
    for (const [name, on] of Object.entries(states)) {
      this.#host.toggleAttribute(`data-${name}`, on);
      try {
        if (on) this.#internals?.states.add(name);
        else this.#internals?.states.delete(name);
      } catch {
        // Chromium before 125 accepts only `--name`.
      }
    }
  }
}
