/** The hash in the code is that of the file in the tree: the browser would refuse it otherwise. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { NOISE_INTEGRITY } from '../../components/effects/noise-integrity.js';

test('rnnoise.wasm is the file that the code names', () => {
  const file = readFileSync(new URL('../../components/effects/assets/rnnoise.wasm', import.meta.url));
  assert.equal(NOISE_INTEGRITY, `sha384-${createHash('sha384').update(file).digest('base64')}`);
});
