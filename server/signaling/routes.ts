/**
 * What a client may ask for: for each event its shape, who may send it, what it costs, and who
 * does it. A route answers through `answer`, at the moment that keeps the order of events right.
 */
import type { TSchema } from 'typebox';
import type { ClientEvent, ClientToServer } from '../protocol/events.js';
import { PROTOCOL_VERSION } from '../protocol/limits.js';
import { Empty, JoinRequest, PrepareRequest, SignalRequest, UpdateRequest } from '../protocol/schemas.js';
import type { IceSource } from '../ice/ice-servers.js';
import type { RateKind } from '../limits.js';
import type { Line } from './line.js';
import { Refusal } from './refusal.js';
import type { Relay } from './relay.js';
import type { Seat } from './seat.js';
import type { Seating } from './seating.js';

export type Cost = readonly [kind: RateKind, points: number];

interface RouteOf<E extends ClientEvent> {
  readonly schema: TSchema;
  readonly cost: (request: ClientToServer[E]['request']) => readonly Cost[];
  /** `seat`: only from inside a room, and the handler gets the seat. */
  readonly needs: 'nothing' | 'seat';
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
  readonly seating: Seating;
  readonly relay: Relay;
  readonly ice: IceSource;
}

export function createRoutes({ seating, relay, ice }: RouteParts): ReadonlyMap<string, Route> {
  const routes: { readonly [E in ClientEvent]: RouteOf<E> } = {
    prepare: {
      schema: PrepareRequest,
      needs: 'nothing',
      cost: () => [['prepare', 1]],
      run: async ({ line, request, answer }) => {
        checkProtocol(request.protocol);
        answer(await seating.prepare(line, request.room));
      },
    },
    join: {
      schema: JoinRequest,
      needs: 'nothing',
      cost: () => [['join', 1]],
      run: ({ line, request, answer }) => {
        checkProtocol(request.protocol);
        return seating.join(line, request, answer);
      },
    },
    leave: {
      schema: Empty,
      needs: 'nothing',
      cost: () => [['leave', 1]],
      run: async ({ line, answer }) => {
        await seating.leave(line);
        answer({});
      },
    },
    update: {
      schema: UpdateRequest,
      needs: 'seat',
      cost: () => [['update', 1]],
      run: async ({ line, request, seat, answer }) => answer(await seating.update(line, seat(), request)),
    },
    signal: {
      schema: SignalRequest,
      needs: 'seat',
      cost: ({ signal: { candidates, description, restart } }) => [
        ...(description !== undefined || restart !== undefined ? [['description', 1] as const] : []),
        ...(candidates === undefined ? [] : [['candidates', candidates.length] as const]),
      ],
      run: ({ request, seat, answer }) => {
        relay.pass(seat(), request);
        answer({});
      },
    },
    ice: {
      schema: Empty,
      needs: 'seat',
      cost: () => [['ice', 1]],
      run: ({ answer }) => answer(ice()),
    },
    sync: {
      schema: Empty,
      needs: 'seat',
      cost: () => [['sync', 1]],
      run: ({ seat, answer }) => seating.sync(seat(), answer),
    },
  };
  return new Map(Object.entries(routes) as unknown as [string, Route][]);
}

export function checkProtocol(version: number): void {
  if (version !== PROTOCOL_VERSION) throw new Refusal('PROTOCOL_UNSUPPORTED', { min: PROTOCOL_VERSION, max: PROTOCOL_VERSION });
}
