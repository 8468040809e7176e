/** Every row of the table of bad input has a test, or a reason to have none. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { ROWS } from './rows.js';

const range = (letter: string, first: number, last: number, without: readonly number[] = []): readonly string[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index)
    .filter((number) => !without.includes(number))
    .map((number) => `${letter}${number}`);

const ALL = [...range('W', 1, 16, [10]), ...range('E', 17, 54, [21, 26, 33, 40]), ...range('T', 55, 61), ...range('H', 62, 73)];

describe('the table of bad input', () => {
  it('has no row that is nowhere', () => assert.deepEqual(Object.keys(ROWS), ALL));

  for (const [row, places] of Object.entries(ROWS)) {
    if (!Array.isArray(places)) continue;
    it(`row ${row} is tested`, () => {
      for (const [file, words] of places) {
        const url = new URL(file, import.meta.url);
        assert.ok(existsSync(url), `${file} does not exist`);
        assert.ok(readFileSync(url, 'utf8').includes(words), `${file} says nothing of "${words}"`);
      }
    });
  }
});
