/** When somebody looks at the page for the first time: a tab that was opened behind the others joins nobody, and opens no microphone. */
export function whenSeen(page: Document): Promise<void> {
  const hidden = (): boolean =>
    page.visibilityState === 'hidden' || (page as Document & { readonly prerendering?: boolean }).prerendering === true;
  if (!hidden()) return Promise.resolve();
  return new Promise((seen) => {
    const end = new AbortController();
    const look = (): void => {
      if (hidden()) return;
      end.abort();
      seen();
    };
    for (const event of ['visibilitychange', 'prerenderingchange']) page.addEventListener(event, look, { signal: end.signal });
  });
}
