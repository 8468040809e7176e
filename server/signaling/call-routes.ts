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
      run: async ({ line, request, answer }) => {
        checkProtocol(request.protocol);
        answer(await phones.register(line, request));
      },
    },
    unregister: {
      schema: Empty,
      needs: 'nothing',
      cost: 'leave',
      run: ({ line, answer }) => {
        exchange.unregister(line);
        answer({});
      },
    },
    'phone-away': {
      schema: Empty,
      needs: 'nothing',
      cost: 'leave',
      run: ({ line, answer }) => {
        exchange.away(line);
        answer({});
      },
    },
    ring: {
      schema: RingRequest,
      needs: 'nothing',
      cost: 'ring',
      run: async ({ line, request, answer }) => {
        checkProtocol(request.protocol);
        answer(await phones.ring(line, request));
      },
    },
    'cancel-ring': {
      schema: CancelRequest,
      needs: 'nothing',
      cost: 'answer',
      run: ({ line, request, answer }) => {
        exchange.cancel(line, request.id);
        answer({});
      },
    },
    answer: {
      schema: AnswerRequest,
      needs: 'nothing',
      cost: 'answer',
      run: async ({ line, request, answer }) => answer(await phones.answer(line, request)),
    },
    presence: {
      schema: PresenceRequest,
      needs: 'nothing',
      cost: ({ addresses }) => [['presence', addresses.length]],
      run: async ({ line, request, answer }) => {
        checkProtocol(request.protocol);
        answer({ presence: [...(await phones.presence(line, request))] });
      },
    },
  };
}
