/**
 * The fast lane: reads loudness about ten times a second while somebody watches or the call needs
 * to know who speaks, and publishes it beside the snapshot. Who speaks is picked by others.
 */
import type { Levels } from './call.js';
import { ObservableValue, type Observable } from './observable.js';
import type { ParticipantId } from './participant.js';

const SAMPLE_MS = 100;
const NOTHING: Levels = new Map();

export interface LevelSources {
  local(): number;
  remote(): ReadonlyMap<ParticipantId, number>;
}

export class LevelMeter implements Observable<Levels> {
  readonly #value = new ObservableValue<Levels>(NOTHING);
  readonly #sources: LevelSources;
  readonly #heard: (remote: ReadonlyMap<ParticipantId, number>) => void;
  #watchers = 0;
  #inCall = false;
  #timer: ReturnType<typeof setInterval> | null = null;

  /** @param heard told how loud the others are, during a call */
  constructor(sources: LevelSources, heard: (remote: ReadonlyMap<ParticipantId, number>) => void) {
    this.#sources = sources;
    this.#heard = heard;
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

  setInCall(inCall: boolean): void {
    this.#inCall = inCall;
    this.#run();
  }

  close(): void {
    this.#watchers = 0;
    this.setInCall(false);
  }

  #run(): void {
    const needed = this.#inCall || this.#watchers > 0;
    if (needed && this.#timer === null) this.#timer = setInterval(() => this.#sample(), SAMPLE_MS);
    if (!needed && this.#timer !== null) {
      clearInterval(this.#timer);
      this.#timer = null;
      this.#value.set(NOTHING);
    }
  }

  #sample(): void {
    const remote = this.#sources.remote();
    if (this.#inCall) this.#heard(remote);
    if (this.#watchers > 0)
      this.#value.set(new Map<ParticipantId | 'local', number>([...remote, ['local', this.#sources.local()]]));
  }
}
