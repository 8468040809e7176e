/** What the REST interface takes and gives. Strict, and nothing is converted: a number is not a string. */
import Type, { type Static } from 'typebox';
import { MAX_EXTERNAL_ID, PARTICIPANT_ID_PATTERN, ROOM_ID_PATTERN } from '../protocol/limits.js';
import { Mutable, Publishable, Role } from '../protocol/rights.js';

const strict = { additionalProperties: false } as const;

export const RoomParams = Type.Object({ room: Type.String({ pattern: ROOM_ID_PATTERN }) }, strict);
export const ParticipantParams = Type.Object(
  { room: Type.String({ pattern: ROOM_ID_PATTERN }), id: Type.String({ pattern: PARTICIPANT_ID_PATTERN }) },
  strict,
);

export const TokenRequest = Type.Object(
  {
    room: Type.String({ pattern: ROOM_ID_PATTERN }),
    sub: Type.String({ minLength: 1, maxLength: MAX_EXTERNAL_ID }),
    name: Type.Optional(Type.String({ maxLength: 256 })),
    role: Type.Optional(Role),
    grants: Type.Optional(
      Type.Object(
        {
          publish: Type.Optional(Type.Array(Publishable, { maxItems: 3, uniqueItems: true })),
          subscribe: Type.Optional(Type.Boolean()),
          chat: Type.Optional(Type.Boolean()),
          moderate: Type.Optional(Type.Boolean()),
          record: Type.Optional(Type.Boolean()),
        },
        strict,
      ),
    ),
    waitingRoom: Type.Optional(Type.Boolean()),
    ttlSeconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 3_600 })),
  },
  strict,
);
export type TokenRequest = Static<typeof TokenRequest>;

export const MuteBody = Type.Object(
  { sources: Type.Optional(Type.Array(Mutable, { minItems: 1, maxItems: 4, uniqueItems: true })) },
  strict,
);

export const SettingsBody = Type.Object(
  { locked: Type.Optional(Type.Boolean()), waitingRoom: Type.Optional(Type.Boolean()) },
  { ...strict, minProperties: 1 },
);

/** Routes that take no parameters in their address take none. */
export const NoQuery = Type.Object({}, strict);
