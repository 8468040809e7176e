/** Several on one page: rooms, tiles and toolbars that share the page and nothing else. */
import { expect } from '@open-wc/testing';
import '../../components/index.js';
import type { WebrtcVideoTile } from '../../components/index.js';
import { fakeRoom, frames, joined } from '../support/fake-rooms.js';

/** Every root of the page: the document and all open shadow trees in it. */
function* roots(root: Document | ShadowRoot = document): Generator<Document | ShadowRoot> {
  yield root;
  for (const element of root.querySelectorAll('*')) if (element.shadowRoot) yield* roots(element.shadowRoot);
}

const press = (element: Element, code: string) =>
  element.dispatchEvent(
    new KeyboardEvent('keydown', { code, key: code.replace('Key', '').toLowerCase(), bubbles: true, composed: true }),
  );

describe('two rooms on one page', () => {
  it('take keys only where the focus is', async () => {
    const first = await fakeRoom(joined('Ben'));
    const second = await fakeRoom(joined('Cem'));
    press(first.room.shadowRoot!.querySelector('webrtc-controls')!, 'KeyM');
    expect(first.call.asked('setMicrophone')).to.have.length(1);
    expect(second.call.asked('setMicrophone')).to.have.length(0);
    press(document.body, 'KeyM');
    expect([first, second].map(({ call }) => call.asked('setMicrophone').length)).to.deep.equal([1, 0]);
  });

  it('switch their own devices, and end on their own', async () => {
    const first = await fakeRoom(joined('Ben'));
    const second = await fakeRoom(joined('Cem'));
    await first.room.toggleCamera(false);
    first.room.remove();
    await frames();
    expect(second.call.asked('setCamera')).to.have.length(0);
    expect(second.call.asked('leave')).to.have.length(0);
    expect(second.room.isConnected && second.room.meetingState).to.equal('joined');
  });

  it('have no id twice in one tree, and refer to nothing outside of it', async () => {
    await fakeRoom(joined('Ben'));
    await fakeRoom();
    await fakeRoom(joined('Cem'));
    let looked = 0;
    for (const root of roots()) {
      looked += 1;
      const ids = [...root.querySelectorAll('[id]')].map(({ id }) => id);
      expect(ids).to.deep.equal([...new Set(ids)]);
      if (root === document) continue;
      for (const name of ['aria-labelledby', 'aria-describedby', 'aria-controls', 'for'])
        for (const element of root.querySelectorAll(`[${name}]:not(webrtc-controls)`))
          for (const id of element.getAttribute(name)!.split(/\s+/).filter(Boolean))
            expect(ids, `${element.localName} ${name}`).to.include(id);
    }
    expect(looked).to.be.greaterThan(8);
  });

  it('tell whose event it is', async () => {
    const first = await fakeRoom(joined('Ben'));
    const second = await fakeRoom(joined('Cem'));
    const heard: EventTarget[] = [];
    const listen = (event: Event) => heard.push(event.target!);
    document.addEventListener('people-toggle', listen);
    second.room.togglePeople(true);
    document.removeEventListener('people-toggle', listen);
    expect(heard).to.deep.equal([second.room]);
    expect(first.room.shadowRoot!.querySelector('webrtc-participants')).to.equal(null);
  });
});

describe('ten tiles on one page', () => {
  it('each show their own', async () => {
    const context = new AudioContext();
    const tiles = Array.from({ length: 10 }, (_, index): WebrtcVideoTile => {
      const tile = document.createElement('webrtc-video-tile');
      const stream = context.createMediaStreamDestination().stream;
      Object.assign(tile, { displayName: `Person ${index}`, stream, microphoneOff: index % 2 === 1 });
      document.body.append(tile);
      return tile;
    });
    await frames();
    expect(tiles.map((tile) => tile.shadowRoot!.querySelector('video')?.srcObject)).to.deep.equal(
      tiles.map(({ stream }) => stream),
    );
    for (const [index, tile] of tiles.entries()) {
      expect(tile.shadowRoot!.textContent).to.contain(`Person ${index}`);
      expect(tile.hasAttribute('data-muted')).to.equal(index % 2 === 1);
    }
    for (const tile of tiles) tile.remove();
    await context.close();
  });
});
