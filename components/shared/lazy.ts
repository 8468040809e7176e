/**
 * A part of an element that comes when it is first needed, with its styles and its words, so that the
 * first load of a page stays small. Until it is there the element does without.
 */
import type { CSSResult, ReactiveElement } from 'lit';
import type { Texts } from '../lang/translation.js';
import { register } from './localize.js';
import { addStyles } from './own-styles.js';
import { part } from './parts.js';

export interface LazyPart {
  readonly styles: CSSResult;
  /** In English; the other languages are whole. */
  readonly texts: Texts;
}

type Load<Part extends LazyPart> = () => Promise<Part>;

const loaded = new WeakMap<Load<LazyPart>, LazyPart>();

/** Ahead of the first element that needs it: it is complete then from its first render on. */
export async function fetchPart<Part extends LazyPart>(load: Load<Part>): Promise<Part> {
  const brought = await part(load);
  register('en', brought.texts);
  loaded.set(load, brought);
  return brought;
}

export class Lazy<Part extends LazyPart> {
  readonly #host: ReactiveElement;
  readonly #load: Load<Part>;
  #part: Part | undefined;
  #loading: Promise<void> | undefined;
  #failed = false;

  /** @param load one function for all elements of a kind, so that what one brought is there for the next */
  constructor(host: ReactiveElement, load: Load<Part>) {
    this.#host = host;
    this.#load = load;
  }

  /** Undefined until it is there; asking for it brings it. Asked while the element is drawn. */
  get value(): Part | undefined {
    if (this.#part) return this.#part;
    const there = loaded.get(this.#load) as Part | undefined;
    if (there) this.#adopt(there);
    else void this.bring();
    return there;
  }

  /** It could not be fetched the last time: what it would say has to be said without it. */
  get failed(): boolean {
    return this.#failed;
  }

  bring(): Promise<void> {
    this.#loading ??= fetchPart(this.#load).then(
      (brought) => {
        if (!this.#part) this.#adopt(brought);
        this.#failed = false;
        this.#host.requestUpdate();
      },
      () => {
        this.#loading = undefined; // asked again when needed again
        if (this.#failed) return;
        this.#failed = true;
        this.#host.requestUpdate();
      },
    );
    return this.#loading;
  }

  #adopt(brought: Part): void {
    if (this.#host.shadowRoot) addStyles(this.#host.shadowRoot, [brought.styles]);
    this.#part = brought;
  }
}
