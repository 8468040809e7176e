/** Keeps the screen awake while there is something to see. What forbids it (a policy, a low battery) is no trouble. */

export class WakeLock {
  readonly #end = new AbortController();
  #wanted = false;
  #lock: WakeLockSentinel | null = null;
  #asking = false;

  constructor() {
    // The browser takes it back whenever the page is hidden.
    document.addEventListener('visibilitychange', () => void this.#hold(), { signal: this.#end.signal });
  }

  want(wanted: boolean): void {
    this.#wanted = wanted;
    if (wanted) void this.#hold();
    else void this.#release();
  }

  close(): void {
    this.#end.abort();
    this.want(false);
  }

  async #hold(): Promise<void> {
    if (!this.#wanted || this.#asking || (this.#lock && !this.#lock.released)) return;
    if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
    this.#asking = true;
    try {
      this.#lock = await navigator.wakeLock.request('screen');
    } catch {
      this.#lock = null;
    } finally {
      this.#asking = false;
    }
    if (!this.#wanted) await this.#release();
  }

  async #release(): Promise<void> {
    const lock = this.#lock;
    this.#lock = null;
    await lock?.release().catch(() => undefined);
  }
}
