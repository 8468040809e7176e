import { expect } from '@open-wc/testing';
import '../../components/index.js';
import { arrived, fakeRoom, joined, me, ON, person } from '../support/fake-rooms.js';

describe('<webrtc-stage>', () => {
  it('is a list with one item for each person, ourselves last', async () => {
    const { stage, tiles } = await fakeRoom(joined('Ana', 'Ben'));
    expect(stage()!.shadowRoot!.querySelector('[role=list]')).to.exist;
    expect(tiles().map((tile) => [tile.getAttribute('role'), tile.displayName])).to.deep.equal([
      ['listitem', 'Ana'],
      ['listitem', 'Ben'],
      ['listitem', 'Nora'],
    ]);
  });

  it('keeps the tile of a person when others come and go', async () => {
    const { tiles, set } = await fakeRoom(joined('Ana', 'Ben', 'Cem'));
    const cem = tiles()[2];
    await set({ participants: [person('Ben'), person('Cem'), person('Dua')] });
    expect(tiles()[1]).to.equal(cem);
  });

  it('lets our own picture float when there is one other person, and not with layout="grid"', async () => {
    const { room, tiles, settle } = await fakeRoom(joined('Ana'));
    expect(tiles()[1]!.className).to.equal('floats');
    expect(tiles()[1]!.offsetWidth).to.be.lessThan(tiles()[0]!.offsetWidth / 2);
    room.layout = 'grid';
    await settle();
    expect(tiles()[1]!.className).to.equal('');
  });

  it('gives a shared screen most of the room, shown whole', async () => {
    const media = { microphone: true, camera: true, screen: true, screenAudio: false };
    const { tiles } = await fakeRoom({ ...joined('Ben'), participants: [person('Ana', { media }), person('Ben')] });
    const [screen, ...people] = tiles();
    expect(screen!.screen).to.be.true;
    expect(people).to.have.length(3);
    await arrived();
    const area = (tile: HTMLElement) => tile.offsetWidth * tile.offsetHeight;
    expect(people.every((tile) => area(tile) * 3 < area(screen!))).to.be.true;
  });

  it('shows nobody\'s camera with layout="audio"', async () => {
    const { tiles } = await fakeRoom(joined('Ana', 'Ben'), { layout: 'audio' });
    expect(tiles().every((tile) => tile.cameraOff)).to.be.true;
  });

  it('mirrors our own camera, and only that, unless told not to', async () => {
    const { room, tiles, settle } = await fakeRoom({ ...joined('Ana'), local: me({ screen: ON }) });
    expect(tiles().map((tile) => tile.mirror)).to.deep.equal([false, true]);
    room.mirror = 'off';
    await settle();
    expect(tiles().map((tile) => tile.mirror)).to.deep.equal([false, false]);
  });

  it('rings who speaks, and nobody whose microphone is off', async () => {
    const silent = person('Ben', { media: { microphone: false, camera: true, screen: false, screenAudio: false } });
    const { call, tiles, settle } = await fakeRoom({ ...joined(), participants: [person('Ana'), silent] });
    call.levels.set(
      new Map([
        ['ana', 0.5],
        ['ben', 0.5],
        ['local', 0.01],
      ]),
    );
    await settle();
    expect(tiles().map((tile) => tile.speaking)).to.deep.equal([true, false, false]);
  });

  it('follows the size of its box', async () => {
    const { room, tiles } = await fakeRoom(joined('Ana', 'Ben', 'Cem'));
    room.style.cssText = 'width: 300px; height: 600px';
    await arrived();
    const box = room.getBoundingClientRect();
    for (const tile of tiles()) {
      const { left, right, top, bottom } = tile.getBoundingClientRect();
      expect(left >= box.left && right <= box.right && top >= box.top && bottom <= box.bottom).to.be.true;
    }
  });
});
