import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CallErrorCode } from '../../components/core/call-error.js';
import { enMore } from '../../components/lang/en-more.js';
import { en } from '../../components/lang/en.js';
import { phoneErrorWords } from '../../components/phone/phone-error-words.js';
import { errorWords } from '../../components/shared/error-words.js';

const words = { ...en, ...enMore };

const said = (code: CallErrorCode): string => {
  const { title, help } = phoneErrorWords(code);
  return `${String(words[title])} ${String(words[help])}`;
};

test('what means something else on the telephone has words of its own, and none speaks of a room or an invitation', () => {
  for (const code of ['FORBIDDEN', 'UNAUTHENTICATED', 'TOKEN_EXPIRED', 'TOKEN_REPLAYED', 'RATE_LIMITED', 'RING_OVER'] as const) {
    assert.notDeepEqual(phoneErrorWords(code), errorWords(code), code);
    assert.doesNotMatch(said(code), /undefined|room|invitation/i, code);
  }
});

test('the rest is said as in a room', () => {
  for (const code of ['SIGNAL_UNREACHABLE', 'TIMEOUT', 'SERVER_BUSY', 'ORIGIN_NOT_ALLOWED'] as const) {
    const { title, help } = errorWords(code);
    assert.deepEqual(phoneErrorWords(code), { ...phoneErrorWords(code), title, help }, code);
    assert.doesNotMatch(said(code), /undefined/, code);
  }
});
