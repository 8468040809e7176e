/**
 * The fast lane: publishes loudness beside the snapshot, about ten times a second, while somebody watches. Who speaks is found out by the
 * session, which measures the others.
 */
import type { Levels } from './call.js';
import { ObservableValue, type Observable } from './observable.js';
import type { ParticipantId } from './participant.js';

const SAMPLE_MS = 100;
const NOTHING: Levels = new Map();

export interface LevelSources {
  local(): number;
  /** Undefined: we are not in a room. */
  remote(): ReadonlyMap<ParticipantId, number> | undefined;
}

export class LevelMeter implements Observable<Levels> {
  readonly #value = new ObservableValue<Levels>(NOTHING);
  readonly #sources: LevelSources;
  #watchers = 0;
  #timer: ReturnType<typeof setInterval> | null = null;

  constructor(sources: LevelSources) {
    this.#sources = sources;
  }

  get(): Levels {
    return this.#value.get();
  }

  subscribe(listener: (levels: Levels) => void, signal?: AbortSignal): () => void {
    if (signal?.aborted) return () => undefined;
    this.#watchers += 1;
    this.#run();
    const unsubscribe = this.#value.subscribe(listener);
    let ended = false;
    const end = (): void => {
      if (ended) return;
      ended = true;
      unsubscribe();
      this.#watchers -= 1;
      this.#run();
    };
    signal?.addEventListener('abort', end, { once: true });
    return end;
  }

  close(): void {
    this.#watchers = 0;
    this.#run();
  }

  #run(): void {
    const needed = this.#watchers > 0;
    if (needed && this.#timer === null) this.#timer = setInterval(() => this.#sample(), SAMPLE_MS);
    if (!needed && this.#timer !== null) {
      clearInterval(this.#timer);
      this.#timer = null;
      this.#value.set(NOTHING);
    }
  }

  #sample(): void {
    const remote = this.#sources.remote() ?? [];
    this.#value.set(new Map<ParticipantId | 'local', number>([...remote, ['local', this.#sources.local()]]));
  }
}
