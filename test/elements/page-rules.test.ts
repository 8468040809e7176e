/** What the style sheets of a page do to every element of it: resets that take the room apart, and single rules that must work beside them. */
import { expect, fixture, html } from '@open-wc/testing';
import '../../components/index.js';
import '../../components/chat/define.js';
import '../../components/participants/define.js';
import '../../components/settings/define.js';
import { PHONES, showPhone } from '../../demo/gallery/phones.js';
import { fakeRoom, frames, joined } from '../support/fake-rooms.js';

const RESETS: Readonly<Record<string, string>> = {
  'all: unset': '* { all: unset }',
  'all: initial': '* { all: initial }',
  'all: revert': '* { all: revert }',
  'no generated content': '*::before, *::after { content: none !important; display: none !important }',
  'children inline': '.page * { display: inline }',
  'children contents': '.page * { display: contents }',
  'children flex': '.page * { display: flex }',
  'children inline-flex': '.page * { display: inline-flex }',
  'nothing positioned': '* { position: static !important; inset: auto !important }',
  'no containment': '* { contain: none !important; container-type: normal !important; isolation: auto !important }',
  'sizes as of the content': '* { width: auto; height: auto; min-width: 0; min-height: 0; aspect-ratio: auto }',
  'small type':
    '* { font: 5px/0 monospace; letter-spacing: 9px; text-indent: -9999px; word-spacing: 2em; text-transform: uppercase }',
  'invisible type': '* { color: white; -webkit-text-fill-color: transparent; text-shadow: 0 0 9px red; user-select: none }',
  overflow: '* { overflow: visible; white-space: nowrap; float: left }',
};

const styles = new Set<HTMLStyleElement>();
function rule(text: string): void {
  const style = document.createElement('style');
  style.textContent = text;
  // A page that resets everything says where it stands itself.
  document.head.append(style);
  styles.add(style);
}

const boxIn = (element: Element) => element.shadowRoot!.querySelector('.box')!.getBoundingClientRect();

async function roomIn(text: string, own = '') {
  const fake = await fakeRoom(joined('Ana', 'Ben'));
  const page = fake.room.parentElement!;
  page.className = 'page';
  page.style.cssText = 'display: block; position: relative; width: 700px; margin: 60px 0 0 30px';
  rule(text);
  if (own) rule(own);
  await frames(4);
  return { ...fake, page: page.getBoundingClientRect() };
}

const textSize = (element: Element): number => parseFloat(getComputedStyle(element).fontSize);

describe('a page that resets everything', () => {
  afterEach(() => {
    styles.forEach((style) => style.remove());
    styles.clear();
  });

  for (const [name, text] of Object.entries(RESETS)) {
    it(`${name}: the room keeps its place, its size and its words`, async () => {
      const { room, page, tiles, stage, controls } = await roomIn(text);
      const box = boxIn(room);
      expect(box.left).to.be.within(page.left - 1, page.left + 1);
      expect(box.top).to.be.at.least(page.top - 1);
      expect(box.width, 'wide').to.be.within(239, 701);
      expect(box.height, 'high').to.be.within(400, 900);
      const inner = room.shadowRoot!.querySelector('.room')!;
      expect(inner.getBoundingClientRect().width, 'filled').to.equal(box.width);
      const tile = tiles()[0]!.getBoundingClientRect();
      const on = stage()!.getBoundingClientRect();
      expect(tile.width).to.be.greaterThan(60);
      expect(tile.right).to.be.at.most(on.right + 1);
      expect(textSize(inner)).to.be.at.least(16);
      const look = getComputedStyle(inner);
      expect([look.letterSpacing, look.textTransform, look.textIndent]).to.deep.equal(['normal', 'none', '0px']);
      expect(getComputedStyle(room.shadowRoot!.querySelector('.box')!).userSelect).to.equal('text');
      expect(controls()!.getBoundingClientRect().bottom).to.be.at.most(box.bottom);
    });

    it(`${name}: one ordinary rule still sizes, places and hides it`, async () => {
      const { room, page } = await roomIn(
        text,
        '.page webrtc-room { display: block; width: 420px; height: 330px; position: absolute; left: 80px; top: 10px }',
      );
      const [host, box] = [room.getBoundingClientRect(), boxIn(room)];
      if (!text.includes('position: static')) {
        expect(box.left).to.equal(page.left + 80);
        expect(box.top).to.equal(page.top + 10);
      }
      expect([host.width, host.height, box.width, box.height]).to.deep.equal([420, 330, 420, 330]);
      room.hidden = true;
      expect(boxIn(room).height).to.equal(0);
      room.hidden = false;
      room.style.display = 'none';
      expect(boxIn(room).height).to.equal(0);
      room.style.display = '';
      expect(boxIn(room).height).to.equal(330);
      room.style.visibility = 'hidden';
      expect(getComputedStyle(room.shadowRoot!.querySelector('.room')!).visibility).to.equal('hidden');
    });
  }

  it('sizes an inline room by its height alone, and by a minimum', async () => {
    const { room } = await roomIn('* { all: unset }', 'webrtc-room { height: 320px }');
    await frames(4);
    expect(boxIn(room).height).to.equal(320);
    rule('webrtc-room { display: block; height: auto; min-height: 777px }');
    await frames(4);
    expect(boxIn(room).height).to.equal(777);
    rule('webrtc-room { min-height: 0; max-height: 222px }');
    await frames(4);
    expect(boxIn(room).height).to.equal(222);
  });

  it('leaves the pieces that stand alone where they are', async () => {
    const page = await fixture<HTMLElement>(
      html`<div class="page" style="display: block; width: 600px; margin: 40px">
        <webrtc-video-tile display-name="Ana"></webrtc-video-tile>
      </div>`,
    );
    rule('* { all: unset }');
    await frames(4);
    const tile = page.querySelector('webrtc-video-tile')!;
    const { width, height, top } = tile.shadowRoot!.querySelector('.tile')!.getBoundingClientRect();
    expect(width).to.equal(600);
    expect(height).to.be.within(337, 338);
    expect(top).to.be.at.least(40);
  });

  it('leaves pieces outside of a room as large as the page makes them', async () => {
    const { room } = await fakeRoom(joined('Ana', 'Ben'));
    room.id = 'elsewhere';
    const page = await fixture<HTMLElement>(
      html`<div class="page" style="display: block; width: 500px">
        <webrtc-stage for="elsewhere"></webrtc-stage><webrtc-controls for="elsewhere"></webrtc-controls
        ><webrtc-chat for="elsewhere"></webrtc-chat>
      </div>`,
    );
    rule('* { all: unset } webrtc-stage { height: 240px }');
    await frames(6);
    const stage = page.querySelector('webrtc-stage')!;
    expect(stage.shadowRoot!.querySelector('.list')!.getBoundingClientRect().height).to.equal(240);
    expect(stage.shadowRoot!.querySelector('webrtc-video-tile')!.getBoundingClientRect().width).to.be.within(60, 500);
    expect(page.querySelector('webrtc-controls')!.shadowRoot!.querySelector('.bar')!.getBoundingClientRect().width).to.be.within(
      200,
      500,
    );
    expect(page.querySelector('webrtc-chat')!.shadowRoot!.querySelector('.panel')!.getBoundingClientRect().width).to.equal(500);
  });

  it('leaves the telephone a telephone', async () => {
    await showPhone(Object.keys(PHONES)[0]!, {});
    const phone = document.querySelector('webrtc-phone')!;
    rule('* { all: unset }');
    await frames(4);
    const { width, height } = phone.shadowRoot!.querySelector('.phone')!.getBoundingClientRect();
    expect(width).to.be.greaterThan(200);
    expect(height).to.be.greaterThan(150);
    phone.remove();
  });

  it('does not lie over the page below with what gives it its height', async () => {
    const { room } = await roomIn('', 'webrtc-room { height: 200px }');
    const below = document.createElement('button');
    below.textContent = 'Below';
    room.after(below);
    const { left, top } = below.getBoundingClientRect();
    expect(document.elementFromPoint(left + 5, top + 5)).to.equal(below);
  });
});
