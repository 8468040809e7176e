/**
 * Speaks to people who use a screen reader: a polite region for comings and goings, batched and at
 * most one message in two seconds, and an urgent one for what needs them now. Both exist, empty, from
 * the first render on, because a region that arrives with its text is not read.
 */
import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';

const PAUSE_MS = 2_000;
const CLEAR_MS = 8_000;

export class Announcer implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #waiting = new Map<string, string[]>();
  readonly #sum: (kind: string, names: readonly string[]) => string;
  #status = '';
  #alert = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `sum` puts several of one kind into one sentence. */
  constructor(host: ReactiveControllerHost, sum: (kind: string, names: readonly string[]) => string) {
    this.#host = host;
    this.#sum = sum;
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting.clear();
    this.#status = '';
    this.#alert = '';
  }

  polite(kind: string, name: string): void {
    this.#waiting.set(kind, [...(this.#waiting.get(kind) ?? []), name]);
    // The first waits a little, too: people often come together.
    this.#timer ??= setTimeout(() => this.#speak(), PAUSE_MS / 4);
  }

  urgent(text: string): void {
    this.#alert = text;
    this.#host.requestUpdate();
  }

  render(): TemplateResult {
    return html`<div class="visually-hidden" role="status">${this.#status}</div>
      <div class="visually-hidden" role="alert">${this.#alert}</div>`;
  }

  #speak(): void {
    this.#timer = undefined;
    if (this.#waiting.size) {
      this.#status = [...this.#waiting].map(([kind, names]) => this.#sum(kind, names)).join(' ');
      this.#waiting.clear();
      this.#timer = setTimeout(() => this.#speak(), PAUSE_MS);
    } else if (this.#status) {
      this.#timer = setTimeout(() => {
        this.#timer = undefined;
        if (this.#waiting.size) this.#speak();
        else {
          this.#status = '';
          this.#host.requestUpdate();
        }
      }, CLEAR_MS);
    }
    this.#host.requestUpdate();
  }
}
