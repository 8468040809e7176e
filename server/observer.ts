/**
 * What the server tells about its work to whoever counts it. Codes and durations only: no room, no
 * participant, no address ever passes here, so no counter can have one as a label.
 */
import type { ErrorCode } from './protocol/error-codes.js';

export interface Observer {
  /** A message was answered: the event's name (`unknown` for all that are none), and how. */
  handled(event: string, code: ErrorCode | 'ok', milliseconds: number): void;
  /** A connection was refused before it existed. */
  refused(code: ErrorCode): void;
}

export const NO_OBSERVER: Observer = Object.freeze({ handled: () => undefined, refused: () => undefined });

/** How much there is right now; asked for when somebody looks. */
export interface Counts {
  readonly rooms: number;
  readonly participants: number;
  readonly connections: number;
}
