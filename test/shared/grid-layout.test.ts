import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { aspectFor, gridLayout, type Rect } from '../../components/stage/grid-layout.js';
import { stageLayout, type Place } from '../../components/stage/stage-layout.js';

const box = fc.record({
  count: fc.integer({ min: 1, max: 40 }),
  width: fc.integer({ min: 120, max: 4000 }),
  height: fc.integer({ min: 90, max: 3000 }),
  gap: fc.integer({ min: 0, max: 10 }),
});
const EPSILON = 0.001;

const overlap = (a: Rect, b: Rect): boolean =>
  a.x + a.width > b.x + EPSILON &&
  b.x + b.width > a.x + EPSILON &&
  a.y + a.height > b.y + EPSILON &&
  b.y + b.height > a.y + EPSILON;

test('everybody gets a tile, all tiles are equal, none leaves the box and none covers another', () => {
  fc.assert(
    fc.property(box, ({ count, width, height, gap }) => {
      const rects = gridLayout(count, width, height, aspectFor(count, width, height), gap);
      assert.equal(rects.length, count);
      for (const [index, rect] of rects.entries()) {
        assert.ok(rect.width > 0 && rect.height > 0);
        assert.ok(rect.x >= -EPSILON && rect.y >= -EPSILON);
        assert.ok(rect.x + rect.width <= width + EPSILON && rect.y + rect.height <= height + EPSILON);
        assert.equal(rect.width, rects[0]!.width);
        assert.ok(rects.slice(index + 1).every((other) => !overlap(rect, other)));
      }
    }),
  );
});

test('a tile keeps a shape that faces survive', () => {
  fc.assert(
    fc.property(box, ({ count, width, height, gap }) => {
      const range = aspectFor(count, width, height);
      for (const rect of gridLayout(count, width, height, range, gap)) {
        assert.ok(rect.width / rect.height >= range.min - EPSILON && rect.width / rect.height <= range.max + EPSILON);
      }
    }),
  );
});

test('with one fixed shape no other number of columns gives larger tiles', () => {
  fc.assert(
    fc.property(box, ({ count, width, height, gap }) => {
      const ratio = 16 / 9;
      const [chosen] = gridLayout(count, width, height, { min: ratio, max: ratio }, gap);
      for (let columns = 1; columns <= count; columns++) {
        const rows = Math.ceil(count / columns);
        const w = Math.min((width - gap * (columns - 1)) / columns, ((height - gap * (rows - 1)) / rows) * ratio);
        assert.ok(chosen!.width >= w - w * 0.002, `${columns} columns give ${w}, chosen was ${chosen!.width}`);
      }
    }),
  );
});

test('the last row stands in the middle', () => {
  const rects = gridLayout(5, 1600, 800, undefined, 10);
  const last = rects.slice(3);
  assert.equal(last.length, 2);
  assert.ok(Math.abs(last[0]!.x - (1600 - (last[1]!.x + last[1]!.width))) < EPSILON);
});

test('two stand side by side in a wide box and one above the other in a high one', () => {
  const wide = gridLayout(2, 1000, 500);
  assert.ok(wide[0]!.y === wide[1]!.y && wide[1]!.x > wide[0]!.x);
  const high = gridLayout(2, 400, 900);
  assert.ok(high[0]!.x === high[1]!.x && high[1]!.y > high[0]!.y);
});

test('a box without room has no tiles, and no error', () => {
  assert.deepEqual(gridLayout(3, 0, 100), []);
  assert.deepEqual(gridLayout(0, 100, 100), []);
});

test('a shared screen gets most of the box and the strip covers none of it', () => {
  fc.assert(
    fc.property(box, ({ count, width, height, gap }) => {
      const places: Place[] = ['main', ...Array.from({ length: Math.min(count, 9) }, () => 'strip' as const)];
      const [main, ...strip] = stageLayout(places, {
        width,
        height,
        gap,
        aspect: null,
        screen: true,
        corner: 'start-end',
        pager: 0,
      });
      assert.ok(strip.every((tile) => !overlap(main!, tile)));
      assert.ok(strip.every((tile) => main!.width * main!.height >= tile.width * tile.height));
    }),
  );
});

test('our own picture floats within the box and leaves most of the other in sight', () => {
  fc.assert(
    fc.property(box, ({ width, height, gap }) => {
      const [main, float] = stageLayout(['main', 'float'], {
        width,
        height,
        gap,
        aspect: null,
        screen: false,
        corner: 'start-end',
        pager: 0,
      });
      assert.ok(float!.floats && !main!.floats);
      assert.ok(float!.x >= 0 && float!.x + float!.width <= width && float!.y + float!.height <= height);
      assert.ok(float!.width * float!.height < main!.width * main!.height * 0.5);
    }),
  );
});
