/**
 * Tells when the machine's network changed: back online, or another interface. Chromium tells of both, other
 * browsers of the first only; what is not told is found by the links themselves.
 */
export function watchNetwork(changed: () => void, signal: AbortSignal): void {
  addEventListener('online', changed, { signal });
  const connection = (navigator as { readonly connection?: EventTarget }).connection;
  connection?.addEventListener('change', changed, { signal });
}
