/**
 * Keeps the server's picture of what we send true: one update at a time, always the newest, nothing
 * when nothing changed, and again after the connection came back.
 */
import type { MediaState } from '../../server/protocol/schemas.js';

export class MediaAnnouncer {
  readonly #send: (media: MediaState) => Promise<void>;
  readonly #failed: (error: unknown) => void;
  #known: MediaState | null = null;
  #now: MediaState | null = null;
  #sending = false;

  constructor(send: (media: MediaState) => Promise<void>, failed: (error: unknown) => void) {
    this.#send = send;
    this.#failed = failed;
  }

  /** In the room: `known` is what the server believes, `now` what is true. */
  start(known: MediaState, now: MediaState): void {
    this.#known = known;
    this.#now = now;
    void this.#run();
  }

  changed(now: MediaState): void {
    this.#now = now;
    void this.#run();
  }

  stop(): void {
    this.#known = null;
  }

  async #run(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    try {
      while (this.#known && this.#now && !same(this.#known, this.#now)) {
        const sent = this.#now;
        await this.#send(sent);
        if (this.#known) this.#known = sent;
      }
    } catch (error) {
      // The connection is down. When it is back, `start` says what the server knows.
      this.#failed(error);
    } finally {
      this.#sending = false;
    }
  }
}

function same(a: MediaState, b: MediaState): boolean {
  const keys = ['microphone', 'camera', 'screen', 'screenAudio', 'recording'] as const;
  return keys.every((key) => a[key] === b[key]);
}
