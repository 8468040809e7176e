/** What others see of the name, the id and the picture somebody brings along. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cleanAvatarUrl, cleanDisplayName, cleanExternalId } from '../../server/rooms/display-name.js';

describe('a display name', () => {
  const table: readonly (readonly [string, string, string])[] = [
    ['stays as it is when it is fine', 'Ada Lovelace', 'Ada Lovelace'],
    ['keeps letters of every language', 'Жанна 日本 ابن José', 'Жанна 日本 ابن José'],
    ['keeps emoji, also composed ones', '👩‍👩‍👧 Ada 👍🏽', '👩‍👩‍👧 Ada 👍🏽'],
    ['keeps the joiners that spell Persian words', 'علی‌رضا', 'علی‌رضا'],
    ['is trimmed, and its spaces are folded', '  a \t\n  b  ', 'a b'],
    ['loses exotic spaces', 'a\u00a0\u2003\u3000b', 'a b'],
    ['is composed', 'Jose\u0301', 'José'],
    ['loses overrides of direction', 'abc\u202egnp.exe\u202c', 'abcgnp.exe'],
    ['loses isolates of direction', '\u2066abc\u2069', 'abc'],
    ['loses zero-width letters', 'a\u200bd\u200cm\u200di\u2060n\ufeff', 'admin'],
    ['loses control characters', 'a\u0000b\u001b[2Jc\u007f', 'ab[2Jc'],
    ['loses halves of surrogate pairs', 'a\ud800b\udc00', 'ab'],
    ['is empty when nothing visible is left', ' \u200b\u3164\u2800\u00ad ', ''],
    ['is empty when it was', '', ''],
    ['loses towers of accents', `a${'\u0327'.repeat(4_000)}`, `a${'\u0327'.repeat(4)}`],
    ['is cut at 64 code points, not inside one', '😀'.repeat(100), '😀'.repeat(64)],
    ['does not end in a space when cut', `${'a'.repeat(63)} b`, 'a'.repeat(63)],
    ['stays text, whatever it looks like', '<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
    ['may be called __proto__', '__proto__', '__proto__'],
  ];
  for (const [what, raw, clean] of table) {
    it(what, () => {
      assert.equal(cleanDisplayName(raw), clean);
      assert.equal(cleanDisplayName(clean), clean);
    });
  }
});

describe('an avatar', () => {
  for (const [raw, clean] of [
    ['https://example.org/a.png', 'https://example.org/a.png'],
    ['http://localhost/a.png', 'http://localhost/a.png'],
    ['javascript:alert(1)', undefined],
    ['data:text/html,x', undefined],
    ['/a.png', undefined],
    ['', undefined],
    ['file:///etc/passwd', undefined],
  ] as const) {
    it(`at ${JSON.stringify(raw)} is ${clean === undefined ? 'left out' : 'kept'}`, () =>
      assert.equal(cleanAvatarUrl(raw), clean));
  }
});

describe('an external id', () => {
  it('loses what would break a line of a log', () => assert.equal(cleanExternalId('user\n42\u0000\ud800'), 'user42'));
});
