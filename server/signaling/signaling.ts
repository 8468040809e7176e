/**
 * Puts the signaling together and onto an HTTP server: Socket.IO over WebSocket only, the gate
 * before it, one dispatcher behind it. Listens to nothing by itself and reads no environment.
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
import { misfitWords } from '../misfit.js';
import { NO_OBSERVER, type Counts, type Observer } from '../observer.js';
import type { RoomStore } from '../rooms/room-store.js';
import type { Timings } from '../timings.js';
import { createAddressReader, createForwardingReader, type AddressSettings } from './addresses.js';
import { channelOf, moderatorsOf, type Announce } from './channels.js';
import type { CandidateRules } from './candidates.js';
import { knowUsualQuery, letGoOfRequests, originOf } from './raw-connections.js';
import type { Tell } from '../webhooks/events.js';
import { EarlyNegotiation } from './early-negotiation.js';
import { Authorizer, type AuthorizerParts } from './authorizer.js';
import { PreviewService } from './preview-service.js';
import { Gate } from './gate.js';
import { whenGoingAway } from './going-away.js';
import { ClientConnection, type ClientSocket } from './client-connection.js';
import type { TellModerators } from './lobby.js';
import { Moderation } from './moderation.js';
import { OperatorHints } from './operator-hints.js';
import type { OriginSettings } from './origins.js';
import { PreparedOffers } from './prepared-offers.js';
import { Phones } from './phones.js';
import type { HttpSignalingParts } from './http-signaling.js';
import { Rates } from './rates.js';
import { wireError } from './refusal.js';
import { SignalForwarder } from './signal-forwarder.js';
import { createRoutes } from './routes.js';
import { Membership } from './membership.js';
import { Dispatcher } from './dispatcher.js';
import { watchQueue, type QueuedConnection } from './slow-consumer.js';

export interface SignalingOptions {
  readonly server: HttpServer;
  readonly store: RoomStore;
  readonly ice: IceSource;
  readonly origins: OriginSettings;
  readonly addresses: AddressSettings;
  readonly candidates: CandidateRules;
  readonly maxParticipants: number;
  readonly auth: AuthorizerParts;
  /** For those outside who keep a record. */
  readonly tell?: Tell;
  readonly sessionKey?: Uint8Array;
  /** Named addresses need no token: on a developer's machine. */
  readonly openNames: boolean;
  /** Refusals say what exactly does not fit: on a developer's machine. */
  readonly explains: boolean;
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
  /** What the operator should hear once. */
  readonly hints: OperatorHints;
  /** For those who join by plain HTTP. */
  readonly httpSignaling: HttpSignalingParts;
  /** Says goodbye to everybody and closes the connections. The HTTP server stays. */
  close(): Promise<void>;
}

type Io = Server<DefaultEventsMap, ServerListeners>;

const handshake = Compile(HandshakeAuth);
const NOTHING = Object.freeze({});

export function createSignaling(options: SignalingOptions): Signaling {
  const { timings, limits, log, explains, observer = NO_OBSERVER } = options;
  const addressOf = createAddressReader(options.addresses);
  const forwarding = createForwardingReader(options.addresses.trustProxy);
  const hints = new OperatorHints(log, forwarding);
  const gate = new Gate({ origins: options.origins, limits, addressOf, log, observer, hints });
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
  const authorizer = new Authorizer({ ...options.auth, log, explains }, passes);
  const preparedOffers = new PreparedOffers(options.candidates, timings.preparedOfferMs);
  const previewService = new PreviewService({ ...options, authorizer });
  const { subscribers: previewSubscribers } = previewService;
  const membership = new Membership({
    ...options,
    previewSubscribers,
    preparedOffers,
    rates,
    announce,
    tellModerators,
    authorizer,
    bans,
  });
  const moderation = new Moderation({ membership, store: options.store, bans, timings });
  const isFull = async (room: string): Promise<boolean> => (await options.store.count(room)) >= options.maxParticipants;
  const phones = new Phones({ ...options, passes, authorizer, rates, isFull });
  const forwarder = new SignalForwarder(membership.sessions, options.candidates);
  const earlyNegotiation = new EarlyNegotiation({
    ...options,
    sessions: membership.sessions,
    previewSubscribers,
    authorizer,
    preparedOffers,
    forwarder,
    ...timings,
  });
  const dispatcher = new Dispatcher({
    routes: createRoutes({
      previewService,
      membership,
      moderation,
      forwarder,
      preparedOffers,
      earlyNegotiation,
      ice: options.ice,
      phones,
    }),
    rates,
    limits,
    handlerDeadlineMs: timings.handlerDeadlineMs,
    expel: (connection) => membership.expel(connection),
    hints,
    explains,
    log,
    observer,
  });
  const connections = new Set<ClientConnection>();

  io.use((socket, next) => {
    const error = handshakeError(socket.handshake.auth, explains);
    if (error === undefined) next();
    else next(Object.assign(new Error(error.message), { data: error }));
  });

  io.on('connection', (socket: ClientSocket) => {
    const origin = originOf(socket.conn);
    const connection = new ClientConnection({ socket, address: origin?.address, strikeWindowMs: timings.strikeWindowMs });
    connections.add(connection);
    connection.expectJoinWithin(timings.joinDeadlineMs);
    watchQueue(socket.conn as unknown as QueuedConnection, limits, () => {
      log.warn(
        { event: 'slow-consumer', code: 'SLOW_CONSUMER', participantId: connection.session?.participantId },
        'a connection was cut because its client does not read',
      );
      // A goodbye would only join the queue.
      origin?.socket.destroy();
    });
    whenGoingAway(socket.conn as unknown as Parameters<typeof whenGoingAway>[0], () => {
      if (connection.session) connection.session.suspended = true;
      phones.exchange.away(connection);
    });
    socket.on('disconnect', (reason) => {
      connections.delete(connection);
      // Closed with a word is left; everything else may come back.
      const meant = reason === 'client namespace disconnect';
      membership.lose(connection, meant);
      phones.exchange.lose(connection, meant);
    });
    dispatcher.listen(connection);
    const auth = socket.handshake.auth as HandshakeAuth;
    if (auth.join !== undefined)
      dispatcher.run(connection, 'join', auth.join, (answer) =>
        connection.send('join-result', answer as ServerAnswer<'join-result'>),
      );
    else if (auth.prepare !== undefined)
      dispatcher.run(connection, 'prepare', auth.prepare, (answer) =>
        connection.send('room-preview', answer as ServerAnswer<'room-preview'>),
      );
    // The request of a join holds a name and a token; nothing needs them any more.
    socket.handshake.auth = NOTHING;
  });

  return {
    counts: () => ({
      rooms: new Set(Array.from(membership.sessions.values(), ({ room }) => room)).size,
      participants: membership.sessions.size,
      connections: connections.size,
    }),
    moderation,
    hints,
    httpSignaling: {
      gate,
      dispatcher,
      membership,
      addressOf,
      forwarding,
      strikeWindowMs: timings.strikeWindowMs,
      limits,
    },
    close: async () => {
      gate.close();
      membership.close();
      previewSubscribers.close();
      phones.close();
      rates.close();
      for (const connection of connections) connection.close({ code: 'SERVER_DRAINING', reason: 'server-shutdown' });
      io.disconnectSockets(true);
      io.engine.close();
      await options.store.close();
    },
  };
}

type ServerAnswer<E extends 'room-preview' | 'join-result'> = Parameters<ServerListeners[E]>[0];

function handshakeError(auth: unknown, explains: boolean) {
  const version = (auth as { readonly protocol?: unknown } | undefined)?.protocol;
  if (version !== PROTOCOL_VERSION) return wireError('PROTOCOL_UNSUPPORTED', { min: PROTOCOL_VERSION, max: PROTOCOL_VERSION });
  if (handshake.Check(auth)) return undefined;
  return wireError('BAD_PAYLOAD', explains ? { because: misfitWords(handshake.Errors(auth), 'It') } : {});
}
