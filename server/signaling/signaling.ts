/**
 * Puts the signaling together and onto an HTTP server: Socket.IO over WebSocket only, the gate
 * before it, one shell behind it. Listens to nothing by itself and reads no environment.
 */
import type { Server as HttpServer } from 'node:http';
import { Server, type DefaultEventsMap } from 'socket.io';
import { Compile } from 'typebox/compile';
import { MAX_FRAME_BYTES, PROTOCOL_VERSION } from '../protocol/limits.js';
import { HandshakeAuth } from '../protocol/schemas.js';
import type { ServerListeners } from '../protocol/events.js';
import { Passes } from '../calls/passes.js';
import type { IceSource } from '../ice/ice-servers.js';
import type { Limits } from '../limits.js';
import type { Log } from '../log.js';
import { NO_OBSERVER, type Counts, type Observer } from '../observer.js';
import type { RoomStore } from '../rooms/room-store.js';
import type { Timings } from '../timings.js';
import { createAddressReader, type AddressSettings } from './addresses.js';
import { channelOf, moderatorsOf, type Announce } from './channels.js';
import type { CandidateRules } from './candidates.js';
import { knowUsualQuery, letGoOfRequests, originOf } from './connections.js';
import type { Tell } from '../webhooks/events.js';
import { Doorstep } from './doorstep.js';
import { Doorkeeper, type DoorkeeperParts } from './doorkeeper.js';
import { Entrance } from './entrance.js';
import { Gate } from './gate.js';
import { whenGoingAway } from './going-away.js';
import { Line, type LineSocket } from './line.js';
import type { TellModerators } from './lobby.js';
import { Moderation } from './moderation.js';
import type { OriginSettings } from './origins.js';
import { Parking } from './parking.js';
import { Phones } from './phones.js';
import type { PostParts } from './posts.js';
import { Rates } from './rates.js';
import { wireError } from './refusal.js';
import { Relay } from './relay.js';
import { createRoutes } from './routes.js';
import { Seating } from './seating.js';
import { Shell } from './shell.js';
import { watchQueue, type QueuedConnection } from './slow-consumer.js';

export interface SignalingOptions {
  readonly server: HttpServer;
  readonly store: RoomStore;
  readonly ice: IceSource;
  readonly origins: OriginSettings;
  readonly addresses: AddressSettings;
  readonly candidates: CandidateRules;
  readonly maxParticipants: number;
  readonly auth: DoorkeeperParts;
  /** For those outside who keep a record. */
  readonly tell?: Tell;
  readonly sessionKey?: Uint8Array;
  /** Named addresses need no token: on a developer's machine. */
  readonly openNames: boolean;
  readonly timings: Timings;
  readonly limits: Limits;
  readonly log: Log;
  readonly observer?: Observer;
}

export interface Signaling {
  /** How much there is right now. */
  counts(): Counts;
  /** For the host site, which may do to rooms what hosts may. */
  readonly moderation: Moderation;
  /** For those who join by plain HTTP. */
  readonly posts: PostParts;
  /** Says goodbye to everybody and closes the lines. The HTTP server stays. */
  close(): Promise<void>;
}

type Io = Server<DefaultEventsMap, ServerListeners>;

const handshake = Compile(HandshakeAuth);
const NOTHING = Object.freeze({});

export function createSignaling(options: SignalingOptions): Signaling {
  const { timings, limits, log, observer = NO_OBSERVER } = options;
  const addressOf = createAddressReader(options.addresses);
  const gate = new Gate({ origins: options.origins, limits, addressOf, log, observer });
  const io: Io = new Server({
    transports: ['websocket'],
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: MAX_FRAME_BYTES,
    pingInterval: timings.pingIntervalMs,
    pingTimeout: timings.pingTimeoutMs,
    connectTimeout: timings.connectTimeoutMs,
    allowRequest: gate.allowRequest,
  });
  knowUsualQuery(options.server);
  io.attach(options.server);
  letGoOfRequests(io, addressOf, timings.lingerMs);

  const rates = new Rates(limits);
  const announce: Announce = (room, event, payload, except) => {
    const channel = io.to(channelOf(room));
    const target = except === undefined ? channel : channel.except(except.id);
    (target.emit as (event: string, payload: unknown) => void).call(target, event, payload);
  };
  const tellModerators: TellModerators = (room, event, payload) => {
    const channel = io.to(moderatorsOf(room));
    (channel.emit as (event: string, payload: unknown) => void).call(channel, event, payload);
  };
  const { bans } = options.auth;
  const passes = new Passes({ ...timings, ...(options.sessionKey === undefined ? {} : { key: options.sessionKey }) });
  const doorkeeper = new Doorkeeper(options.auth, passes);
  const parking = new Parking(options.candidates, timings.parkedMs);
  const entrance = new Entrance({ ...options, doorkeeper });
  const { doors } = entrance;
  const seating = new Seating({ ...options, doors, parking, rates, announce, tellModerators, doorkeeper, bans });
  const moderation = new Moderation({ seating, store: options.store, bans, timings });
  const isFull = async (room: string): Promise<boolean> => (await options.store.count(room)) >= options.maxParticipants;
  const phones = new Phones({ ...options, passes, doorkeeper, rates, isFull });
  const relay = new Relay(seating.seats, options.candidates);
  const doorstep = new Doorstep({
    ...options,
    seats: seating.seats,
    doors,
    doorkeeper,
    parking,
    relay,
    ...timings,
  });
  const shell = new Shell({
    routes: createRoutes({ entrance, seating, moderation, relay, parking, doorstep, ice: options.ice, phones }),
    rates,
    limits,
    handlerDeadlineMs: timings.handlerDeadlineMs,
    expel: (line) => seating.expel(line),
    log,
    observer,
  });
  const lines = new Set<Line>();

  io.use((socket, next) => {
    const error = handshakeError(socket.handshake.auth);
    if (error === undefined) next();
    else next(Object.assign(new Error(error.message), { data: error }));
  });

  io.on('connection', (socket: LineSocket) => {
    const origin = originOf(socket.conn);
    const line = new Line({ socket, address: origin?.address, strikeWindowMs: timings.strikeWindowMs });
    lines.add(line);
    line.expectSeatWithin(timings.joinDeadlineMs);
    watchQueue(socket.conn as unknown as QueuedConnection, limits, () => {
      log.warn(
        { event: 'slow-consumer', code: 'SLOW_CONSUMER', participantId: line.seat?.participantId },
        'a line was cut because its client does not read',
      );
      // A goodbye would only join the queue.
      origin?.socket.destroy();
    });
    whenGoingAway(socket.conn as unknown as Parameters<typeof whenGoingAway>[0], () => {
      if (line.seat) line.seat.suspended = true;
      phones.exchange.away(line);
    });
    socket.on('disconnect', (reason) => {
      lines.delete(line);
      // Closed with a word is left; everything else may come back.
      const meant = reason === 'client namespace disconnect';
      seating.lose(line, meant);
      phones.exchange.lose(line, meant);
    });
    shell.listen(line);
    const auth = socket.handshake.auth as HandshakeAuth;
    if (auth.join !== undefined)
      shell.run(line, 'join', auth.join, (answer) => line.send('join-result', answer as ServerAnswer<'join-result'>));
    else if (auth.prepare !== undefined)
      shell.run(line, 'prepare', auth.prepare, (answer) => line.send('door', answer as ServerAnswer<'door'>));
    // The request of a join holds a name and a token; nothing needs them any more.
    socket.handshake.auth = NOTHING;
  });

  return {
    counts: () => ({
      rooms: new Set(Array.from(seating.seats.values(), ({ room }) => room)).size,
      participants: seating.seats.size,
      connections: lines.size,
    }),
    moderation,
    posts: {
      gate,
      shell,
      seating,
      addressOf,
      strikeWindowMs: timings.strikeWindowMs,
      limits,
    },
    close: async () => {
      gate.close();
      seating.close();
      doors.close();
      phones.close();
      rates.close();
      for (const line of lines) line.close({ code: 'SERVER_DRAINING', reason: 'server-shutdown' });
      io.disconnectSockets(true);
      io.engine.close();
      await options.store.close();
    },
  };
}

type ServerAnswer<E extends 'door' | 'join-result'> = Parameters<ServerListeners[E]>[0];

function handshakeError(auth: unknown) {
  const version = (auth as { readonly protocol?: unknown } | undefined)?.protocol;
  if (version !== PROTOCOL_VERSION) return wireError('PROTOCOL_UNSUPPORTED', { min: PROTOCOL_VERSION, max: PROTOCOL_VERSION });
  return handshake.Check(auth) ? undefined : wireError('BAD_PAYLOAD');
}
