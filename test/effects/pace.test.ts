/** How effects give way on a slow machine. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Pace, STEPS } from '../../components/effects/pace.js';

const many = (pace: Pace, count: number, ms: number): boolean => {
  let possible = true;
  for (let i = 0; i < count; i++) possible = pace.took(ms) && possible;
  return possible;
};

describe('the pace of pictures', () => {
  test('stays at the best where pictures are quick', () => {
    const pace = new Pace();
    assert.equal(many(pace, 1_000, 4), true);
    assert.equal(pace.step, STEPS[0]);
  });

  test('goes down step by step where they are slow, and stops where it is good enough', () => {
    const pace = new Pace();
    many(pace, 20, 50);
    assert.equal(pace.step, STEPS[1]);
    many(pace, 500, 45);
    assert.equal(pace.step, STEPS[2]);
  });

  test('is not impressed by a single slow picture', () => {
    const pace = new Pace();
    many(pace, 30, 4);
    pace.took(200);
    many(pace, 30, 4);
    assert.equal(pace.step, STEPS[0]);
  });

  test('goes up again after a long easy while', () => {
    const pace = new Pace();
    many(pace, 20, 50);
    many(pace, 100, 4);
    assert.equal(pace.step, STEPS[1]);
    many(pace, 300, 4);
    assert.equal(pace.step, STEPS[0]);
  });

  test('says when it cannot be done at all', () => {
    const pace = new Pace();
    assert.equal(many(pace, 100, 500), false);
  });
});
