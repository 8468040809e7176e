/** The duration that is put into a WebM file. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { durationBytes, prepareHead } from '../../components/recording/webm-duration.js';

const SCALE = [0x2a, 0xd7, 0xb1, 0x83, 0x0f, 0x42, 0x40];
const INFO = [0x15, 0x49, 0xa9, 0x66];
const before = [0x1a, 0x45, 0xdf, 0xa3, 0x80, 0x18, 0x53, 0x80, 0x67, 0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
const after = [0x16, 0x54, 0xae, 0x6b, 0x80];

describe('the head of a WebM file', () => {
  for (const [how, size] of [
    ['one byte', [0x80 | SCALE.length]],
    ['eight bytes', [0x01, 0, 0, 0, 0, 0, 0, SCALE.length]],
  ] as const) {
    test(`gets a place for its duration when its length has ${how}, and nothing else changes`, () => {
      const made = prepareHead(Uint8Array.from([...before, ...INFO, ...size, ...SCALE, ...after]));
      assert.ok(made);
      made.head.set(durationBytes(12_345), made.at);
      const bytes = [...made.head];
      assert.deepEqual(bytes.slice(0, before.length + 4), [...before, ...INFO]);
      assert.deepEqual(bytes.slice(before.length + 4, before.length + 12), [1, 0, 0, 0, 0, 0, 0, SCALE.length + 11]);
      assert.deepEqual(bytes.slice(-after.length), after);
      assert.deepEqual(bytes.slice(made.at - 3, made.at), [0x44, 0x89, 0x88]);
      assert.equal(new DataView(made.head.buffer).getFloat64(made.at), 12_345);
    });
  }

  test('is filled where it has a duration of nothing', () => {
    const info = [...SCALE, 0x44, 0x89, 0x88, 0, 0, 0, 0, 0, 0, 0, 0];
    const bytes = [...before, ...INFO, 0x80 | info.length, ...info, ...after];
    const made = prepareHead(Uint8Array.from(bytes));
    assert.ok(made);
    assert.deepEqual([...made.head], bytes);
    made.head.set(durationBytes(12_345), made.at);
    assert.deepEqual([...made.head.slice(made.at - 3, made.at)], [0x44, 0x89, 0x88]);
    assert.equal(new DataView(made.head.buffer).getFloat64(made.at), 12_345);
    assert.deepEqual([...made.head.slice(-after.length)], after);
  });

  test('is left alone when it has a duration, or is no WebM', () => {
    const whole = [...SCALE, 0x44, 0x89, 0x84, 0x46, 0x40, 0xe4, 0];
    assert.equal(prepareHead(Uint8Array.from([...before, ...INFO, 0x80 | whole.length, ...whole])), null);
    assert.equal(prepareHead(Uint8Array.from([0, 0, 0, 32, 0x66, 0x74, 0x79, 0x70])), null);
    assert.equal(prepareHead(Uint8Array.from([...before, ...INFO])), null);
  });
});
