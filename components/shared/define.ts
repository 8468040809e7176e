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
