/**
 * A sign in the title of the page, for whoever is in another tab: who wants to join, how much was written. The
 * page's own title comes back as soon as somebody looks, and a title that the page sets meanwhile is left alone.
 */
export class TitleSign {
  #own = '';
  #shown = '';
  #wanted = '';

  constructor() {
    this.watch = this.watch.bind(this);
  }

  connect(): void {
    document.addEventListener('visibilitychange', this.watch);
  }

  disconnect(): void {
    document.removeEventListener('visibilitychange', this.watch);
    this.#restore();
  }

  /** Shown while nobody looks; empty: nothing to tell. */
  set(words: string): void {
    this.#wanted = words;
    this.watch();
  }

  private watch(): void {
    if (!this.#wanted || !document.hidden) {
      this.#restore();
      return;
    }
    if (document.title !== this.#shown) this.#own = document.title;
    this.#shown = `${this.#wanted} · ${this.#own}`;
    document.title = this.#shown;
  }

  #restore(): void {
    if (this.#shown && document.title === this.#shown) document.title = this.#own;
    this.#shown = '';
  }
}
