/** Starts and ends a recording, one at a time, for those who may. How a file is made is loaded when it is asked for. */
import { CallError } from './call-error.js';
import type { CallState } from './call-state.js';
import type { Observable } from './observable.js';
import type { ParticipantId, Source, VideoSource } from './participant.js';
import type { VideoSize } from './media/video-requests.js';

export interface RecordingHost {
  readonly state: Observable<CallState>;
  /** What we send. */
  track(source: Source): MediaStreamTrack | null;
  /** A picture of theirs is in the file, so large; null: not any more. Who is on no tile is sent to us only then. */
  showing(id: ParticipantId, source: VideoSource, view: VideoSize | null): void;
  changed(recording: boolean): void;
  /** It ended by itself. */
  failed(cause: unknown): void;
}

export interface Running {
  /** Resolves when the file is whole. Idempotent. */
  stop(): Promise<void>;
}

export interface Recorder {
  record(host: RecordingHost): Promise<Running>;
}

export type LoadRecorder = () => Promise<Recorder>;

export class RecordingControl {
  readonly #load: LoadRecorder;
  readonly #host: RecordingHost;
  #running: Promise<Running> | null = null;

  constructor(load: LoadRecorder, host: RecordingHost) {
    this.#load = load;
    this.#host = host;
  }

  async start(): Promise<void> {
    const { meeting, local } = this.#host.state.get();
    if (meeting !== 'joined') throw new CallError('NOT_JOINED');
    if (!local.grants.record) throw new CallError('FORBIDDEN_RECORDING');
    if (this.#running) return void (await this.#running);
    const running = (this.#running = this.#begin());
    try {
      await running;
      if (this.#running === running) this.#host.changed(true);
    } catch (cause) {
      if (this.#running === running) this.#running = null;
      throw cause instanceof CallError ? cause : new CallError('RECORDING_FAILED', { cause });
    }
  }

  async stop(): Promise<void> {
    const running = this.#running;
    if (!running) return;
    this.#running = null;
    if (this.#host.state.get().local.recording) this.#host.changed(false);
    await (await running).stop();
  }

  async #begin(): Promise<Running> {
    const { record } = await this.#load();
    return record({
      ...this.#host,
      failed: (cause) => {
        this.#host.failed(new CallError('RECORDING_FAILED', { cause }));
        void this.stop().catch(() => undefined);
      },
    });
  }
}
