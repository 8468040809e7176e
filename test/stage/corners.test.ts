import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cornerFor, nearestCorner, nextCorner } from '../../components/stage/corners.js';
import type { Corner } from '../../components/shared/view.js';

test('arrows send it where they point, in either direction of writing', () => {
  assert.equal(cornerFor('ArrowDown', 'start-end', false), 'end-end');
  assert.equal(cornerFor('ArrowLeft', 'end-end', false), 'end-start');
  assert.equal(cornerFor('ArrowLeft', 'start-start', true), 'start-end');
  assert.equal(cornerFor('Enter', 'start-start', false), null);
});

test('let go, it rests in the nearest corner', () => {
  assert.equal(nearestCorner(0.8, 0.9, false), 'end-end');
  assert.equal(nearestCorner(0.8, 0.1, true), 'start-start');
});

test('pressed again and again it visits every corner and comes back', () => {
  const seen: Corner[] = [];
  for (let corner: Corner = 'start-end'; !seen.includes(corner); corner = nextCorner(corner)) seen.push(corner);
  assert.equal(seen.length, 4);
});
