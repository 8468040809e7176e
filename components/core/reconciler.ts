/**
 * Makes what the server believes what is true: one message at a time, always the newest, nothing when nothing differs, and again
 * until it arrived. Knows neither what is told nor how.
 */
import { CallError } from './call-error.js';

/** Before it is told again, where the server does not say when. Twice as long each time, up to the last. */
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 15_000;

export interface ReconcilerParts<T> {
  readonly send: (value: T) => Promise<unknown>;
  readonly same: (a: T, b: T) => boolean;
  /** Told once for a row of failures, and of what cannot be told at all. */
  readonly failed: (error: unknown) => void;
}

export class Reconciler<T> {
  readonly #parts: ReconcilerParts<T>;
  /** What the server believes; null: nobody is told anything. */
  #known: { readonly value: T } | null = null;
  #now: { readonly value: T } | null = null;
  /** Refused for what it is: telling it again would not help. */
  #hopeless: { readonly value: T } | null = null;
  #sending = false;
  #failures = 0;
  #later: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: ReconcilerParts<T>) {
    this.#parts = parts;
  }

  /** From now on `known` is what the server believes, `now` what is true. */
  start(known: T, now: T): void {
    this.#known = { value: known };
    this.#now = { value: now };
    this.#failures = 0;
    this.#hopeless = null;
    this.#run();
  }

  changed(now: T): void {
    this.#now = { value: now };
    // Who was told to wait is asked no sooner by a change.
    if (this.#later === undefined) this.#run();
  }

  stop(): void {
    this.#known = null;
    clearTimeout(this.#later);
    this.#later = undefined;
  }

  #run(): void {
    clearTimeout(this.#later);
    this.#later = undefined;
    if (!this.#sending) void this.#reconcile();
  }

  async #reconcile(): Promise<void> {
    const { send, same, failed } = this.#parts;
    let sent: { readonly value: T } | null = null;
    this.#sending = true;
    try {
      while (this.#known && this.#now && !same(this.#known.value, this.#now.value)) {
        sent = this.#now;
        if (this.#hopeless && same(this.#hopeless.value, sent.value)) return;
        await send(sent.value);
        this.#failures = 0;
        if (this.#known) this.#known = sent;
      }
    } catch (cause) {
      const error = CallError.from(cause);
      if (this.#failures === 0 && error.code !== 'RATE_LIMITED') failed(error);
      this.#failures += 1;
      if (this.#known && isTransient(error)) this.#again(error.retryAfterMs);
      else this.#hopeless = sent;
    } finally {
      this.#sending = false;
    }
  }

  #again(retryAfterMs: number | null): void {
    const ms = retryAfterMs ?? Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** (this.#failures - 1));
    this.#later = setTimeout(() => this.#run(), ms);
  }
}

/** Also without a line: when it is back, everything begins anew anyway. */
function isTransient({ code, retryable }: CallError): boolean {
  return retryable || code === 'TIMEOUT' || code === 'SIGNAL_UNREACHABLE' || code === 'INTERNAL';
}
