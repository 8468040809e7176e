/**
 * Tells what happens to the page and its network: another interface, seen again, going away, back from the
 * cache. Chromium tells of a changed interface, other browsers only of being back online; what is not
 * told is found by the links themselves.
 */
import type { PageWatcher } from './core/page.js';

export function watchPage(watcher: PageWatcher, signal: AbortSignal): void {
  addEventListener('online', () => watcher.networkChanged(), { signal });
  const connection = (navigator as { readonly connection?: EventTarget }).connection;
  connection?.addEventListener('change', () => watcher.networkChanged(), { signal });
  document.addEventListener('resume', () => watcher.seen(), { signal });
  document.addEventListener(
    'visibilitychange',
    () => {
      if (document.visibilityState === 'visible') watcher.seen();
      else watcher.unseen();
    },
    { signal },
  );
  // Not `beforeunload`: that one can be cancelled, and keeps pages out of the cache.
  addEventListener('pagehide', () => watcher.hidden(), { signal });
  addEventListener(
    'pageshow',
    ({ persisted }) => {
      if (persisted) watcher.restored();
    },
    { signal },
  );
}
