import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MutedSpeech } from '../../components/room/muted-speech.js';

/** Ten readings a second, from `at` on; when it told. */
function talk(speech: MutedSpeech, at: number, seconds: number, level = 0.3): number[] {
  const told: number[] = [];
  for (let now = at; now < at + seconds * 1_000; now += 100) if (speech.heard(level, now)) told.push(now);
  return told;
}

test('who talks while muted is told within a second, and then not before a minute has passed', () => {
  const speech = new MutedSpeech();
  const told = talk(speech, 0, 59);
  assert.equal(told.length, 1);
  assert.ok(told[0]! < 1_000, String(told[0]));
  assert.equal(talk(speech, 61_000, 2).length, 1);
});

test('the pauses grow', () => {
  const speech = new MutedSpeech();
  const told = talk(speech, 0, 600);
  assert.deepEqual(
    told.map((at) => Math.floor(at / 60_000)),
    [0, 1, 3, 7],
  );
});

test('a cough, a keyboard and what was said before muting are no speech', () => {
  const speech = new MutedSpeech();
  assert.deepEqual(talk(speech, 0, 0.4), []);
  assert.deepEqual(talk(speech, 400, 5, 0.05), []);
  talk(speech, 6_000, 0.5);
  speech.reset();
  assert.deepEqual(talk(speech, 6_500, 0.5), []);
});
