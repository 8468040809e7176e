/** What those who keep order may ask for, in the same table as everything else (`routes.ts`). */
import {
  KickRequest,
  LockRequest,
  LowerHandRequest,
  MuteRequest,
  WaitingRequest,
  WaitingRoomRequest,
} from '../protocol/rights.js';
import { Empty } from '../protocol/schemas.js';
import type { Moderation } from './moderation.js';
import type { RouteOf } from './routes.js';

type ModeratorEvent = 'mute-participants' | 'kick' | 'lower-hand' | 'lock' | 'waiting-room' | 'admit' | 'reject' | 'end';

/** One request that names everybody costs as much as this many that name one. */
const MODERATION_COST = 5;

export function moderationRoutes(moderation: Moderation): { readonly [E in ModeratorEvent]: RouteOf<E> } {
  return {
    'mute-participants': {
      schema: MuteRequest,
      needs: 'moderate',
      cost: ({ ids }) => [['moderation', Math.min(ids.length, MODERATION_COST)]],
      run: ({ request, session, answer }) => {
        moderation.mute(session().room, session(), request);
        answer({});
      },
    },
    kick: {
      schema: KickRequest,
      needs: 'moderate',
      cost: 'moderation',
      run: async ({ request, session, answer }) => {
        await moderation.kick(session().room, session(), request.participantId);
        answer({});
      },
    },
    'lower-hand': {
      schema: LowerHandRequest,
      needs: 'moderate',
      cost: 'moderation',
      run: async ({ request, session, answer }) => {
        await moderation.lowerHand(session().room, session(), request.participantId);
        answer({});
      },
    },
    lock: {
      schema: LockRequest,
      needs: 'moderate',
      cost: 'moderation',
      run: async ({ request: { locked }, session, answer }) => answer(await moderation.configure(session().room, { locked })),
    },
    'waiting-room': {
      schema: WaitingRoomRequest,
      needs: 'moderate',
      cost: 'moderation',
      run: async ({ request: { enabled }, session, answer }) =>
        answer(await moderation.configure(session().room, { waitingRoom: enabled })),
    },
    admit: {
      schema: WaitingRequest,
      needs: 'moderate',
      cost: 'moderation',
      run: async ({ request, session, answer }) => {
        await moderation.admit(session().room, request.waitingId);
        answer({});
      },
    },
    reject: {
      schema: WaitingRequest,
      needs: 'moderate',
      cost: 'moderation',
      run: ({ request, session, answer }) => {
        moderation.reject(session().room, request.waitingId);
        answer({});
      },
    },
    end: {
      schema: Empty,
      needs: 'host',
      cost: 'moderation',
      run: async ({ session, answer }) => {
        const { room } = session();
        // The asker's own connection is closed by it, so the answer goes first.
        answer({});
        await moderation.end(room);
      },
    },
  };
}
