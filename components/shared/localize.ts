/**
 * Texts in the language of the nearest `lang` around an element, through shadow roots, and the
 * direction that goes with it. English is always there; other languages are loaded when first met.
 */
import { LocalizeController, registerTranslation, update } from '@shoelace-style/localize';
import type { ReactiveControllerHost } from 'lit';
import { en } from '../lang/en.js';
import { LANGUAGES } from '../lang/languages.js';
import type { Translation } from '../lang/translation.js';

registerTranslation(en);

export class Localize extends LocalizeController<Translation> {
  #observer: MutationObserver | undefined;
  #asked = '';

  constructor(host: ReactiveControllerHost & HTMLElement) {
    super(host);
  }

  override hostConnected(): void {
    super.hostConnected();
    // Elements inside ours hear of a change through `update()` from the one outside.
    const root = this.host.getRootNode();
    if (!('host' in root) || !(root as ShadowRoot).host.localName.startsWith('webrtc-')) {
      this.#observer = new MutationObserver(update);
      const options = { subtree: true, attributes: true, attributeFilter: ['lang', 'dir'] };
      for (let at: Node | null = root; at; at = 'host' in at ? (at as ShadowRoot).host.getRootNode() : null) {
        this.#observer.observe(at, options);
      }
    }
    this.#load();
  }

  override hostDisconnected(): void {
    super.hostDisconnected();
    this.#observer?.disconnect();
  }

  hostUpdate(): void {
    this.#load();
  }

  override lang(): string {
    const found = nearest(this.host, 'lang')?.getAttribute('lang') ?? '';
    const tag = (found || (typeof navigator === 'undefined' ? '' : navigator.language) || 'en').replace(/_/g, '-');
    try {
      return new Intl.Locale(tag).toString().toLowerCase();
    } catch {
      return 'en';
    }
  }

  /** A `lang` nearer than any `dir` decides the direction; else the `dir`. */
  override dir(): string {
    const at = nearest(this.host, 'dir', 'lang');
    const dir = at?.getAttribute('dir')?.toLowerCase();
    if (dir === 'rtl' || dir === 'ltr') return dir;
    return this.term('$dir');
  }

  #load(): void {
    const lang = this.lang();
    if (lang === this.#asked) return;
    this.#asked = lang;
    const { language, script } = new Intl.Locale(lang).maximize();
    const load = LANGUAGES[`${language}-${script}`] ?? LANGUAGES[language];
    if (!load || this.exists('$code', { lang: language })) return;
    load().then(
      (translation) => registerTranslation(translation),
      // The texts stay English; the next element tries again.
      () => undefined,
    );
  }
}

/** The nearest element around, through shadow roots, that has one of the attributes. */
function nearest(from: Element, ...names: readonly string[]): Element | null {
  const selector = names.map((name) => `[${name}]`).join();
  for (let at: Element | null = from; at;) {
    const found: Element | null = at.closest(selector);
    if (found) return found;
    const root = at.getRootNode();
    at = 'host' in root ? (root as ShadowRoot).host : null;
  }
  return null;
}
