/** Every fault has a test, and the table says which. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { FAULT_ROWS, IN_TOKEN_MODE } from '../fault-rows.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** The first table; 22, 26, 39 and 49 do not exist. Rows found later have numbers above. */
const ROWS = Array.from({ length: 61 }, (_, index) => index + 1).filter((row) => ![22, 26, 39, 49].includes(row));

describe('the table of faults', () => {
  test('has every row', () =>
    assert.deepEqual(
      ROWS.filter((row) => !(row in FAULT_ROWS)),
      [],
    ));

  for (const [row, proofs] of Object.entries(FAULT_ROWS)) {
    if ('notYet' in proofs) {
      test(`row ${row} says why there is no test`, () => assert.match(proofs.notYet, /^[A-Z].{10,}\.$/));
      continue;
    }
    test(`row ${row} is tested`, () => {
      assert.ok(proofs.length > 0);
      for (const { file, title } of proofs) {
        assert.ok(existsSync(join(ROOT, file)), `${file} is missing`);
        assert.ok(readFileSync(join(ROOT, file), 'utf8').includes(title), `${file} has no test "${title}"`);
      }
    });
  }

  test('says of every tested row what shows it in token mode, or why the mode cannot matter', () => {
    const tested = Object.entries(FAULT_ROWS).flatMap(([row, proofs]) => ('notYet' in proofs ? [] : [row]));
    assert.deepEqual(Object.keys(IN_TOKEN_MODE), tested);
    for (const [row, shown] of Object.entries(IN_TOKEN_MODE)) {
      if (typeof shown === 'string') assert.match(shown, /^[A-Z].{6,}\.$/, `row ${row}`);
      else assert.ok(readFileSync(join(ROOT, shown.file), 'utf8').includes(shown.title), `row ${row}: "${shown.title}"`);
    }
  });

  test('names every test that names a row', () => {
    const titles = new Set(
      Object.values(FAULT_ROWS).flatMap((proofs) => ('notYet' in proofs ? [] : proofs.map(({ title }) => title))),
    );
    const files = readdirSync(join(ROOT, 'test'), { recursive: true, encoding: 'utf8' }).filter((path) =>
      path.endsWith('.test.ts'),
    );
    const named = files
      .filter((path) => !path.endsWith('rows.test.ts'))
      .flatMap((path) => [...readFileSync(join(ROOT, 'test', path), 'utf8').matchAll(/\b(?:it|test)\(\s*(['"`])(row .+?)\1/g)])
      .map(([, , title]) => title ?? '');
    assert.deepEqual(
      named.filter((title) => !titles.has(title)),
      [],
    );
  });
});
