/** Whom to talk to when the page does not say: the server this script came from. */

/** Pure, for the tests. Bundlers put other things than http(s) into `import.meta.url`. */
export function serverUrlFrom(moduleUrl: string, pageOrigin: string): string {
  try {
    const { protocol, origin } = new URL(moduleUrl);
    if (protocol === 'http:' || protocol === 'https:') return origin;
  } catch {
    // Not an absolute URL.
  }
  return pageOrigin;
}

export function defaultServerUrl(): string {
  return serverUrlFrom(import.meta.url, typeof location === 'undefined' ? '' : location.origin);
}
