/** A recording tells whom it shows, and is heard by the other side beside what the page shows. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { INITIAL_STATE } from '../../components/core/call-state.js';
import { PicturedTeller, type Pictured } from '../../components/recording/pictured.js';
import { VideoRequester } from '../../components/transport/mesh/video-requester.js';
import type { VideoRequests } from '../../server/protocol/schemas.js';
import { until } from '../support/until.js';

const box = (width: number): Pictured['box'] => ({ x: 0, y: 0, width, height: (width * 9) / 16 });
const camera = (id: string, width: number): Pictured => ({ id, source: 'camera', box: box(width) });
/** Another call state than any before. */
const changed = () => ({ ...INITIAL_STATE });

describe('a recording', () => {
  test('says whom it shows and how large, again with every change, and takes all back at its end', () => {
    const told: string[] = [];
    const teller = new PicturedTeller((id, surface, view) => told.push(`${id} ${surface} ${view ? view.width : 'not'}`));
    const said = (): string[] => told.splice(0);
    const first = changed();
    teller.tell(first, () => [camera('ana', 640), camera('ben', 640)]);
    assert.deepEqual(said(), ['ana camera 640', 'ben camera 640']);
    teller.tell(first, () => assert.fail('nothing has changed'));
    teller.tell(changed(), () => [camera('ana', 1280), { id: 'ana', source: 'screen', box: box(900) }]);
    assert.deepEqual(said(), ['ben camera not', 'ana camera 1280', 'ana screen 900']);
    teller.end();
    assert.deepEqual(said(), ['ana camera not', 'ana screen not']);
  });
});

describe('what is asked of a peer', () => {
  const viewer = { prioritized: false, others: 1, lowData: false };
  const view = (width: number, visible = true) => ({ width, height: (width * 9) / 16, visible });

  const asks = (): { readonly asks: VideoRequester; readonly camera: () => number | undefined } => {
    let last: VideoRequests = {};
    const made = new VideoRequester(
      () => viewer,
      0,
      async (wants) => void (last = wants),
    );
    return { asks: made, camera: () => last.camera?.width };
  };

  test('is what the page or a recording needs, whichever is larger', async () => {
    const { asks: one, camera: width } = asks();
    one.show('camera', null);
    await until('nothing', () => width() === 0);
    assert.ok(one.hidesCamera);
    one.record('camera', view(640));
    await until('what is recorded', () => width() === 640);
    assert.ok(!one.hidesCamera);
    one.show('camera', view(960));
    await until('what is shown', () => width() === 960);
    one.show('camera', view(960, false));
    await until('what is recorded, in a hidden tab', () => width() === 640);
    one.record('camera', null);
    await until('nothing again', () => width() === 0);
  });

  test('is left to the sender where the page never spoke of it, also while it is recorded', async () => {
    const { asks: one, camera: width } = asks();
    one.record('camera', view(640));
    one.show('screen', view(100));
    await until('the screen', () => width() === undefined);
    assert.ok(!one.hidesCamera);
    one.record('camera', null);
    one.show('camera', view(100));
    await until('what is shown', () => width() === 100);
  });
});
