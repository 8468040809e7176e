/**
 * How one link does: follows the table of mending with a clock, says when to mend, and tells what of it is to be shown.
 * Knows no connection.
 */
import type { LinkState } from '../../core/participant.js';
import type { LinkTimings } from '../../core/timings.js';
import { FRESH, nextHealth, patience, type Health, type HealthAction, type HealthEvent } from './link-health.js';

export interface HealthHooks {
  /** Media can flow now. */
  flows(): boolean;
  recover(action: Exclude<HealthAction, 'none'>): void;
  /** The link is something else now for who looks at it. */
  changed(link: LinkState): void;
}

export class HealthWatch {
  readonly #polite: boolean;
  readonly #timings: LinkTimings;
  readonly #hooks: HealthHooks;
  #health: Health = FRESH;
  #shown: LinkState = 'connecting';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(polite: boolean, timings: LinkTimings, hooks: HealthHooks) {
    this.#polite = polite;
    this.#timings = timings;
    this.#hooks = hooks;
    this.#wait();
  }

  /** It was well, and is not now. */
  get lost(): boolean {
    return this.#health.state !== 'connected' && this.#health.wasConnected;
  }

  on(event: HealthEvent): void {
    if (this.#closed) return;
    const { health, action } = nextHealth(this.#health, event, this.#timings.restarts);
    if (health === this.#health) return;
    this.#health = health;
    this.#wait();
    this.#show();
    if (action !== 'none') this.#hooks.recover(action);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #wait(): void {
    clearTimeout(this.#timer);
    const ms = patience(this.#health, this.#polite, this.#timings);
    // After a restart that was not needed no event comes: the connection itself is asked.
    if (ms !== null) this.#timer = setTimeout(() => this.on(this.#hooks.flows() ? 'connected' : 'overdue'), ms);
  }

  #show(): void {
    const { state, wasConnected, failed } = this.#health;
    // A wobble usually heals unseen, and a restart for caution's sake is no trouble: only a lasting loss is shown.
    const well = state === 'connected' || state === 'disconnected' || (wasConnected && this.#hooks.flows());
    const link: LinkState = well ? 'connected' : failed ? 'failed' : wasConnected ? 'reconnecting' : 'connecting';
    if (link === this.#shown) return;
    this.#shown = link;
    this.#hooks.changed(link);
  }
}
