/**
 * Keeps the seat of this tab over a reload, in the tab's own storage. Written only when the page goes away and
 * taken out when it is back: a duplicated tab copies the storage, and must not find the seat of the living one.
 */
import type { ReturnMemory, SeatMemory } from '../core/page.js';
import type { Resume } from '../../server/protocol/schemas.js';
import { toJson } from '../core/json.js';

const keyOf = (serverUrl: string, room: string): string => `webrtc-elements.seat ${serverUrl} ${room}`;

export const tabSeats = (usefulMs: number): SeatMemory => ({
  save(serverUrl, room, seat) {
    try {
      sessionStorage.setItem(keyOf(serverUrl, room), toJson({ ...seat, savedAt: Date.now() }));
    } catch {
      // No storage for embedded pages: a reload takes a new seat.
    }
  },
  take(serverUrl, room) {
    try {
      const key = keyOf(serverUrl, room);
      const text = sessionStorage.getItem(key);
      sessionStorage.removeItem(key);
      const { participantId, token, savedAt } = JSON.parse(text ?? '{}') as Partial<Resume> & { readonly savedAt?: number };
      const fresh = savedAt !== undefined && Date.now() - savedAt < usefulMs;
      return fresh && participantId && token ? { participantId, token } : null;
    } catch {
      return null;
    }
  },
});

const passKeyOf = (serverUrl: string, room: string): string => `webrtc-elements.return ${serverUrl} ${room}`;

/** The same for the return token. */
export const tabReturns: ReturnMemory = {
  save(pass) {
    try {
      sessionStorage.setItem(passKeyOf(pass.serverUrl, pass.room), JSON.stringify(pass));
    } catch {
      // As above: who reloads needs another token of the site.
    }
  },
  take({ serverUrl, room }) {
    try {
      const key = passKeyOf(serverUrl, room);
      const text = sessionStorage.getItem(key);
      sessionStorage.removeItem(key);
      const { token, expiresAt } = JSON.parse(text ?? '{}') as { readonly token?: string; readonly expiresAt?: number };
      return token && expiresAt ? { serverUrl, room, token, expiresAt } : null;
    } catch {
      return null;
    }
  },
};
