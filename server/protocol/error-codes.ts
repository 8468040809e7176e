/**
 * Every code the server can answer with, whether trying again can help, and the HTTP status of
 * the same trouble on a route. One table: the docs and the tests are read from it.
 */
export interface ErrorCodeInfo {
  /** The same request may succeed later, unchanged. */
  readonly retryable: boolean;
  readonly http: number;
  /** What happened, for a developer. Never holds anything a client sent. */
  readonly message: string;
}

export const ERROR_CODES = {
  BAD_PAYLOAD: { retryable: false, http: 400, message: 'The message does not have the agreed shape.' },
  BAD_JSON: { retryable: false, http: 400, message: 'The body is not valid JSON.' },
  UNKNOWN_EVENT: { retryable: false, http: 404, message: 'There is no such event.' },
  PROTOCOL_UNSUPPORTED: { retryable: false, http: 400, message: 'This version of the protocol is not spoken here.' },
  ORIGIN_NOT_ALLOWED: {
    retryable: false,
    http: 403,
    message: 'Pages of this origin may not use this server, unless its ALLOWED_ORIGINS names it.',
  },
  UNAUTHENTICATED: { retryable: false, http: 401, message: 'A valid token is needed.' },
  TOKEN_EXPIRED: { retryable: false, http: 401, message: 'The token has expired; get a new one.' },
  TOKEN_NOT_YET_VALID: { retryable: true, http: 401, message: 'The token is not valid yet; a clock may be wrong.' },
  TOKEN_REPLAYED: { retryable: false, http: 401, message: 'The token was used already; get a new one.' },
  FORBIDDEN: { retryable: false, http: 403, message: 'This is not allowed.' },
  ROOM_NAME_INVALID: {
    retryable: false,
    http: 400,
    message: 'A room name is 1 to 64 letters, digits, hyphens or underscores and starts with a letter or digit.',
  },
  NAME_INVALID: { retryable: false, http: 400, message: 'The display name cannot be used.' },
  ROOM_FULL: { retryable: true, http: 409, message: 'The room is full.' },
  ROOM_LOCKED: { retryable: true, http: 409, message: 'The room is locked.' },
  LOBBY_WAITING: { retryable: false, http: 409, message: 'Wait here: a host decides who comes in.' },
  ROOM_ENDED: { retryable: false, http: 410, message: 'The host has ended the call for all.' },
  ALREADY_JOINED: { retryable: false, http: 409, message: 'This connection is in a room already.' },
  NOT_IN_ROOM: { retryable: false, http: 409, message: 'Join a room first.' },
  PEER_NOT_FOUND: { retryable: false, http: 404, message: 'There is no such participant in your room.' },
  STATE_CONFLICT: { retryable: false, http: 409, message: 'The answer does not belong to a pending offer.' },
  SDP_REJECTED: { retryable: false, http: 400, message: 'The session description is not acceptable.' },
  CANDIDATE_REJECTED: { retryable: false, http: 400, message: 'The candidate is not acceptable.' },
  SESSION_INVALID: { retryable: false, http: 401, message: 'The resume token is not valid any more; join anew.' },
  RATE_LIMITED: { retryable: true, http: 429, message: 'Too many requests.' },
  ABUSE: { retryable: false, http: 429, message: 'The connection was closed because of too many invalid messages.' },
  SLOW_CONSUMER: { retryable: true, http: 429, message: 'The connection was closed because it did not read what was sent.' },
  IDLE: { retryable: true, http: 408, message: 'The connection was closed because nobody joined on it.' },
  DUPLICATE_IDENTITY: { retryable: false, http: 409, message: 'The same participant connected from elsewhere.' },
  SERVER_BUSY: { retryable: true, http: 503, message: 'The server has no capacity left.' },
  SERVER_DRAINING: { retryable: true, http: 503, message: 'The server is restarting.' },
  NOT_REGISTERED: { retryable: false, http: 409, message: 'Register an address first.' },
  RING_OVER: { retryable: false, http: 410, message: 'It does not ring here any more.' },
  NOT_FOUND: { retryable: false, http: 404, message: 'There is nothing here.' },
  INTERNAL: { retryable: true, http: 500, message: 'The server failed to handle this.' },
} as const satisfies Record<string, ErrorCodeInfo>;

export type ErrorCode = keyof typeof ERROR_CODES;
