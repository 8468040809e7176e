/** What to tell about an error of the telephone, where it means something else there than in a room. No DOM. */
import type { CallErrorCode } from '../core/call-error.js';
import type { Translation } from '../lang/translation.js';
import { errorWords } from '../shared/error-words.js';

type Words = {
  readonly [Part in 'Help' | 'Title' as Lowercase<Part>]: {
    [Key in keyof Translation]: Key extends `${string}${Part}` ? Key : never;
  }[keyof Translation];
};

const NOT_SIGNED_IN: Words = { title: 'notSignedInTitle', help: 'notSignedInHelp' };
const OWN: { readonly [Code in CallErrorCode]?: Words } = {
  FORBIDDEN: { title: 'notYoursTitle', help: 'notYoursHelp' },
  UNAUTHENTICATED: NOT_SIGNED_IN,
  TOKEN_EXPIRED: NOT_SIGNED_IN,
  TOKEN_REPLAYED: NOT_SIGNED_IN,
  SESSION_INVALID: NOT_SIGNED_IN,
  RATE_LIMITED: { title: 'manyCallsTitle', help: 'manyCallsHelp' },
  RING_OVER: { title: 'ringOverTitle', help: 'ringOverHelp' },
};

export const phoneErrorWords = (code: CallErrorCode): Words => OWN[code] ?? errorWords(code);
