import assert from 'node:assert/strict';
import { test } from 'node:test';
import { followSpeaker, lookAgainAt, NO_SPOTLIGHT, type Spotlight } from '../../components/stage/follow-speaker.js';

const present = new Set(['ana', 'ben', 'cem']);

/** Plays who is the call's speaker and who is heard, looking only when something changes or a look is due, as the stage does. */
function play(script: readonly (readonly [at: number, speaker: string | null, heard: readonly string[]])[], until: number) {
  let spot: Spotlight = NO_SPOTLIGHT;
  const moves: [number, string | null][] = [];
  const look = (at: number, speaker: string | null, heard: readonly string[]) => {
    const before = spot.star;
    spot = followSpeaker(spot, { speaker, heard: new Set(heard), present }, at);
    if (spot.star !== before) moves.push([at, spot.star]);
  };
  script.forEach(([at, speaker, heard], index) => {
    look(at, speaker, heard);
    const end = script[index + 1]?.[0] ?? until;
    for (let due = lookAgainAt(spot); due !== null && due < end; due = lookAgainAt(spot)) look(due, speaker, heard);
  });
  return moves;
}

test('the first to speak has the spotlight at once', () => {
  assert.deepEqual(play([[0, 'ana', ['ana']]], 100), [[0, 'ana']]);
});

test('somebody who goes on speaking takes it over, once the speech has lasted and the other had their time', () => {
  const moves = play(
    [
      [0, 'ana', ['ana']],
      [10_000, 'ben', ['ben']],
    ],
    20_000,
  );
  assert.deepEqual(moves, [
    [0, 'ana'],
    [11_500, 'ben'],
  ]);
});

test('a cough or a "yes" does not move it, though the call calls that person its speaker from then on', () => {
  const moves = play(
    [
      [0, 'ana', ['ana']],
      [10_000, 'ben', ['ben']],
      [10_400, 'ben', []],
      [15_000, 'ben', ['ben']],
      [15_300, 'ben', []],
    ],
    30_000,
  );
  assert.deepEqual(moves, [[0, 'ana']]);
});

test('breath between words does not begin the speech anew', () => {
  const moves = play(
    [
      [0, 'ana', ['ana']],
      [10_000, 'ben', ['ben']],
      [10_700, 'ben', []],
      [11_000, 'ben', ['ben']],
    ],
    20_000,
  );
  assert.deepEqual(moves.at(-1), [11_500, 'ben']);
});

test('two who interrupt each other do not make it jump', () => {
  const script: [number, string, string[]][] = [[0, 'ana', ['ana']]];
  for (let at = 5_000; at < 20_000; at += 1_000) script.push([at, at % 2_000 ? 'ben' : 'ana', ['ana', 'ben']]);
  assert.deepEqual(play(script, 20_000), [[0, 'ana']]);
});

test('nobody loses it within three seconds', () => {
  const moves = play(
    [
      [0, 'ana', ['ana']],
      [100, 'ben', ['ben']],
    ],
    20_000,
  );
  assert.deepEqual(moves.at(-1), [3_000, 'ben']);
});

test('whoever leaves gives it to the one who speaks', () => {
  const spot = followSpeaker(NO_SPOTLIGHT, { speaker: 'ana', heard: new Set(['ana']), present }, 0);
  const after = followSpeaker(spot, { speaker: 'ben', heard: new Set(), present: new Set(['ben']) }, 500);
  assert.equal(after.star, 'ben');
  assert.equal(followSpeaker(after, { speaker: null, heard: new Set(), present: new Set() }, 900).star, null);
});
