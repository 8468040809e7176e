/** How the lines of a room are addressed together. Knows names only. */
import type { ServerEvent, ServerToClient } from '../protocol/events.js';
import type { ClientConnection } from './client-connection.js';

/** Tells everybody in a room but one line. */
export type Announce = <E extends ServerEvent>(
  room: string,
  event: E,
  payload: ServerToClient[E],
  except?: ClientConnection,
) => void;

/** The Socket.IO channel of a room's lines; prefixed, so that no room can be named like a socket. */
export function channelOf(room: string): string {
  return `room:${room}`;
}

/** Of those lines, the ones whose seats may moderate. */
export function moderatorsOf(room: string): string {
  return `moderators:${room}`;
}
