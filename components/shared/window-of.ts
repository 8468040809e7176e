/** The window an element stands in: of another document than ours, it is another one, with observers and a clock of its own. */
export const windowOf = ({ ownerDocument }: Element): Window & typeof globalThis => ownerDocument.defaultView ?? window;

/** How large a pixel of its own is seen: a `zoom` or a transform of the page. What is measured on the screen counts in the other kind. */
export function scaleOf(element: HTMLElement): number {
  const scale = element.getBoundingClientRect().width / element.offsetWidth;
  // `offsetWidth` is rounded.
  return Number.isFinite(scale) && Math.abs(scale - 1) > 0.02 ? scale : 1;
}
