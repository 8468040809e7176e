/** How the browser draws a call: what takes it more than one picture a frame is paid for with every frame of every camera. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { drawing } from '../support/drawing.js';
import { Scene } from '../support/scene.js';

const scene = new Scene();
const ENOUGH = 10;

/** In the page: until the first picture in the call, or at the door, has moved so often. */
const moved = (face: 'webrtc-prejoin' | 'webrtc-stage'): string => `new Promise((done) => {
  const within = document.querySelector('webrtc-room').shadowRoot.querySelector('${face}');
  const video = within.shadowRoot.querySelector('webrtc-video-tile').shadowRoot.querySelector('video');
  let left = ${ENOUGH};
  const next = () => (left-- ? video.requestVideoFrameCallback(next) : done());
  next();
})`;

it('draws a call in one go, with the tile of the other and our own', async () => {
  const [ana] = await scene.pair(scene.room(await scene.process()));
  await ana.page.bringToFront();
  const { frames, passes } = await drawing(ana.page, () => ana.page.evaluate(moved('webrtc-stage')));
  assert.ok(frames >= ENOUGH / 2, `${frames} frames`);
  assert.equal(passes, frames);
});

for (const radius of ['0', '24px']) {
  it(`draws the door in one go, with our own picture in it and ${radius} round corners of the room`, async () => {
    const ana = await scene.visit(scene.room(await scene.process()));
    await ana.page.$eval('webrtc-room', (room, wanted) => (room.style.borderRadius = wanted), radius);
    await ana.page.bringToFront();
    await (await ana.page.waitForSelector('>>> .invite .button'))?.click();
    await ana.page.waitForSelector('>>> .shows-video');
    const { frames, passes } = await drawing(ana.page, () => ana.page.evaluate(moved('webrtc-prejoin')));
    assert.ok(frames >= ENOUGH / 2, `${frames} frames`);
    assert.equal(passes, frames);
  });
}
