/**
 * Keeps what somebody reads where it is, whatever comes below it or goes above it. Browsers do that by themselves in some
 * cases, Safari in none; here it is done in all.
 */
export class ReadingPlace {
  #message: Element | null = null;
  #top = 0;
  #scrolled = -1;

  /** Before the list changes. @param end the newest is in view: there is nothing to keep */
  note(list: Element | null, end: boolean): void {
    // Nobody has scrolled since: the same place, or halves of pixels would add up.
    if (list && !end && this.#message?.isConnected && list.scrollTop === this.#scrolled) return;
    this.#message = null;
    if (!list || end) return;
    const { top } = list.getBoundingClientRect();
    for (const message of list.querySelectorAll('.message')) {
      const at = message.getBoundingClientRect();
      if (at.bottom <= top) continue;
      this.#message = message;
      this.#top = at.top;
      return;
    }
  }

  /** After it changed. */
  keep(list: Element | null): void {
    if (!list || !this.#message?.isConnected) return;
    list.scrollTop += this.#message.getBoundingClientRect().top - this.#top;
    this.#scrolled = list.scrollTop;
  }
}
