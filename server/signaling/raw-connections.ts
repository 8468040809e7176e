/**
 * The connections below the lines: from the upgrade request Engine.IO is given to what is kept of it. Knows
 * Engine.IO; knows nothing of what is said over a line.
 */
import type { IncomingMessage, Server as HttpServer } from 'node:http';
import type { Socket as TcpSocket } from 'node:net';
import type { Server } from 'socket.io';
import { newConnectionId } from '../rooms/secrets.js';
import type { AddressKey } from './addresses.js';

/** What must be known of a connection after its request is let go. */
export interface Origin {
  readonly address: AddressKey;
  readonly socket: TcpSocket;
}

const ORIGIN = Symbol('origin');

/** The part of an Engine.IO socket that is used. */
interface RawConnection {
  [ORIGIN]?: Origin;
  request: IncomingMessage | null;
  on(event: 'close', listener: (this: RawConnection) => void): unknown;
}

/** What every client of ours asks for, word for word. */
const USUAL_URL = '/socket.io/?EIO=4&transport=websocket';
const USUAL_QUERY = Object.freeze({ EIO: '4', transport: 'websocket' });

/** Engine.IO leaves a query alone that is there already: the usual one need not be taken apart. Before Engine.IO is attached. */
export function knowUsualQuery(server: HttpServer): void {
  server.on('upgrade', (request: IncomingMessage & { _query?: object }) => {
    if (request.url === USUAL_URL) request._query ??= USUAL_QUERY;
  });
}

/** The answer to the upgrade and Engine.IO's first packet go out in one write: held here, let go when both are written. */
export function holdFirstPacket(socket: TcpSocket): void {
  socket.cork();
}

/** The upgrade request weighs more than all else a line holds; what is needed of it is read, then it goes. */
export function letGoOfRequests(
  { engine }: Pick<Server, 'engine'>,
  addressOf: (request: IncomingMessage) => AddressKey,
  lingerMs: number,
): void {
  engine.generateId = newConnectionId;
  // One for all of them: a function of its own would be held as long as the line.
  const linger = function (this: RawConnection): void {
    const socket = this[ORIGIN]?.socket;
    if (socket?.destroyed === false) setTimeout(() => socket.destroy(), lingerMs).unref();
  };
  engine.on('connection', (raw: RawConnection) => {
    if (raw.request === null) return;
    const { socket } = raw.request;
    socket.uncork();
    raw[ORIGIN] = { address: addressOf(raw.request), socket };
    raw.request = null;
    raw.on('close', linger);
  });
}

/**
 * Socket.IO makes several sockets on one connection where a client asks for them fast enough. Each would count as a line, and
 * none at the gate: the second one ends them all.
 */
export function oneSocketEach(io: Pick<Server, 'use'>): void {
  const taken = new WeakSet<object>();
  io.use((socket, next) => {
    const { conn } = socket;
    if (taken.has(conn)) {
      conn.close();
      return;
    }
    taken.add(conn);
    next();
  });
}

export function originOf(connection: object): Origin | undefined {
  return (connection as RawConnection)[ORIGIN];
}
