/**
 * Saying no. A refusal is an expected answer with a code of the protocol; everything else that is
 * thrown is a fault of ours, and only its being INTERNAL crosses the wire.
 */
import { ERROR_CODES, type ErrorCode } from '../protocol/error-codes.js';
import { PROTOCOL_VERSION, ROOM_ID_PATTERN } from '../protocol/limits.js';
import type { Ack, WireError } from '../protocol/events.js';

const ROOM_ID = new RegExp(ROOM_ID_PATTERN);

export interface RefusalDetails {
  readonly retryAfterMs?: number;
  readonly min?: number;
  readonly max?: number;
  /** What the operator can change about it. Told in the message: the person who reads that asks for nothing else. */
  readonly setting?: string;
  /** What exactly does not fit, in a sentence; where that may be told. */
  readonly because?: string;
}

export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly details: RefusalDetails;

  constructor(code: ErrorCode, details: RefusalDetails = {}) {
    super(ERROR_CODES[code].message);
    this.name = 'Refusal';
    this.code = code;
    this.details = details;
  }
}

export function wireError(code: ErrorCode, { setting, because, retryAfterMs, min, max }: RefusalDetails = {}): WireError {
  const { message, retryable } = ERROR_CODES[code];
  return {
    code,
    message: [message, because, setting === undefined ? undefined : `The setting of the server is ${setting}.`]
      .filter((part) => part !== undefined)
      .join(' '),
    retryable,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
  };
}

export function accepted<T>(data: T): Ack<T> {
  return { ok: true, data };
}

export function refused(error: WireError): Ack<never> {
  return { ok: false, error };
}

export function checkProtocol(version: number): void {
  if (version !== PROTOCOL_VERSION) throw new Refusal('PROTOCOL_UNSUPPORTED', { min: PROTOCOL_VERSION, max: PROTOCOL_VERSION });
}

export function checkRoomId(room: string): void {
  if (!ROOM_ID.test(room)) throw new Refusal('ROOM_NAME_INVALID');
}
