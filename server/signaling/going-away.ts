/**
 * A page that goes away says so; Firefox has closed its WebSocket by then, and nothing but the code of the close tells
 * it from a network that broke. Engine.IO keeps that code to itself, so it is heard before Engine.IO hears it.
 */
import type { EventEmitter } from 'node:events';

/** RFC 6455: "such as a browser having navigated away from a page". */
const GOING_AWAY = 1001;

const LISTENER = Symbol('told');

type WebSocket = EventEmitter & { [LISTENER]?: () => void };

interface Connection {
  /** The WebSocket of `ws`; absent in tests of other transports. */
  readonly transport: { readonly socket?: WebSocket };
}

export function whenGoingAway({ transport: { socket } }: Connection, told: () => void): void {
  if (socket === undefined) return;
  socket[LISTENER] = told;
  socket.prependListener('close', closed);
}

/** One for all of them: a connection is held for hours, and so is every function it has of its own. */
function closed(this: WebSocket, code: number): void {
  if (code === GOING_AWAY) this[LISTENER]?.();
}
