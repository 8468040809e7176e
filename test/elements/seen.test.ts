import { expect } from '@open-wc/testing';
import '../../components/index.js';
import type { VideoSize } from '../../components/core/media/video-requests.js';
import type { FakeCall } from '../../components/testing/fake-call.js';
import { fakeRoom, joined } from '../support/fake-rooms.js';
import { until } from '../support/until.js';

/** The last word on each surface, by `participant/surface`. */
const views = (call: FakeCall): ReadonlyMap<string, VideoSize | null> => call.videoRequests;

describe('what a page shows', () => {
  it('is told of every other person, in device pixels, and not of oneself', async () => {
    const { call, tiles } = await fakeRoom(joined('Ana', 'Ben'));
    await until('both to be seen', () => [...views(call).values()].filter((view) => view?.visible).length === 2);
    expect([...views(call).keys()].sort()).to.deep.equal(['ana/camera', 'ben/camera']);
    const ana = tiles().find(({ participantId }) => participantId === 'ana');
    await until(
      'its size',
      () => Math.abs((views(call).get('ana/camera')?.width ?? 0) - ana!.clientWidth * devicePixelRatio) < 2,
    );
  });

  it('is told again when the room was moved in its page', async () => {
    const { room, call } = await fakeRoom(joined('Ana'));
    await until('it to be seen', () => views(call).get('ana/camera')?.visible);
    const elsewhere = document.createElement('div');
    room.after(elsewhere);
    elsewhere.append(room);
    await until('it to be seen again', () => views(call).get('ana/camera')?.visible);
    elsewhere.remove();
  });

  it('follows a tile that grows, scrolls away, and goes', async () => {
    const { room, call, set } = await fakeRoom(joined('Ana', 'Ben'));
    room.style.width = '200px';
    await until('it to be seen', () => views(call).get('ana/camera')?.visible);
    const area = () => {
      const { width, height } = views(call).get('ana/camera') ?? { width: 0, height: 0 };
      return width * height;
    };
    const narrow = area();
    room.style.width = '1000px';
    await until('a larger tile', () => area() > narrow * 1.1);
    room.style.marginTop = '5000px';
    await until('nothing to be seen', () => views(call).get('ana/camera')?.visible === false);
    room.style.marginTop = '0';
    await until('it to be seen again', () => views(call).get('ana/camera')?.visible);
    await set(joined('Ben'));
    await until('it to be gone', () => views(call).get('ana/camera') === null);
  });

  it('is nothing in a hidden tab', async () => {
    const { call } = await fakeRoom(joined('Ana', 'Ben'));
    await until('it to be seen', () => views(call).get('ana/camera')?.visible);
    const turn = (hidden: boolean): void => {
      Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    };
    try {
      turn(true);
      expect(views(call).get('ana/camera')?.visible).to.equal(false);
      turn(false);
      expect(views(call).get('ana/camera')?.visible).to.equal(true);
    } finally {
      Reflect.deleteProperty(document, 'hidden');
    }
  });

  it('is nothing where the visitor wants no pictures, and all of it when they want them again', async () => {
    const { room, call } = await fakeRoom(joined('Ana', 'Ben'));
    await until('it to be seen', () => views(call).get('ana/camera')?.visible);
    room.layout = 'audio';
    await until('nothing to be seen', () => [...views(call).values()].every((view) => view?.visible === false));
    room.layout = 'auto';
    await until('it to be seen again', () => views(call).get('ana/camera')?.visible);
  });

  it('counts the same picture in two places as the larger of them', async () => {
    const { room, call } = await fakeRoom(joined('Ana', 'Ben'));
    await until('it to be seen', () => views(call).get('ana/camera')?.visible);
    const own = document.createElement('webrtc-video-tile');
    own.participantId = 'ana';
    own.style.setProperty('width', '900px');
    own.style.setProperty('display', 'block');
    own.slot = 'side';
    room.append(own);
    await until('the larger one', () => (views(call).get('ana/camera')?.width ?? 0) >= 890 * devicePixelRatio);
    own.remove();
    await until('the other one again', () => (views(call).get('ana/camera')?.width ?? 1e9) < 890 * devicePixelRatio);
  });
});
