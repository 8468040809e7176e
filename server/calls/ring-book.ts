/** The rings there are, and for a while those that were: by the caller's name for them, and by the callees'. */
import type { PhoneConnection, Registration } from './registration.js';
import type { Ring } from './ring.js';

export class RingBook {
  readonly #mine = new Map<string, Ring>();
  readonly #theirs = new Map<string, Ring>();

  /** By the name the caller alone knows. */
  get(id: string): Ring | undefined {
    return this.#mine.get(id);
  }

  at(publicId: string): Ring | undefined {
    return this.#theirs.get(publicId);
  }

  add(ring: Ring): void {
    this.#mine.set(ring.facts.id, ring);
    this.#theirs.set(ring.publicId, ring);
  }

  /** It is over; who was reloading just then may still ask how it ended. */
  keep(ring: Ring, ms: number): void {
    clearTimeout(ring.grace);
    ring.grace = setTimeout(() => {
      this.#mine.delete(ring.facts.id);
      this.#theirs.delete(ring.publicId);
    }, ms).unref();
  }

  /** What that connection rings. */
  of(connection: PhoneConnection): readonly Ring[] {
    return [...this.#mine.values()].filter((ring) => ring.connection === connection && !ring.over);
  }

  /** Those that ring nowhere yet, and would ring there. */
  waitingFor({ address }: Registration): readonly Ring[] {
    return [...this.#mine.values()].filter((ring) => !ring.over && !ring.reaches && ring.facts.to === address);
  }

  close(): void {
    for (const ring of this.#mine.values()) ring.close();
    this.#mine.clear();
    this.#theirs.clear();
  }
}
