/** How the browser draws a call: what takes it more than one picture a frame is paid for with every frame of every camera. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { drawing } from '../support/drawing.js';
import { Scene } from '../support/scene.js';

const scene = new Scene();
const ENOUGH = 10;

/** In the page: until the first of the people has moved so often. */
const moved = `new Promise((done) => {
  const stage = document.querySelector('webrtc-room').shadowRoot.querySelector('webrtc-stage');
  const video = stage.shadowRoot.querySelector('webrtc-video-tile').shadowRoot.querySelector('video');
  let left = ${ENOUGH};
  const next = () => (left-- ? video.requestVideoFrameCallback(next) : done());
  next();
})`;

it('draws a call in one go, with the tile of the other and our own', async () => {
  const [ana] = await scene.pair(scene.room(await scene.process()));
  await ana.page.bringToFront();
  const { frames, passes } = await drawing(ana.page, () => ana.page.evaluate(moved));
  assert.ok(frames >= ENOUGH / 2, `${frames} frames`);
  assert.equal(passes, frames);
});
