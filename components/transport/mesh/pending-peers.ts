/**
 * Those who are not in the roster yet. Some have our first offer: they are about to be told of, or at the door still; who answered from there is
 * connected with already, without a track. Others speak to us before we are told of them. Who does not come in time is forgotten.
 */
import type { Signal } from '../../../server/protocol/schemas.js';
import type { ParticipantId } from '../../core/participant.js';
import type { PreparedConnection } from './prepared-connection.js';

interface Entry {
  /** True: its connection is gone, so they get another offer when they come. */
  ready: PreparedConnection | true;
  readonly timer: ReturnType<typeof setTimeout>;
}

/** What one peer says before we are told of them: an offer and its candidates. */
const MOST_SIGNALS = 32;
/** Far more than come at once; each is a connection that somebody may have begun for nothing. */
const MOST = 8;

export class PendingPeers {
  readonly #entries = new Map<ParticipantId, Entry>();
  readonly #signals = new Map<ParticipantId, Signal[]>();
  readonly #ms: number;

  constructor(ms: number) {
    this.#ms = ms;
  }

  expect(id: ParticipantId, ready: PreparedConnection | true): void {
    this.#forget(id);
    const [oldest] = this.#entries.keys();
    if (oldest !== undefined && this.#entries.size >= MOST) this.#forget(oldest);
    this.#entries.set(id, { ready, timer: setTimeout(() => this.#forget(id), this.#ms) });
  }

  /** Their answer, while they are at the door; or what they say sooner than the server says that they are here. */
  receive(from: ParticipantId, signal: Signal): void {
    const ready = this.#entries.get(from)?.ready;
    if (ready && ready !== true) {
      if (signal.remoteConnectionId === ready.connection.id) ready.connection.receive(signal).catch(() => undefined); // they are answered as ever when they come
    } else this.#keep(from, signal);
  }

  /** They are here: what they said before. */
  takeSignals(id: ParticipantId): readonly Signal[] {
    const signals = this.#signals.get(id) ?? [];
    this.#signals.delete(id);
    return signals;
  }

  /** They are here. Undefined: they have nothing of ours. */
  take(id: ParticipantId): PreparedConnection | true | undefined {
    const entry = this.#entries.get(id);
    if (!entry) return undefined;
    clearTimeout(entry.timer);
    this.#entries.delete(id);
    return entry.ready;
  }

  /** What they have leads nowhere any more. */
  outdated(): void {
    for (const entry of this.#entries.values()) {
      if (entry.ready !== true) entry.ready.connection.close();
      entry.ready = true;
    }
  }

  close(): void {
    for (const id of [...this.#entries.keys()]) this.#forget(id);
    this.#signals.clear();
  }

  #keep(from: ParticipantId, signal: Signal): void {
    const signals = this.#signals.get(from) ?? [];
    const [oldest] = this.#signals.keys();
    if (!this.#signals.has(from) && oldest !== undefined && this.#signals.size >= MOST) this.#signals.delete(oldest);
    if (signals.length < MOST_SIGNALS) signals.push(signal);
    this.#signals.set(from, signals);
  }

  #forget(id: ParticipantId): void {
    const ready = this.take(id);
    if (ready && ready !== true) ready.connection.close();
  }
}
