/** Under CSS `zoom` and transforms of the page: menus open at their button, the toolbar folds as it must, our picture follows the pointer. */
import { expect } from '@open-wc/testing';
import '../../components/index.js';
import { fakeRoom, frames, joined, DEVICES } from '../support/fake-rooms.js';

const ROOT = document.documentElement;

async function zoomed(where: 'body' | 'html' | 'parent', zoom: number, width = 900) {
  const fake = await fakeRoom({ ...joined('Ana', 'Ben'), devices: DEVICES });
  const holder = fake.room.parentElement!;
  holder.style.cssText = `width: ${width}px; height: 420px`;
  fake.room.style.cssText = 'height: 100%';
  const at = { html: ROOT, body: document.body, parent: holder }[where];
  at.style.setProperty('zoom', String(zoom));
  await frames(6);
  fake.room.scrollIntoView({ block: 'end' });
  await frames(2);
  return fake;
}

describe('a zoomed page', () => {
  afterEach(() => {
    for (const element of [ROOT, document.body]) element.style.removeProperty('zoom');
    window.scrollTo(0, 0);
  });

  for (const where of ['html', 'body', 'parent'] as const) {
    for (const zoom of [0.8, 1, 1.5, 2]) {
      it(`opens a menu at its button, inside the window (${where}, ${zoom})`, async () => {
        const { controls } = await zoomed(where, zoom, 340);
        const bar = controls()!.shadowRoot!;
        const button = bar.querySelector<HTMLElement>('[data-control=more]')!;
        button.click();
        await frames(4);
        const [menu, from] = [bar.querySelector('.menu')!.getBoundingClientRect(), button.getBoundingClientRect()];
        const [width, height] = [window.innerWidth, window.innerHeight];
        expect(menu.left, 'left').to.be.at.least(-1);
        expect(menu.top, 'top').to.be.at.least(-1);
        expect(menu.right, 'right').to.be.at.most(width + 1);
        expect(menu.bottom, 'bottom').to.be.at.most(height + 1);
        const apart = Math.max(0, from.top - menu.bottom, menu.top - from.bottom);
        expect(apart, 'from the button').to.be.at.most(24);
        expect(Math.max(0, menu.left - from.right, from.left - menu.right), 'beside the button').to.be.at.most(9);
      });
    }
  }

  for (const zoom of [0.8, 2]) {
    it(`keeps all that fits in the toolbar, and no more (${zoom})`, async () => {
      const names = async (scale: number) => {
        const { controls, room } = await zoomed('parent', scale, 620);
        const all = [...controls()!.shadowRoot!.querySelectorAll<HTMLElement>('.bar [data-control]')];
        const shown = all
          .filter((each) => getComputedStyle(each).visibility === 'visible')
          .map((each) => each.dataset['control']);
        const [bar, box] = [controls()!.shadowRoot!.querySelector('.bar')!.getBoundingClientRect(), room.getBoundingClientRect()];
        expect(bar.right).to.be.at.most(box.right + 1);
        return shown;
      };
      expect(await names(zoom)).to.deep.equal(await names(1));
    });
  }

  it('is a page that is moved and scaled, too', async () => {
    const { room, controls } = await fakeRoom({ ...joined('Ana'), devices: DEVICES });
    room.parentElement!.style.cssText = 'width: 600px; transform: translate(40px, 30px) scale(0.7); transform-origin: 0 0';
    await frames(4);
    const bar = controls()!.shadowRoot!;
    const button = bar.querySelector<HTMLElement>('[data-menu=microphone]')!;
    button.click();
    await frames(4);
    const [menu, from] = [bar.querySelector('.menu')!.getBoundingClientRect(), button.getBoundingClientRect()];
    expect(Math.max(0, from.top - menu.bottom, menu.top - from.bottom)).to.be.at.most(24);
  });
});
