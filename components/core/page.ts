/** What a call needs to know of the page it lives in, and of the tab. */
import type { Resume } from '../../server/protocol/schemas.js';

/** Remembers the seat of this tab over a reload. */
export interface SeatMemory {
  save(serverUrl: string, room: string, seat: Resume): void;
  /** Forgets what it gives: a copy of the tab must not find it. */
  take(serverUrl: string, room: string): Resume | null;
}

/** Remembers that we were inside, over a reload of a page that lost its seat or has left. */
export interface ReturnMemory {
  save(pass: Kept): void;
  /** Forgets what it gives. */
  take(place: Pick<Kept, 'serverUrl' | 'room'>): Kept | null;
}

interface Kept {
  readonly serverUrl: string;
  readonly room: string;
  readonly token: string;
  /** By the clock of this machine, in milliseconds since 1970. */
  readonly expiresAt: number;
}

export interface PageWatcher {
  /** Back online, or another interface. */
  networkChanged(): void;
  /** In the foreground again, or thawed. */
  seen(): void;
  /** In the background: phones end such pages without another word. */
  unseen(): void;
  /** Going away: for good, to be reloaded, or into the back/forward cache. */
  hidden(): void;
  /** Back from that cache, as it was. */
  restored(): void;
}

/** Tells the watcher until the signal ends. */
export type WatchPage = (watcher: PageWatcher, signal: AbortSignal) => void;
