/**
 * Styles of a shadow root, in whatever document it stands. A constructed sheet belongs to the document it was made for and is
 * dropped when an element moves to another one (a window of its own, a frame), so every document gets sheets of its own.
 */
import { adoptStyles, supportsAdoptingStyleSheets, type CSSResult, type CSSResultOrNative } from 'lit';

/** In the order in which they apply. */
const worn = new WeakMap<ShadowRoot, readonly CSSResultOrNative[]>();
const sheets = new WeakMap<Document, WeakMap<CSSResult, CSSStyleSheet>>();

/** Adds to the styles of a root. */
export function addStyles(root: ShadowRoot, styles: readonly CSSResultOrNative[]): void {
  const before = worn.get(root) ?? [];
  worn.set(root, [...before, ...styles]);
  // Without constructed sheets they are elements, which move along.
  if (supportsAdoptingStyleSheets) renewStyles(root);
  else adoptStyles(root, [...styles]);
}

/** After the root has come to another document. */
export function renewStyles(root: ShadowRoot): void {
  if (!supportsAdoptingStyleSheets) return;
  const page = root.ownerDocument;
  if (!page.defaultView) return; // nothing is drawn there
  root.adoptedStyleSheets = (worn.get(root) ?? []).flatMap((style) => sheetFor(page, style) ?? []);
}

function sheetFor(page: Document, style: CSSResultOrNative): CSSStyleSheet | null {
  if (!('cssText' in style)) return page === document ? style : null;
  if (page === document) return style.styleSheet ?? null;
  const known = sheets.get(page) ?? new WeakMap<CSSResult, CSSStyleSheet>();
  sheets.set(page, known);
  const there = known.get(style);
  if (there) return there;
  const made = new (page.defaultView as Window & typeof globalThis).CSSStyleSheet();
  made.replaceSync(style.cssText);
  known.set(style, made);
  return made;
}
