/** What a tile tells of a weak connection, and of somebody one has silenced. */
import { expect } from '@open-wc/testing';
import '../../components/index.js';
import type { NetworkQuality } from '../../components/core/network.js';
import type { WebrtcVideoTile } from '../../components/tile/define.js';
import { fakeRoom, frames, joined, person, textOf, type FakeRoom } from '../support/fake-rooms.js';

const marks = (tile: WebrtcVideoTile) => [...tile.shadowRoot!.querySelectorAll<HTMLElement>('.mark')];
const signOf = (tile: WebrtcVideoTile) => tile.shadowRoot!.querySelector<HTMLElement>('.mark[part=network-indicator]');
const called = (tile: WebrtcVideoTile) =>
  [...tile.shadowRoot!.querySelectorAll('.visually-hidden')].map((node) => textOf(node)).join(' ');
const withQuality = (networkQuality: NetworkQuality | undefined, link: 'connected' | 'reconnecting' = 'connected') => ({
  ...joined(),
  participants: [person('Ana', { networkQuality, link }), person('Ben')],
});

async function room(...args: Parameters<typeof fakeRoom>): Promise<FakeRoom> {
  const fake = await fakeRoom(...args);
  await frames(10);
  return fake;
}

describe('<webrtc-video-tile>, its signs', () => {
  it('shows bars while the connection is weak, with a name, and nothing while it is well', async () => {
    const { tiles, set } = await room(withQuality('good'));
    const ana = tiles()[0]!;
    for (const quality of [undefined, 'good', 'excellent'] as const) {
      await set(withQuality(quality));
      expect(marks(ana), quality).to.have.length(0);
    }
    await set(withQuality('poor'));
    expect(signOf(ana)!.querySelectorAll('.full')).to.have.length(1);
    expect(called(ana)).to.equal('Ana , weak connection');
    expect(signOf(tiles()[1]!)).to.equal(null);
    await set(withQuality('lost'));
    expect(signOf(ana)!.querySelectorAll('.full')).to.have.length(0);
    expect(called(ana)).to.equal('Ana , no connection');
  });

  it('leaves the word to the whole tile while the link is being mended', async () => {
    const { tiles } = await room(withQuality('lost', 'reconnecting'));
    expect(marks(tiles()[0]!)).to.have.length(0);
    expect(tiles()[0]!.shadowRoot!.querySelector('.status')).to.exist;
  });

  it('takes its colour from the page', async () => {
    const { room: element, tiles } = await room(withQuality('poor'));
    element.style.setProperty('--webrtc-connection-poor', 'rgb(1, 2, 3)');
    const bar = signOf(tiles()[0]!)!.querySelector('.full')!;
    expect(getComputedStyle(bar).fill).to.equal('rgb(1, 2, 3)');
  });

  it('shows whom one has silenced, and only them', async () => {
    const { room: element, tiles, settle } = await room(joined('Ana', 'Ben'));
    const sign = (tile: WebrtcVideoTile) => tile.shadowRoot!.querySelector('[part=silenced-icon]');
    element.setParticipantVolume('ana', 0);
    await settle();
    expect(sign(tiles()[0]!)).to.exist;
    expect(called(tiles()[0]!)).to.equal('Ana , Muted for you');
    expect(sign(tiles()[1]!)).to.equal(null);
    element.setParticipantVolume('ana', 0.3);
    await settle();
    expect(sign(tiles()[0]!)).to.equal(null);
  });

  for (const lang of ['en', 'ar']) {
    it(`keeps clear of the name, in a box of 240 × 180, in ${lang}`, async () => {
      const fake = await room(withQuality('poor'), { lang });
      fake.room.style.cssText = 'inline-size: 240px; block-size: 180px';
      await frames(20);
      const ana = fake.tiles()[0]!;
      const [sign, name, box] = [
        signOf(ana)!.getBoundingClientRect(),
        ana.shadowRoot!.querySelector('.name-tag')!.getBoundingClientRect(),
        ana.getBoundingClientRect(),
      ];
      expect(sign.left >= box.left && sign.right <= box.right && sign.bottom <= box.bottom && sign.width > 10).to.be.true;
      expect(sign.left >= name.right || sign.right <= name.left, 'one beside the other').to.be.true;
    });
  }

  for (const theme of ['light', 'dark']) {
    it(`axe finds nothing: ${theme}`, async () => {
      const { room: element, settle } = await room(withQuality('poor'), { theme });
      element.setParticipantVolume('ana', 0);
      await settle();
      await expect(element).to.be.accessible();
    });
  }
});
