/**
 * Who was sent out of a room and may not come back yet: by the id in the token and by the seat that was
 * taken away. An asynchronous seam: memory now, a store shared by several servers later.
 */
export interface Banned {
  readonly sub?: string | undefined;
  readonly participantId?: string | undefined;
}

export interface Bans {
  add(room: string, who: Banned, ms: number): Promise<void>;
  has(room: string, who: Banned): Promise<boolean>;
  close(): Promise<void>;
}

/** Expired bans are looked for when there are this many, and then when there are twice as many as were left. */
const SWEEP_AT = 1_000;
/** Far above what honest moderators need; it only keeps the memory bounded. The oldest ban goes first. */
const MOST_BANS = 100_000;

export class MemoryBans implements Bans {
  readonly #until = new Map<string, number>();
  readonly #now: () => number;
  #sweepAt = SWEEP_AT;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  add(room: string, who: Banned, ms: number): Promise<void> {
    const now = this.#now();
    for (const key of keysOf(room, who)) {
      this.#until.delete(key);
      if (ms > 0) this.#until.set(key, now + ms);
    }
    this.#keepBounded(now);
    return Promise.resolve();
  }

  has(room: string, who: Banned): Promise<boolean> {
    const now = this.#now();
    return Promise.resolve(keysOf(room, who).some((key) => (this.#until.get(key) ?? 0) > now));
  }

  close(): Promise<void> {
    this.#until.clear();
    return Promise.resolve();
  }

  #keepBounded(now: number): void {
    if (this.#until.size < this.#sweepAt) return;
    for (const [key, until] of this.#until) if (until <= now) this.#until.delete(key);
    for (const key of this.#until.keys()) {
      if (this.#until.size <= MOST_BANS) break;
      this.#until.delete(key);
    }
    this.#sweepAt = Math.max(SWEEP_AT, Math.min(MOST_BANS, this.#until.size * 2));
  }
}

/** A room's name holds no colon, so keys of two kinds or rooms never meet. */
function keysOf(room: string, { sub, participantId }: Banned): readonly string[] {
  return [
    ...(sub === undefined ? [] : [`${room}:sub:${sub}`]),
    ...(participantId === undefined ? [] : [`${room}:seat:${participantId}`]),
  ];
}
