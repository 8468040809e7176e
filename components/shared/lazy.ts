/**
 * A part of an element that comes when it is first needed, with its styles and its words, so that the
 * first load of a page stays small. Until it is there the element does without.
 */
import { adoptStyles, supportsAdoptingStyleSheets, type CSSResult, type ReactiveElement } from 'lit';
import type { Texts } from '../lang/translation.js';
import { register } from './localize.js';

export interface LazyPart {
  readonly styles: CSSResult;
  /** In English; the other languages are whole. */
  readonly texts: Texts;
}

export class Lazy<Part extends LazyPart> {
  readonly #host: ReactiveElement;
  readonly #load: () => Promise<Part>;
  #part: Part | undefined;
  #loading: Promise<void> | undefined;

  constructor(host: ReactiveElement, load: () => Promise<Part>) {
    this.#host = host;
    this.#load = load;
  }

  /** Undefined until it is there; asking for it brings it. */
  get value(): Part | undefined {
    if (!this.#part) void this.bring();
    return this.#part;
  }

  bring(): Promise<void> {
    this.#loading ??= this.#load().then(
      (part) => this.#take(part),
      () => (this.#loading = undefined), // asked again when needed again
    );
    return this.#loading;
  }

  #take(part: Part): void {
    register('en', part.texts);
    const root = this.#host.renderRoot as ShadowRoot;
    if (supportsAdoptingStyleSheets && part.styles.styleSheet)
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, part.styles.styleSheet];
    else adoptStyles(root, [part.styles]);
    this.#part = part;
    this.#host.requestUpdate();
  }
}
