/** What a call needs to know of the page it lives in, and of the tab. */
import type { Resume } from '../../server/protocol/schemas.js';

/** Remembers the seat of this tab over a reload. */
export interface SeatMemory {
  save(serverUrl: string, room: string, seat: Resume): void;
  /** Forgets what it gives: a copy of the tab must not find it. */
  take(serverUrl: string, room: string): Resume | null;
}

export interface PageWatcher {
  /** Back online, or another interface. */
  networkChanged(): void;
  /** In the foreground again, or thawed. */
  seen(): void;
  /** Going away: for good, to be reloaded, or into the back/forward cache. */
  hidden(): void;
  /** Back from that cache, as it was. */
  restored(): void;
}

/** Tells the watcher until the signal ends. */
export type WatchPage = (watcher: PageWatcher, signal: AbortSignal) => void;
