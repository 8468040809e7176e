/**
 * A page that the browser draws ahead, before anybody opened it (speculation rules, the address bar), says nothing to anybody:
 * whoever is in the room would see a guest who may never come.
 */
export function activated(): Promise<void> {
  const page = typeof document === 'undefined' ? null : (document as Document & { readonly prerendering?: boolean });
  if (!page?.prerendering) return Promise.resolve();
  return new Promise((done) => page.addEventListener('prerenderingchange', () => done(), { once: true }));
}
