import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { toJson } from '../../components/core/json.js';
import { abortable, anySignal } from '../../components/core/abort.js';

type Patched = { toJSON?: () => unknown };
const protos = [Array.prototype, String.prototype, Number.prototype, Boolean.prototype] as unknown as Patched[];

describe('in a page with Prototype.js', () => {
  before(() => protos.forEach((proto) => (proto.toJSON = function (this: unknown) { return `"${String(this)}"`; }))); // prettier-ignore
  after(() => protos.forEach((proto) => delete proto.toJSON));

  it('a list is sent as a list, a word as a word', () => {
    const value = { list: [1, 'two', [true, null]], word: 'x', date: new Date(0), nothing: undefined };
    assert.equal(toJson(value), '{"list":[1,"two",[true,null]],"word":"x","date":"1970-01-01T00:00:00.000Z"}');
    assert.equal(toJson(['a', ['b']]), '["a",["b"]]');
    assert.equal(toJson('word'), '"word"');
    assert.notEqual(JSON.stringify(['a']), '["a"]', 'the page really is like that');
  });
});

describe('waiting', () => {
  it('ends with its signal, whatever is waited for', async () => {
    const stop = new AbortController();
    const waiting = abortable(new Promise(() => undefined), stop.signal);
    stop.abort(new Error('enough'));
    await assert.rejects(waiting, /enough/);
    assert.equal(await abortable(Promise.resolve(4), new AbortController().signal), 4);
    await assert.rejects(abortable(Promise.reject(new Error('no')), new AbortController().signal), /no/);
  });

  it('for the first of several signals needs no AbortSignal.any', () => {
    const native = Object.getOwnPropertyDescriptor(AbortSignal, 'any')!;
    Reflect.deleteProperty(AbortSignal, 'any');
    try {
      const [one, two] = [new AbortController(), new AbortController()];
      const either = anySignal([one.signal, two.signal]);
      assert.equal(either.aborted, false);
      two.abort('two');
      assert.deepEqual([either.aborted, either.reason], [true, 'two']);
      assert.equal(anySignal([two.signal]).aborted, true);
    } finally {
      Object.defineProperty(AbortSignal, 'any', native);
    }
  });
});
