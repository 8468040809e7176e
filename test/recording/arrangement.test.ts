/** Where people are in a recorded picture. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { arrange, MOST, type Box } from '../../components/recording/arrangement.js';

const inside = ({ x, y, width, height }: Box): boolean =>
  x >= 0 && y >= 0 && x + width <= 1280.001 && y + height <= 720.001 && width > 40 && height > 20;
const apart = (a: Box, b: Box): boolean =>
  a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;

describe('a recorded picture', () => {
  for (const screens of [0, 1, 2])
    for (const people of [1, 2, 3, 5, 9, 25, 40])
      test(`shows ${people} people and ${screens} screens, none over another`, () => {
        const { screens: s, people: p } = arrange(1280, 720, screens, people);
        const all = [...s, ...p];
        assert.equal(s.length, screens);
        assert.equal(p.length, Math.min(people, screens ? 6 : MOST));
        assert.ok(all.every(inside));
        all.forEach((a, i) => all.slice(i + 1).forEach((b) => assert.ok(apart(a, b))));
      });

  test('gives a screen most of the room', () => {
    const { screens, people } = arrange(1280, 720, 1, 3);
    assert.ok((screens[0]?.width ?? 0) > 3 * (people[0]?.width ?? 0));
  });
});
