/**
 * What a client may ask for: for each event its shape, who may send it, what it costs, and who
 * does it. A route answers through `answer`, at the moment that keeps the order of events right.
 */
import type { TSchema } from 'typebox';
import type { Identity } from '../auth/identity.js';
import type { ClientEvent, ClientToServer } from '../protocol/events.js';
import {
  Empty,
  JoinRequest,
  EarlyAnswersRequest,
  PrepareOfferRequest,
  EarlyOffersRequest,
  PrepareRequest,
  RefreshRequest,
  SignalRequest,
  UpdateRequest,
} from '../protocol/schemas.js';
import type { IceSource } from '../ice/ice-servers.js';
import type { RateKind } from '../limits.js';
import { callRoutes } from './call-routes.js';
import type { EarlyNegotiation } from './early-negotiation.js';
import type { PreviewService } from './preview-service.js';
import type { ClientConnection } from './client-connection.js';
import type { Moderation } from './moderation.js';
import { moderationRoutes } from './moderation-routes.js';
import type { PreparedOffers } from './prepared-offers.js';
import type { Phones } from './phones.js';
import { checkProtocol } from './refusal.js';
import { signalCost, type Cost, type SignalForwarder } from './signal-forwarder.js';
import type { ParticipantSession } from './participant-session.js';
import type { Membership } from './membership.js';

/** `seat`: only from inside a room; `moderate`, `host`: only from a seat that may do that, asked anew at every event. */
export type Need = 'nothing' | 'session' | 'moderate' | 'host';

export interface RouteOf<E extends ClientEvent> {
  readonly schema: TSchema;
  /** One point of a kind, or what it comes to with what is asked. */
  readonly cost: RateKind | ((request: ClientToServer[E]['request'], session: ParticipantSession | undefined) => readonly Cost[]);
  readonly needs: Need;
  readonly run: (call: DispatchedRequest<E>) => void | Promise<void>;
}

export interface DispatchedRequest<E extends ClientEvent> {
  readonly connection: ClientConnection;
  readonly request: ClientToServer[E]['request'];
  /** The seat of the connection; throws NOT_IN_ROOM without one. */
  readonly session: () => ParticipantSession;
  readonly answer: (reply: ClientToServer[E]['reply']) => void;
}

export type Route = RouteOf<ClientEvent>;

export interface RouteParts {
  readonly previewService: PreviewService;
  readonly membership: Membership;
  readonly moderation: Moderation;
  readonly forwarder: SignalForwarder;
  readonly preparedOffers: PreparedOffers;
  readonly earlyNegotiation: EarlyNegotiation;
  readonly ice: IceSource;
  readonly phones: Phones;
}

export function createRoutes(parts: RouteParts): ReadonlyMap<string, Route> {
  const { previewService, membership, moderation, forwarder, preparedOffers, earlyNegotiation, ice, phones } = parts;
  const routes: { readonly [E in ClientEvent]: RouteOf<E> } = {
    prepare: {
      schema: PrepareRequest,
      needs: 'nothing',
      cost: 'prepare',
      run: async ({ connection, request, answer }) => {
        checkProtocol(request.protocol);
        answer(await previewService.prepare(connection, request));
      },
    },
    'early-offers': {
      schema: EarlyOffersRequest,
      needs: 'nothing',
      cost: 'early-offers',
      run: async ({ connection, request, answer }) => answer(await earlyNegotiation.offers(connection, request)),
    },
    'early-answers': {
      schema: EarlyAnswersRequest,
      needs: 'nothing',
      cost: ({ answers }) => [['early-offers', 1], ...answers.flatMap(({ signal }) => signalCost(signal))],
      run: async ({ connection, request, answer }) => {
        await earlyNegotiation.answers(connection, request);
        answer({});
      },
    },
    join: {
      schema: JoinRequest,
      needs: 'nothing',
      cost: 'join',
      run: ({ connection, request, answer }) => {
        checkProtocol(request.protocol);
        return membership.join(connection, request, answer);
      },
    },
    leave: {
      schema: Empty,
      needs: 'nothing',
      cost: 'leave',
      run: async ({ connection, answer }) => {
        await membership.leave(connection);
        answer({});
      },
    },
    suspend: {
      schema: Empty,
      needs: 'session',
      cost: 'leave',
      run: ({ session, answer }) => {
        session().suspended = true;
        answer({});
      },
    },
    'refresh-token': {
      schema: RefreshRequest,
      needs: 'session',
      cost: 'join',
      run: async ({ connection, request, session, answer }) => answer(await membership.refresh(connection, session(), request)),
    },
    update: {
      schema: UpdateRequest,
      needs: 'session',
      cost: 'update',
      run: async ({ connection, request, session, answer }) => answer(await membership.update(connection, session(), request)),
    },
    signal: {
      schema: SignalRequest,
      needs: 'session',
      cost: (request, session) => forwarder.costOf(session, request),
      run: ({ request, session, answer }) => {
        forwarder.forward(session(), request);
        answer({});
      },
    },
    'prepare-offer': {
      schema: PrepareOfferRequest,
      needs: 'session',
      cost: 'prepare-offer',
      run: ({ request, session, answer }) => {
        preparedOffers.store(session(), request);
        answer({});
        return earlyNegotiation.preparedBy(session());
      },
    },
    ice: {
      schema: Empty,
      needs: 'session',
      cost: 'ice',
      run: ({ answer }) => answer(ice()),
    },
    sync: {
      schema: Empty,
      needs: 'session',
      cost: 'sync',
      run: ({ session, answer }) => membership.sync(session(), answer),
    },
    ...moderationRoutes(moderation),
    ...callRoutes(phones),
  };
  return new Map(Object.entries(routes) as unknown as [string, Route][]);
}

/** Whether a seat may use a route; told from what was proved at the door, never from what a message says. */
export function mayUse(need: Need, { role, grants }: Identity): boolean {
  return need === 'host' ? role === 'host' : need === 'moderate' ? grants.moderate : true;
}
