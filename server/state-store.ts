/**
 * What outlives a restart: how rooms are set, who was sent out, which tokens were used. A small asynchronous
 * store of values that expire, each under a key and its kind, so that Redis can take its place (`GET`, `SET … PXAT`,
 * `SET … NX GET PXAT`, `DEL`). Here it is memory; `file-state-store.ts` keeps the same on disk.
 */
export type StoredValue = string | number | boolean | null | { readonly [name: string]: StoredValue | undefined };

/** Kinds do not crowd each other out. */
export type StateKind = 'room' | 'ban' | 'ended' | 'revoked' | 'seat' | 'lost' | 'token';

export interface StateStore {
  get(kind: StateKind, key: string): Promise<StoredValue | undefined>;
  /** `expiresAt`: milliseconds since 1970. */
  set(kind: StateKind, key: string, value: StoredValue, expiresAt: number): Promise<void>;
  /** Sets what is not there yet, in one step; otherwise the value that stands there, untouched. */
  add(kind: StateKind, key: string, value: StoredValue, expiresAt: number): Promise<StoredValue | undefined>;
  delete(kind: StateKind, key: string): Promise<void>;
  close(): Promise<void>;
}

export interface StoredEntry {
  readonly value: StoredValue;
  readonly expiresAt: number;
}

/** Expired entries are looked for when a kind holds this many, and then when it holds twice as many as were left. */
const SWEEP_AT = 1_000;
/** Of one kind. Far above what honest use needs; it only keeps the memory bounded. The oldest entry goes first. */
const MOST_ENTRIES = 100_000;

interface Shelf {
  readonly entries: Map<string, StoredEntry>;
  sweepAt: number;
}

export class MemoryStateStore implements StateStore {
  readonly #kinds = new Map<StateKind, Shelf>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  get(kind: StateKind, key: string): Promise<StoredValue | undefined> {
    return Promise.resolve(this.read(kind, key));
  }

  set(kind: StateKind, key: string, value: StoredValue, expiresAt: number): Promise<void> {
    this.write(kind, key, { value, expiresAt });
    return Promise.resolve();
  }

  add(kind: StateKind, key: string, value: StoredValue, expiresAt: number): Promise<StoredValue | undefined> {
    const there = this.read(kind, key);
    if (there === undefined) this.write(kind, key, { value, expiresAt });
    return Promise.resolve(there);
  }

  delete(kind: StateKind, key: string): Promise<void> {
    this.write(kind, key, undefined);
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  protected now(): number {
    return this.#now();
  }

  protected read(kind: StateKind, key: string): StoredValue | undefined {
    const entry = this.#kinds.get(kind)?.entries.get(key);
    return entry !== undefined && entry.expiresAt > this.#now() ? entry.value : undefined;
  }

  protected write(kind: StateKind, key: string, entry: StoredEntry | undefined): void {
    const shelf = this.#kinds.get(kind) ?? { entries: new Map(), sweepAt: SWEEP_AT };
    this.#kinds.set(kind, shelf);
    shelf.entries.delete(key); // what is set again is the youngest
    if (entry === undefined || entry.expiresAt <= this.#now()) return;
    shelf.entries.set(key, entry);
    if (shelf.entries.size >= shelf.sweepAt) this.#sweep(shelf);
  }

  /** Everything that still counts. */
  protected *living(): Iterable<readonly [StateKind, string, StoredEntry]> {
    const now = this.#now();
    for (const [kind, { entries }] of this.#kinds)
      for (const [key, entry] of entries) if (entry.expiresAt > now) yield [kind, key, entry];
  }

  #sweep(shelf: Shelf): void {
    const now = this.#now();
    for (const [key, { expiresAt }] of shelf.entries) if (expiresAt <= now) shelf.entries.delete(key);
    for (const key of shelf.entries.keys()) {
      if (shelf.entries.size < MOST_ENTRIES) break;
      shelf.entries.delete(key);
    }
    shelf.sweepAt = Math.max(SWEEP_AT, Math.min(MOST_ENTRIES, shelf.entries.size * 2));
  }
}
