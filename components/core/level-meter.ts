/**
 * The fast lane: reads loudness about ten times a second while somebody watches or the call needs
 * to know who speaks, and publishes it beside the snapshot.
 */
import { ActiveSpeaker } from './active-speaker.js';
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
  readonly #onSpeaker: (id: ParticipantId | null) => void;
  #speaker = new ActiveSpeaker();
  #watchers = 0;
  #inCall = false;
  #timer: ReturnType<typeof setInterval> | null = null;

  constructor(sources: LevelSources, onSpeaker: (id: ParticipantId | null) => void) {
    this.#sources = sources;
    this.#onSpeaker = onSpeaker;
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

  /** Who speaks is only picked during a call. */
  setInCall(inCall: boolean): void {
    this.#inCall = inCall;
    this.#speaker = new ActiveSpeaker();
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
    if (this.#inCall) this.#onSpeaker(this.#speaker.update(remote, performance.now()));
    if (this.#watchers > 0)
      this.#value.set(new Map<ParticipantId | 'local', number>([...remote, ['local', this.#sources.local()]]));
  }
}
