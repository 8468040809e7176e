/** What to tell a visitor about an error, in their words, by its code. No DOM. */
import type { CallErrorCode } from '../core/call-error.js';
import type { Translation } from '../lang/translation.js';

type Topic = Translation extends infer T ? { [K in keyof T]: K extends `${infer Name}Title` ? Name : never }[keyof T] : never;

export interface ErrorWords {
  readonly title: `${Topic}Title`;
  readonly help: `${Topic}Help`;
  /** Offer to try again: a minute later, or after the visitor changed something, it can work. */
  readonly retry: boolean;
}

const words = (topic: Topic, retry: boolean): ErrorWords => ({ title: `${topic}Title`, help: `${topic}Help`, retry });

/** @param online What the browser knows of the network: without one, no server is to blame. */
export function errorWords(code: CallErrorCode, online = true): ErrorWords {
  switch (code) {
    case 'ROOM_FULL':
      return words('full', true);
    case 'ROOM_LOCKED':
      return words('locked', true);
    case 'ROOM_ENDED':
      return words('ended', true);
    case 'ROOM_NAME_INVALID':
    case 'NO_ROOM':
    case 'NOT_FOUND':
      return words('badRoom', false);
    case 'UNAUTHENTICATED':
    case 'TOKEN_EXPIRED':
    case 'TOKEN_REPLAYED':
    case 'SESSION_INVALID':
      return words('denied', false);
    case 'TOKEN_NOT_YET_VALID':
      return words('denied', true);
    case 'FORBIDDEN':
      return words('refused', false);
    case 'ORIGIN_NOT_ALLOWED':
      return words('origin', false);
    case 'PART_MISSING':
      return words('part', true);
    case 'SERVER_URL_INVALID':
      return words('serverUrl', false);
    case 'SIGNAL_UNREACHABLE':
    case 'TIMEOUT':
      return words(online ? 'unreachable' : 'offline', true);
    case 'SIGNAL_BLOCKED':
    case 'NEGOTIATION_FAILED':
      return words('blocked', true);
    case 'RATE_LIMITED':
    case 'SERVER_BUSY':
    case 'SERVER_DRAINING':
      return words('busy', true);
    case 'UNSUPPORTED_BROWSER':
      return words('browser', false);
    case 'PROTOCOL_UNSUPPORTED':
      return words('outdated', false);
    default:
      return words('error', true);
  }
}
