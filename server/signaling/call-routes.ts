/** What a telephone may ask for, in the same table as everything else (`routes.ts`). */
import {
  AnswerRequest,
  CancelRequest,
  PresenceRequest,
  RegisterRequest,
  RingRequest,
  type CallRequests,
} from '../protocol/calls.js';
import { Empty } from '../protocol/schemas.js';
import type { Phones } from './phones.js';
import { checkProtocol } from './refusal.js';
import type { RouteOf } from './routes.js';

/** They need no seat: what they may do follows from the address, the ring or the token they bring. */
export function callRoutes(phones: Phones): { readonly [E in keyof CallRequests]: RouteOf<E> } {
  const { exchange } = phones;
  return {
    register: {
      schema: RegisterRequest,
      needs: 'nothing',
      cost: 'register',
      run: async ({ connection, request, answer }) => {
        checkProtocol(request.protocol);
        answer(await phones.register(connection, request));
      },
    },
    unregister: {
      schema: Empty,
      needs: 'nothing',
      cost: 'leave',
      run: ({ connection, answer }) => {
        exchange.unregister(connection);
        answer({});
      },
    },
    'phone-away': {
      schema: Empty,
      needs: 'nothing',
      cost: 'leave',
      run: ({ connection, answer }) => {
        exchange.away(connection);
        answer({});
      },
    },
    ring: {
      schema: RingRequest,
      needs: 'nothing',
      cost: 'ring',
      run: async ({ connection, request, answer }) => {
        checkProtocol(request.protocol);
        answer(await phones.ring(connection, request));
      },
    },
    'cancel-ring': {
      schema: CancelRequest,
      needs: 'nothing',
      cost: 'answer',
      run: ({ connection, request, answer }) => {
        exchange.cancel(connection, request.id);
        answer({});
      },
    },
    answer: {
      schema: AnswerRequest,
      needs: 'nothing',
      cost: 'answer',
      run: async ({ connection, request, answer }) => answer(await phones.answer(connection, request)),
    },
    presence: {
      schema: PresenceRequest,
      needs: 'nothing',
      cost: ({ addresses }) => [['presence', addresses.length]],
      run: async ({ connection, request, answer }) => {
        checkProtocol(request.protocol);
        answer({ presence: [...(await phones.presence(connection, request))] });
      },
    },
  };
}
