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
  MeetRequest,
  ParkRequest,
  PeekRequest,
  PrepareRequest,
  SignalRequest,
  UpdateRequest,
  type Signal,
} from '../protocol/schemas.js';
import type { IceSource } from '../ice/ice-servers.js';
import type { RateKind } from '../limits.js';
import { callRoutes } from './call-routes.js';
import type { Doorstep } from './doorstep.js';
import type { Entrance } from './entrance.js';
import type { Line } from './line.js';
import type { Moderation } from './moderation.js';
import { moderationRoutes } from './moderation-routes.js';
import type { Parking } from './parking.js';
import type { Phones } from './phones.js';
import { checkProtocol } from './refusal.js';
import type { Relay } from './relay.js';
import type { Seat } from './seat.js';
import type { Seating } from './seating.js';

export type Cost = readonly [kind: RateKind, points: number];

/** `seat`: only from inside a room; `moderate`, `host`: only from a seat that may do that, asked anew at every event. */
export type Need = 'nothing' | 'seat' | 'moderate' | 'host';

export interface RouteOf<E extends ClientEvent> {
  readonly schema: TSchema;
  /** One point of a kind, or what it comes to with what is asked. */
  readonly cost: RateKind | ((request: ClientToServer[E]['request']) => readonly Cost[]);
  readonly needs: Need;
  readonly run: (call: Call<E>) => void | Promise<void>;
}

export interface Call<E extends ClientEvent> {
  readonly line: Line;
  readonly request: ClientToServer[E]['request'];
  /** The seat of the line; throws NOT_IN_ROOM without one. */
  readonly seat: () => Seat;
  readonly answer: (reply: ClientToServer[E]['reply']) => void;
}

export type Route = RouteOf<ClientEvent>;

export interface RouteParts {
  readonly entrance: Entrance;
  readonly seating: Seating;
  readonly moderation: Moderation;
  readonly relay: Relay;
  readonly parking: Parking;
  readonly doorstep: Doorstep;
  readonly ice: IceSource;
  readonly phones: Phones;
}

export function createRoutes(parts: RouteParts): ReadonlyMap<string, Route> {
  const { entrance, seating, moderation, relay, parking, doorstep, ice, phones } = parts;
  const routes: { readonly [E in ClientEvent]: RouteOf<E> } = {
    prepare: {
      schema: PrepareRequest,
      needs: 'nothing',
      cost: 'prepare',
      run: async ({ line, request, answer }) => {
        checkProtocol(request.protocol);
        answer(await entrance.prepare(line, request));
      },
    },
    peek: {
      schema: PeekRequest,
      needs: 'nothing',
      cost: 'peek',
      run: async ({ line, request, answer }) => answer(await doorstep.peek(line, request)),
    },
    meet: {
      schema: MeetRequest,
      needs: 'nothing',
      cost: ({ answers }) => [['peek', 1], ...answers.flatMap(({ signal }) => signalCost(signal))],
      run: async ({ line, request, answer }) => {
        await doorstep.meet(line, request);
        answer({});
      },
    },
    join: {
      schema: JoinRequest,
      needs: 'nothing',
      cost: 'join',
      run: ({ line, request, answer }) => {
        checkProtocol(request.protocol);
        return seating.join(line, request, answer);
      },
    },
    leave: {
      schema: Empty,
      needs: 'nothing',
      cost: 'leave',
      run: async ({ line, answer }) => {
        await seating.leave(line);
        answer({});
      },
    },
    suspend: {
      schema: Empty,
      needs: 'seat',
      cost: 'leave',
      run: ({ seat, answer }) => {
        seat().suspended = true;
        answer({});
      },
    },
    update: {
      schema: UpdateRequest,
      needs: 'seat',
      cost: 'update',
      run: async ({ line, request, seat, answer }) => answer(await seating.update(line, seat(), request)),
    },
    signal: {
      schema: SignalRequest,
      needs: 'seat',
      cost: ({ signal }) => signalCost(signal),
      run: ({ request, seat, answer }) => {
        relay.pass(seat(), request);
        answer({});
      },
    },
    park: {
      schema: ParkRequest,
      needs: 'seat',
      cost: 'park',
      run: ({ request, seat, answer }) => {
        parking.park(seat(), request);
        answer({});
        return doorstep.parkedBy(seat());
      },
    },
    ice: {
      schema: Empty,
      needs: 'seat',
      cost: 'ice',
      run: ({ answer }) => answer(ice()),
    },
    sync: {
      schema: Empty,
      needs: 'seat',
      cost: 'sync',
      run: ({ seat, answer }) => seating.sync(seat(), answer),
    },
    ...moderationRoutes(moderation),
    ...callRoutes(phones),
  };
  return new Map(Object.entries(routes) as unknown as [string, Route][]);
}

function signalCost({ candidates, description, restart, wants }: Signal): readonly Cost[] {
  const cost: Cost[] = [];
  if (description !== undefined || restart !== undefined) cost.push(['description', 1]);
  if (wants !== undefined) cost.push(['wants', 1]);
  if (candidates !== undefined) cost.push(['candidates', candidates.length]);
  return cost;
}

/** Whether a seat may use a route; told from what was proved at the door, never from what a message says. */
export function mayUse(need: Need, { role, grants }: Identity): boolean {
  return need === 'host' ? role === 'host' : need === 'moderate' ? grants.moderate : true;
}
