/** Rows 42, 43 and 45 of bad input: what may stand in a chat, for what is sent and for what arrives alike. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chatText, historyName } from '../../components/core/messaging/text.js';

describe('a chat text', () => {
  for (const [what, text] of [
    ['nothing', ''],
    ['spaces', ' \n\t '],
    ['zero-width characters', '\u200b\u200d\u2060\ufeff'],
    ['fillers that look like nothing', '\u3164\u115f\u2800\u00ad'],
    ['control characters', '\u0000\u0007'],
    ['2,001 characters', 'x'.repeat(2_001)],
    ['2,001 emoji', '🙂'.repeat(2_001)],
    ['a megabyte', 'x'.repeat(1_048_576)],
    ['a number', 7],
    ['a list', ['x']],
    ['an object', { toString: () => 'x' }],
    ['null', null],
  ] as const)
    it(`is refused when it is ${what}`, () => assert.equal(chatText(text), null));

  for (const [what, text, shown] of [
    ['markup', '<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
    ['2,000 emoji', '🙂'.repeat(2_000), '🙂'.repeat(2_000)],
    ['a family, joined by zero-width joiners', '👨‍👩‍👧', '👨‍👩‍👧'],
    ['a tower of marks', `a${'\u0301'.repeat(4_000)}b`, `a${'\u0301'.repeat(4)}b`],
    ['half a character', 'a\ud83db', 'a\ufffdb'],
    ['the other half', '\udc00', '\ufffd'],
    ['line ends of another system', 'a\r\nb\rc', 'a\nb\nc'],
    ['a wall of empty lines', `a${'\n'.repeat(99)}b`, 'a\n\n\nb'],
    ['space around it', '\n\n  indented \n ', '  indented'],
    ['control characters inside', 'a\u0000\u001bb', 'ab'],
  ] as const)
    it(`is shown ${shown === text ? 'as it is' : 'mended'} when it is ${what}`, () => assert.equal(chatText(text), shown));
});

describe('a name that somebody tells', () => {
  it('is text of a line, without directions or invisible characters', () =>
    assert.equal(historyName('\u202eAn\u200ba\n '), 'Ana'));
  it('is at most 64 characters', () => assert.equal([...historyName('🙂'.repeat(99))].length, 64));
  it('is empty when it is no text', () => assert.equal(historyName({}), ''));
});
