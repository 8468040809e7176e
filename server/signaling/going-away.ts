/**
 * A page that goes away says so; Firefox has closed its WebSocket by then, and nothing but the code of the close tells
 * it from a network that broke. Engine.IO keeps that code to itself, so it is heard before Engine.IO hears it.
 */
import type { EventEmitter } from 'node:events';

/** RFC 6455: "such as a browser having navigated away from a page". */
const GOING_AWAY = 1001;

interface Connection {
  /** The WebSocket of `ws`; absent in tests of other transports. */
  readonly transport: { readonly socket?: EventEmitter };
}

export function whenGoingAway(connection: Connection, told: () => void): void {
  connection.transport.socket?.prependOnceListener('close', (code: number) => {
    if (code === GOING_AWAY) told();
  });
}
