/**
 * Tells the host site what happens in its rooms: signed, tried again when it does not listen, never in the
 * way of a call. What waits is bounded; when the site stays away, the newest is dropped and said so in the log.
 */
import { randomUUID } from 'node:crypto';
import type { Log } from '../log.js';
import { troubleOf, troubleOfStatus } from './trouble.js';
import type { RoomEvent } from './events.js';
import { SIGNATURE_HEADER, signWebhook } from './signature.js';

export interface WebhookOptions {
  readonly url: string;
  readonly secret: string;
  readonly log: Log;
  readonly policy?: Partial<WebhookPolicy>;
}

export interface WebhookPolicy {
  /** Waits between attempts; as many attempts as there are waits, and one more. */
  readonly retryAfterMs: readonly number[];
  /** Longest wait for an answer. */
  readonly timeoutMs: number;
  /** Events that wait or are on their way. */
  readonly most: number;
  /** Requests at the same time. */
  readonly concurrency: number;
  /** When the server stops, what waits has this long. */
  readonly drainMs: number;
}

export const DEFAULT_WEBHOOK_POLICY: WebhookPolicy = Object.freeze({
  retryAfterMs: Object.freeze([1_000, 5_000, 30_000, 120_000, 600_000]),
  timeoutMs: 5_000,
  most: 1_000,
  concurrency: 4,
  drainMs: 2_000,
});

interface Delivery {
  readonly id: string;
  readonly type: string;
  readonly body: string;
  attempts: number;
}

export class Webhooks {
  readonly #options: WebhookOptions;
  readonly #policy: WebhookPolicy;
  readonly #queue: Delivery[] = [];
  readonly #retries = new Map<NodeJS.Timeout, Delivery>();
  readonly #stop = new AbortController();
  #running = 0;
  #dropped = 0;
  #warned = false;
  #closing = false;
  #idle: (() => void) | undefined;

  constructor(options: WebhookOptions) {
    this.#options = options;
    this.#policy = { ...DEFAULT_WEBHOOK_POLICY, ...options.policy };
  }

  /** Takes an event and returns at once. */
  readonly tell = (event: RoomEvent): void => {
    if (this.#closing) return;
    if (this.#queue.length + this.#retries.size + this.#running >= this.#policy.most) return this.#drop(event.type);
    const id = randomUUID();
    const body = JSON.stringify({ id, createdAt: new Date().toISOString(), ...event });
    this.#queue.push({ id, type: event.type, body, attempts: 0 });
    // Whatever it takes to send, it does not take it from who is joining.
    setImmediate(() => this.#next());
  };

  /** Gives what waits a last chance, for a moment. */
  async close(): Promise<void> {
    this.#closing = true;
    for (const [timer, delivery] of this.#retries) {
      clearTimeout(timer);
      this.#queue.push(delivery);
    }
    this.#retries.clear();
    this.#next();
    if (this.#running > 0) {
      const timer = setTimeout(() => this.#stop.abort(), this.#policy.drainMs);
      await new Promise<void>((resolve) => (this.#idle = resolve));
      clearTimeout(timer);
    }
    if (this.#queue.length > 0)
      this.#options.log.warn({ event: 'webhook', lost: this.#queue.length }, 'webhooks were not delivered');
  }

  #next(): void {
    while (this.#running < this.#policy.concurrency && !this.#stop.signal.aborted) {
      const delivery = this.#queue.shift();
      if (delivery === undefined) break;
      this.#running += 1;
      void this.#attempt(delivery).finally(() => {
        this.#running -= 1;
        this.#next();
      });
    }
    if (this.#running === 0) this.#idle?.();
  }

  async #attempt(delivery: Delivery): Promise<void> {
    delivery.attempts += 1;
    const trouble = await this.#send(delivery);
    const { id, type, attempts } = delivery;
    if (trouble === undefined) return;
    const wait = this.#policy.retryAfterMs[attempts - 1];
    if (this.#closing || wait === undefined) {
      this.#options.log.error({ event: 'webhook', id, type, attempts, trouble }, 'a webhook was given up');
      return;
    }
    // The first is worth a line that is seen: a slip in the settings shows at once, not when all tries are over.
    const level = attempts === 1 && !this.#warned ? 'warn' : 'debug';
    this.#warned = true;
    this.#options.log[level]({ event: 'webhook', id, type, attempts, trouble }, 'a webhook is tried again');
    // Spread out, so that a site that comes back is not greeted by all at once.
    const timer = setTimeout(
      () => {
        this.#retries.delete(timer);
        this.#queue.push(delivery);
        this.#next();
      },
      wait * (0.8 + Math.random() * 0.4),
    ).unref();
    this.#retries.set(timer, delivery);
  }

  /** What went wrong, in a word for the log; `undefined` if nothing did. */
  async #send({ id, body }: Delivery): Promise<string | undefined> {
    const { url, secret } = this.#options;
    try {
      const response = await fetch(url, {
        method: 'POST',
        body,
        // A redirect would carry signed content to a place nobody configured.
        redirect: 'manual',
        signal: AbortSignal.any([this.#stop.signal, AbortSignal.timeout(this.#policy.timeoutMs)]),
        headers: {
          'content-type': 'application/json',
          'user-agent': 'webrtc-elements',
          'webrtc-event-id': id,
          [SIGNATURE_HEADER]: signWebhook(body, secret),
        },
      });
      // The answer's words do not matter, but an unread body keeps its connection.
      await response.body?.cancel();
      return response.ok ? undefined : troubleOfStatus(response.status);
    } catch (error) {
      return troubleOf(error);
    }
  }

  #drop(type: string): void {
    this.#dropped += 1;
    // Said at the first, and then now and again: the log is not the place for a flood.
    if (this.#dropped === 1 || this.#dropped % 1_000 === 0)
      this.#options.log.error({ event: 'webhook', type, dropped: this.#dropped }, 'too many webhooks wait; new ones are dropped');
  }
}
