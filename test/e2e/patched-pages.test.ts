/** Real calls in pages whose libraries changed the language and the browser: Prototype.js, wrappers of `fetch`. */
import { describe, it } from 'node:test';
import { Scene } from '../support/scene.js';
import { until } from '../support/until.js';

const scene = new Scene();

/** What Prototype.js 1.6 and 1.7 do to every page they are in. */
const PROTOTYPE = `
  Array.from = function (iterable) {
    if (!iterable) return [];
    if ('toArray' in Object(iterable)) return iterable.toArray();
    var length = iterable.length || 0, results = new Array(length);
    while (length--) results[length] = iterable[length];
    return results;
  };
  Array.prototype.toJSON = function () { return '[' + this.map(function (each) { return JSON.stringify(each); }).join(', ') + ']'; };
  String.prototype.toJSON = function () { return '"' + this + '"'; };
  Number.prototype.toJSON = function () { return isFinite(this) ? this.toString() : 'null'; };
  Array.prototype.entries = Array.prototype.toArray = function () { return this.slice(); };
  for (const name of ['each', 'collect', 'inject', 'pluck', 'invoke', 'partition', 'max', 'min', 'without', 'uniq', 'clear'])
    Array.prototype[name] = function () { throw new Error('not ours'); };
  Function.prototype.bind = (function (bind) { return function () { return bind.apply(this, arguments); }; })(Function.prototype.bind);
`;

/** Wrappers that lose the signal, and one that never comes back. */
const DEAF_FETCH = `
  const real = window.fetch;
  window.fetch = (url, { signal, ...init } = {}) => String(url).includes('/signaling/') ? new Promise(() => undefined) : real(url, init);
`;

for (const engine of ['chromium', 'firefox'] as const) {
  describe(`in ${engine}`, () => {
    it('people talk in a page with Prototype.js', async () => {
      const server = await scene.server();
      const [ana, ben] = await scene.pair(scene.room(server), undefined, { engine, before: PROTOTYPE });
      await ana.page.evaluate(() => document.querySelector('webrtc-room')!.sendChatMessage('One [two] "three"'));
      await until('it arrived', () =>
        ben.page.evaluate(() => document.querySelector('webrtc-room')!.call.state.get().chat[0]?.text === 'One [two] "three"'),
      );
    });

    it('people talk in a page whose fetch never answers and hears no signal', async () => {
      const server = await scene.server();
      await scene.pair(scene.room(server), undefined, { engine, before: DEAF_FETCH });
    });
  });
}
