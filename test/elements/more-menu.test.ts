import { expect } from '@open-wc/testing';
import '../../components/index.js';
import '../../components/participants/define.js';
import { fakeRoom, frames, joined, textOf } from '../support/fake-rooms.js';
import { until } from '../support/until.js';

const press = (target: Element, key: string) =>
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }));

/** A toolbar outside the room, with a wide button of the page's own, in a box of that width. */
async function bar(width: number, state = joined('Ana'), own = 100) {
  const fake = await fakeRoom(state);
  fake.room.id = 'narrow';
  const controls = document.createElement('webrtc-controls');
  controls.setAttribute('for', 'narrow');
  controls.setAttribute('controls', 'microphone camera screenshare people leave');
  controls.style.inlineSize = `${width}px`;
  const theirs = document.createElement('div');
  theirs.slot = 'end';
  theirs.style.inlineSize = `${own}px`;
  controls.append(theirs);
  fake.room.parentElement!.append(controls);
  await frames(6);
  const root = controls.shadowRoot!;
  const seen = () =>
    [...root.querySelectorAll<HTMLElement>('[data-control]')]
      .filter((each) => getComputedStyle(each).visibility === 'visible')
      .map((each) => each.dataset['control']);
  const more = () => root.querySelector<HTMLElement>('[data-control=more]')!;
  const items = () => [...root.querySelectorAll<HTMLElement>('[role=menuitem]')];
  return { ...fake, controls, root, seen, more, items };
}

describe('a toolbar that is too narrow', () => {
  it('puts what does not fit into a menu, by its own width and not the window’s, and takes it back', async () => {
    const { controls, seen } = await bar(900);
    const shows = (...names: string[]) => until(names.join(), () => seen().join() === names.join());
    await shows('microphone', 'camera', 'screenshare', 'people', 'leave');
    controls.style.inlineSize = '320px';
    await shows('microphone', 'camera', 'more', 'leave');
    const { left, right } = controls.getBoundingClientRect();
    for (const button of controls.shadowRoot!.querySelectorAll('.bar button:not(.over)')) {
      const at = button.getBoundingClientRect();
      expect(at.left >= left && at.right <= right, button.className).to.be.true;
    }
    controls.style.inlineSize = '900px';
    await shows('microphone', 'camera', 'screenshare', 'people', 'leave');
  });

  it('has a menu with one focus, moved by arrows; Escape gives the focus back to its button', async () => {
    const { root, more, items } = await bar(320);
    expect(more().getAttribute('aria-haspopup')).to.equal('menu');
    more().focus();
    more().click();
    await frames(6);
    expect(more().getAttribute('aria-expanded')).to.equal('true');
    expect(items().map(textOf)).to.deep.equal(['Share your screen', 'Show people 2']);
    expect(root.activeElement).to.equal(items()[0]);
    press(items()[0]!, 'ArrowDown');
    expect(root.activeElement).to.equal(items()[1]);
    await expect(root.host).to.be.accessible();
    press(items()[1]!, 'Escape');
    await frames();
    expect(items()).to.have.length(0);
    expect(root.activeElement).to.equal(more());
  });

  it('does what the button would do, and goes back to the button of the menu', async () => {
    const { root, call, room, more, items } = await bar(320);
    more().click();
    await frames(6);
    items()[0]!.click();
    await frames();
    expect(call.asked('setScreenshare')).to.deep.equal([{ name: 'setScreenshare', with: [true] }]);
    expect(root.activeElement).to.equal(more());
    more().click();
    await frames(6);
    items()[1]!.click();
    await frames();
    expect(room.peopleOpen).to.be.true;
  });

  it('shows on its button that there is news inside', async () => {
    const { more, set } = await bar(320);
    expect(more().querySelector('.dot')).to.not.exist;
    await set({ waiting: [{ waitingId: 'w', displayName: 'Wanda' }] });
    expect(more().querySelector('.dot')).to.exist;
  });

  it('keeps one stop of the Tab key among the buttons that are seen', async () => {
    const { root, controls, seen } = await bar(320);
    controls.focus();
    press(root.activeElement!, 'End');
    expect((root.activeElement as HTMLElement).dataset['control']).to.equal('leave');
    press(root.activeElement!, 'ArrowLeft');
    expect((root.activeElement as HTMLElement).dataset['control']).to.equal('more');
    await frames();
    expect(root.querySelectorAll('[tabindex="0"]')).to.have.length(1);
    expect(seen()).to.contain((root.querySelector('[tabindex="0"]') as HTMLElement).dataset['control']);
  });
});

describe('a panel of the room', () => {
  it('closes by Escape, and the focus is on its button again', async () => {
    const { room, controls } = await fakeRoom(joined('Ana'));
    const button = controls()!.shadowRoot!.querySelector<HTMLElement>('[data-control=people]')!;
    button.focus();
    button.click();
    await frames(8);
    const side = room.shadowRoot!.querySelector('.side')!;
    expect(side.contains(room.shadowRoot!.activeElement)).to.be.true;
    press(room.shadowRoot!.activeElement!, 'Escape');
    await frames(4);
    expect(room.shadowRoot!.querySelector('.side')).to.not.exist;
    expect(controls()!.shadowRoot!.activeElement).to.equal(button);
  });

  it('stands beside the stage in a wide box, over it in a narrow one', async () => {
    const { room, settle } = await fakeRoom(joined('Ana'));
    room.style.cssText = 'inline-size: 900px; block-size: 560px';
    room.togglePeople(true);
    await frames(5);
    const box = (name: string) => room.shadowRoot!.querySelector(name)!.getBoundingClientRect();
    expect(box('.side').left).to.be.at.least(box('.stage').right);
    room.style.inlineSize = '400px';
    await settle();
    expect(box('.side').left).to.be.at.most(box('.stage').left);
    expect(box('.side').width).to.be.at.least(box('.stage').width);
  });
});
