import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LazyMedia } from '../../components/media/lazy-media.js';
import type { MediaEvent } from '../../components/core/local-media.js';
import { FakeMedia } from '../../components/testing/fake-media.js';

function setUp() {
  const media = new FakeMedia();
  let arrive = (): void => undefined;
  const loads: number[] = [];
  const lazy = new LazyMedia(() => {
    loads.push(loads.length);
    return new Promise((resolve) => (arrive = () => resolve(media)));
  });
  const events: MediaEvent[] = [];
  lazy.onEvent((event) => events.push(event));
  const facts = () => events.flatMap((event) => (event.type === 'fact' ? [event.fact.type] : []));
  return { media, lazy, loads, facts, arrive: () => arrive() };
}

describe('devices whose code is not loaded yet', () => {
  it('load nothing while nothing is asked of them', () => {
    const { lazy, loads } = setUp();
    lazy.setQuality({ lowData: true, noiseSuppression: true });
    lazy.setStream(null);
    assert.equal(lazy.track('camera'), null);
    assert.equal(lazy.level(), 0);
    lazy.close();
    assert.deepEqual(loads, []);
  });

  it('are shown as turning on at once, and opened when the code is there, with what was set before', async () => {
    const { media, lazy, loads, facts, arrive } = setUp();
    const quality = { lowData: true, noiseSuppression: false };
    lazy.setQuality(quality);
    const opening = lazy.open({ microphone: true, camera: true });
    void lazy.preload();
    assert.deepEqual(facts(), ['source-changing', 'source-changing']);
    arrive();
    await opening;
    assert.deepEqual([loads.length, media.quality], [1, [quality]]);
    assert.ok(facts().includes('source-on'), 'the camera is on');
    assert.ok(lazy.track('camera'));
  });

  it('stay closed when they were closed before the code arrived', async () => {
    const { lazy, facts, arrive } = setUp();
    const opening = lazy.open({ microphone: false, camera: true });
    lazy.close();
    arrive();
    await opening;
    assert.deepEqual([facts(), lazy.track('camera')], [['source-changing', 'source-off'], null]);
  });

  it('reject what needs them when the code cannot be had, and try again', async () => {
    const media = new FakeMedia();
    let fails = true;
    const lazy = new LazyMedia(() => (fails ? Promise.reject(new Error('404')) : Promise.resolve(media)));
    await assert.rejects(lazy.setCamera(true), { code: 'SIGNAL_UNREACHABLE' });
    await lazy.open({ microphone: true, camera: true }); // never rejects
    fails = false;
    await lazy.setCamera(true);
    assert.ok(lazy.track('camera'));
  });
});
