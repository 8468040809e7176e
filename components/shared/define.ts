/** Registers a tag unless it is taken: pages do include a script twice. */
export function define(tag: string, element: CustomElementConstructor): void {
  if (typeof customElements === 'undefined') return;
  const taken = customElements.get(tag);
  if (!taken) customElements.define(tag, element);
  else if (taken !== element) {
    // eslint-disable-next-line no-console -- the page's author is the only one who can know and mend it
    console.warn(`webrtc-elements: <${tag}> is defined already, by another copy or another library; that one is used.`);
  }
}

const later = new Map<string, () => Promise<unknown>>();

/** Registers a tag when it is needed: a page that has it already, or one of ours that is about to show it. */
export function defineLater(tag: string, load: () => Promise<unknown>): void {
  later.set(tag, load);
  if (typeof document === 'undefined') return;
  const look = (): void => {
    if (document.querySelector(tag)) bring(tag);
  };
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', look, { once: true });
  else look();
}

/** Asked for again when it failed. */
export function bring(...tags: readonly string[]): void {
  for (const tag of tags)
    if (!customElements.get(tag))
      later
        .get(tag)?.()
        .catch(() => undefined);
}
