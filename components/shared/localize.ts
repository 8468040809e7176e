/**
 * Texts in the language of the nearest `lang` around an element, through shadow roots, and the
 * direction that goes with it. English is always there; other languages are loaded when first met.
 * What the page says in `translations` of a room comes before ours.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { en } from '../lang/en.js';
import { LANGUAGES } from '../lang/languages.js';
import type { Texts, Translation, Translations } from '../lang/translation.js';
import { watch } from './define.js';

const known = new Map<string, Texts>([['en', en]]);
const registered = new WeakSet<Texts>();
const hosts = new Set<ReactiveControllerHost>();

const update = (): void => hosts.forEach((host) => host.requestUpdate());

/** Adds to what is known of a language: what is loaded later brings its words with it. */
export function register(code: string, texts: Texts): void {
  if (registered.has(texts)) return; // several parts bring the same
  registered.add(texts);
  known.set(code, { ...known.get(code), ...texts });
  update();
}

export class Localize implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #own: () => Translations | undefined;
  #observer: MutationObserver | undefined;
  #asked = '';
  /** Where to look, the nearest first; found anew at every update. */
  #chain: readonly (Texts | undefined)[] | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, own: () => Translations | undefined = () => undefined) {
    this.#host = host;
    this.#own = own;
    host.addController(this);
  }

  hostConnected(): void {
    hosts.add(this.#host);
    // Elements inside ours hear of a change through `update()` from the one outside.
    const root = this.#host.getRootNode();
    if (!('host' in root) || !(root as ShadowRoot).host.localName.startsWith('webrtc-')) {
      watch(root); // what the page brings there later may be registered later, too
      this.#observer = new MutationObserver(update);
      const options = { subtree: true, attributes: true, attributeFilter: ['lang', 'dir'] };
      for (let at: Node | null = root; at; at = 'host' in at ? (at as ShadowRoot).host.getRootNode() : null) {
        this.#observer.observe(at, options);
      }
    }
  }

  hostDisconnected(): void {
    hosts.delete(this.#host);
    this.#observer?.disconnect();
  }

  /** Another `lang` may be around it now. */
  hostMoved(): void {
    this.#observer?.disconnect();
    this.hostConnected();
  }

  hostUpdate(): void {
    this.#chain = undefined;
    this.#load();
  }

  /** What an element asks in `willUpdate` comes before `hostUpdate`, and is not to hear the words of the last time. */
  hostUpdated(): void {
    this.#chain = undefined;
  }

  term<K extends keyof Translation>(key: K, ...args: Translation[K] extends (...args: infer A) => string ? A : []): string {
    this.#chain ??= this.#texts();
    const text = this.#chain.find((texts) => texts?.[key])?.[key] ?? '';
    return typeof text === 'function' ? (text as (...args: unknown[]) => string)(...args) : text;
  }

  lang(): string {
    const found = nearest(this.#host, 'lang')?.getAttribute('lang') ?? '';
    const tag = (found || (typeof navigator === 'undefined' ? '' : navigator.language) || 'en').replace(/_/g, '-');
    try {
      return new Intl.Locale(tag).toString();
    } catch {
      return 'en';
    }
  }

  /** A `lang` nearer than any `dir` decides the direction; else the `dir`. */
  dir(): string {
    const dir = nearest(this.#host, 'dir', 'lang')?.getAttribute('dir')?.toLowerCase();
    return dir === 'rtl' || dir === 'ltr' ? dir : this.term('$dir');
  }

  #texts(): readonly (Texts | undefined)[] {
    const own = new Map(Object.entries(this.#own() ?? {}).map(([code, texts]) => [code.toLowerCase(), texts]));
    return [...codes(this.lang()), 'en'].flatMap((code) => [own.get(code), known.get(code)]);
  }

  #load(): void {
    const lang = this.lang();
    if (lang === this.#asked) return;
    this.#asked = lang;
    const code = codes(lang).find((name) => LANGUAGES[name]);
    if (!code || known.has(code)) return;
    LANGUAGES[code]?.().then(
      (texts) => register(code, texts),
      // The texts stay English; the next element tries again.
      () => undefined,
    );
  }
}

/** A language may be given by region, by script, or as a whole: `zh-CN` finds `zh-hans`, `pt-PT` finds `pt`. */
export function codes(lang: string): readonly string[] {
  const { language, script, region } = new Intl.Locale(lang).maximize();
  return [lang, `${language}-${region}`, `${language}-${script}`, language].map((code) => code.toLowerCase());
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
