import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { INITIAL_STATE, type CallState } from '../../components/core/call-state.js';
import { NOBODY, NO_STREAMS, type Participant } from '../../components/core/participant.js';
import { bringIntoView, keepOrder } from '../../components/stage/page-order.js';
import { stageItems, type StageView } from '../../components/stage/stage-items.js';
import { stageLayout, type Box } from '../../components/stage/stage-layout.js';
import { pagerHeight, pages } from '../../components/stage/stage-pages.js';

const person = (id: string, screen = false): Participant => ({
  id,
  displayName: id,
  avatarUrl: null,
  externalId: null,
  sequence: 1,
  role: 'speaker',
  presence: 'present',
  media: { microphone: true, camera: true, screen, screenAudio: false },
  handRaised: false,
  handOrder: 0,
  mayChat: true,
  link: 'connected',
  streams: NO_STREAMS,
});
const ids = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `p${index}`);
const call = (participants: readonly Participant[]): CallState => ({
  ...INITIAL_STATE,
  participants,
  local: { ...NOBODY, id: 'me' },
});
const VIEW: StageView = { mode: 'grid', pinned: null, screen: null, star: null, selfView: true };
const box = (width: number, height: number): Box => ({
  width,
  height,
  gap: 8,
  aspect: null,
  corner: 'start-end',
  pager: 0,
  screen: false,
});
const items = (state: CallState, view: Partial<StageView> = {}) => stageItems(state, { ...VIEW, ...view });
const shown = (found: ReturnType<typeof pages>) => found.items.filter(({ place }) => place !== 'away').map(({ key }) => key);
const places = (list: ReturnType<typeof items>) => list.map(({ key, place }) => `${key} ${place}`);

test('no pages where everybody is still known by face', () => {
  for (const count of [1, 2, 4, 9, 12])
    assert.equal(pages(items(call(ids(count - 1).map((id) => person(id)))), [], 0, box(1280, 640)).count, 1);
  assert.equal(pages(items(call(ids(3).map((id) => person(id)))), [], 0, box(236, 116)).count, 1);
});

test('every tile of a page is legible, everybody has exactly one page, and we are on the first', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 60 }),
      fc.integer({ min: 240, max: 2600 }),
      fc.integer({ min: 120, max: 1500 }),
      fc.constantFrom('grid' as const, 'spotlight' as const),
      (count, width, height, mode) => {
        const list = items(call(ids(count).map((id) => person(id))), { mode });
        const group = mode === 'grid' ? 'main' : 'strip';
        const { count: number } = pages(list, [], 0, box(width, height));
        const seen: string[] = [];
        for (let page = 0; page < number; page++) {
          const found = pages(list, [], page, box(width, height));
          const leafed = found.items.filter(({ place }) => place === group);
          assert.ok(leafed.length > 0, `page ${page} of ${number} is empty`);
          assert.equal(
            leafed.some(({ local }) => local),
            page === 0,
          );
          seen.push(...leafed.map(({ key }) => key));
          const rects = stageLayout(
            found.items.map(({ place }) => place),
            { ...box(width, height), pager: number > 1 ? pagerHeight(box(width, height)) : 0 },
          );
          found.items.forEach(({ place }, index) => {
            if (place === group && leafed.length > 1)
              assert.ok(rects[index]!.width >= Math.min(70, width * 0.2), `${rects[index]!.width}`);
          });
        }
        assert.deepEqual(
          [...seen].sort(),
          list
            .filter(({ place }) => place === group)
            .map(({ key }) => key)
            .sort(),
        );
      },
    ),
    { numRuns: 60 },
  );
});

test('pages are even, and a page that is gone becomes the last one there is', () => {
  const list = items(call(ids(29).map((id) => person(id))));
  const first = pages(list, [], 0, box(1280, 600));
  assert.equal(first.count, 2);
  assert.equal(shown(first).length, 15);
  assert.equal(pages(list, [], 9, box(1280, 600)).page, 1);
});

test('a speaker of another page changes places with whoever was silent longest, and nobody else moves', () => {
  const heardAt = new Map([
    ['p0', 50],
    ['p1', 10],
    ['p2', 30],
  ]);
  const order = bringIntoView(ids(6), new Set(['p0', 'p1', 'p2', 'local']), 'p5', heardAt);
  assert.deepEqual(order, ['p0', 'p5', 'p2', 'p3', 'p4', 'p1']);
  assert.equal(bringIntoView(order, new Set(['p0', 'p5', 'p2']), 'p5', heardAt), order);
  const list = items(call(ids(29).map((id) => person(id))));
  const swapped = bringIntoView(ids(29), new Set(ids(14)), 'p28', new Map());
  assert.ok(shown(pages(list, swapped, 0, box(1280, 600))).includes('p28'));
});

test('who comes goes to the end, who leaves leaves no hole, and an order that still holds is the same one', () => {
  const order = ['b', 'a', 'c'];
  assert.equal(keepOrder(order, ['a', 'b', 'c']), order);
  assert.deepEqual(keepOrder(order, ['a', 'c', 'd']), ['a', 'c', 'd']);
});

test('whoever is pinned is large in every layout, with everybody else beside', () => {
  const state = call([person('a'), person('b', true), person('c')]);
  for (const mode of ['auto', 'grid', 'spotlight'] as const) {
    const list = items(state, { mode, pinned: 'c' });
    assert.deepEqual(places(list), ['b/screen strip', 'a strip', 'b strip', 'c main', 'local strip']);
    assert.deepEqual(
      list.filter(({ pinned }) => pinned).map(({ key }) => key),
      ['c'],
    );
  }
  assert.deepEqual(places(items(state, { pinned: 'gone' })), places(items(state)));
});

test('of several screens one is large, and a later one does not push it away', () => {
  const both = call([person('a', true), person('b', true)]);
  assert.deepEqual(places(items(both)).slice(0, 2), ['a/screen main', 'b/screen strip']);
  assert.deepEqual(places(items(both, { screen: 'b/screen' })).slice(0, 2), ['a/screen strip', 'b/screen main']);
});

test('our own picture floats where only it would stand beside, and can be hidden unless we are alone', () => {
  const two = call([person('a')]);
  assert.deepEqual(places(items(two, { mode: 'auto' })), ['a main', 'local float']);
  assert.deepEqual(places(items(two, { mode: 'spotlight' })), ['a main', 'local float']);
  assert.deepEqual(places(items(two, { mode: 'auto', selfView: false })), ['a main']);
  assert.deepEqual(places(items(call([]), { selfView: false })), ['local main']);
});

test('with the camera off for everybody no layout shows a picture or a screen', () => {
  const list = items(call([person('a', true)]), { mode: 'audio' });
  assert.ok(list.every((item) => item.cameraOff && !item.screen));
});
