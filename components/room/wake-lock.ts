/** Keeps the screen awake while there is something to see. What forbids it (a policy, a low battery) is no trouble. */

export class WakeLock {
  readonly #end = new AbortController();
  readonly #page: Document;
  #wanted = false;
  #lock: WakeLockSentinel | null = null;
  #asking = false;

  constructor(page: Document) {
    this.#page = page;
    // The browser takes it back whenever the page is hidden.
    page.addEventListener('visibilitychange', () => void this.#hold(), { signal: this.#end.signal });
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
    const browser = this.#page.defaultView?.navigator;
    if (this.#page.visibilityState !== 'visible' || !browser || !('wakeLock' in browser)) return;
    this.#asking = true;
    try {
      this.#lock = await browser.wakeLock.request('screen');
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
