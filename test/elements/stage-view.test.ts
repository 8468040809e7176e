/** How a visitor looks at a call: pinned, leafed through, their own picture carried about. */
import '../../components/index.js';
import { expect } from '@open-wc/testing';
import { CORNERS } from '../../components/shared/view.js';
import { arrived, fakeRoom, frames, joined, person, type FakeRoom } from '../support/fake-rooms.js';

const NAMES = ['Ana', 'Ben', 'Cem', 'Dua', 'Eva', 'Fen', 'Gil', 'Hal', 'Ida', 'Jon', 'Kim', 'Lea'];
const SCREEN = { microphone: true, camera: true, screen: true, screenAudio: false };

const tileOf = ({ tiles }: FakeRoom, name: string, screen = false) =>
  tiles().find((tile) => tile.displayName === name && tile.screen === screen)!;
const visible = ({ tiles }: FakeRoom) => tiles().filter((tile) => getComputedStyle(tile).display !== 'none');
const area = (tile: HTMLElement) => tile.offsetWidth * tile.offsetHeight;
const inStage = <E extends HTMLElement>({ stage }: FakeRoom, selector: string) => stage()!.shadowRoot!.querySelector<E>(selector);
/** What is hit where somebody points at it, when that is something else. */
function covers(sign: Element): readonly Element[] {
  const { left, right, top, bottom } = sign.getBoundingClientRect();
  return [
    [left + 2, (top + bottom) / 2],
    [(left + right) / 2, (top + bottom) / 2],
    [right - 2, (top + bottom) / 2],
  ].flatMap(([x, y]) => {
    let hit = document.elementFromPoint(x!, y!);
    while (hit?.shadowRoot) {
      const deeper = hit.shadowRoot.elementFromPoint(x!, y!);
      if (!deeper || deeper === hit) break;
      hit = deeper;
    }
    return !hit || sign.contains(hit) ? [] : [hit];
  });
}

async function inBox(fake: FakeRoom, width: number, height: number): Promise<FakeRoom> {
  fake.room.style.cssText = `inline-size: ${width}px; block-size: ${height}px; min-block-size: 0`;
  await arrived();
  return fake;
}

describe('<webrtc-stage>, looked at', () => {
  it('keeps whoever is pinned large, with everybody else beside, until unpinned', async () => {
    const fake = await fakeRoom(joined('Ana', 'Ben', 'Cem'));
    fake.room.pinParticipant('ben');
    await arrived();
    const ben = tileOf(fake, 'Ben');
    expect(ben.pinned && ben.hasAttribute('data-pinned') && ben.matches(':state(pinned)')).to.be.true;
    for (const tile of fake.tiles()) if (tile !== ben) expect(area(tile) * 3).to.be.below(area(ben));
    fake.room.pinParticipant(null);
    await arrived();
    expect(ben.pinned).to.be.false;
    expect(area(tileOf(fake, 'Ana'))).to.equal(area(ben));
  });

  it('moves no tile in the page, so that no player stops', async () => {
    const fake = await fakeRoom(joined('Ana', 'Ben', 'Cem'));
    const before = [...fake.tiles()];
    fake.room.pinParticipant('cem');
    fake.room.layout = 'spotlight';
    await fake.set({ activeSpeaker: 'ben' });
    await arrived();
    expect(fake.tiles()).to.deep.equal(before);
  });

  it('makes one of several screens large, and does not let a later one push it away', async () => {
    const fake = await fakeRoom({ ...joined(), participants: [person('Ana'), person('Ben', { media: SCREEN })] });
    await fake.set({ participants: [person('Ana', { media: SCREEN }), person('Ben', { media: SCREEN })] });
    await arrived();
    expect(area(tileOf(fake, 'Ben', true))).to.be.above(3 * area(tileOf(fake, 'Ana', true)));
    fake.room.pinParticipant('ana/screen');
    await arrived();
    expect(area(tileOf(fake, 'Ana', true))).to.be.above(3 * area(tileOf(fake, 'Ben', true)));
  });

  it('has no pages while everybody fits', async () => {
    const fake = await inBox(await fakeRoom(joined(...NAMES.slice(0, 8))), 800, 560);
    expect(inStage(fake, '.pager')).to.not.exist;
    expect(visible(fake)).to.have.length(9);
  });

  it('is leafed through where not all are legible; who is on another page is still heard', async () => {
    const fake = await inBox(await fakeRoom(joined(...NAMES)), 320, 420);
    const first = visible(fake).map(({ displayName }) => displayName);
    expect(first).to.include('Nora');
    expect(first.length).to.be.below(13);
    const next = [...inStage(fake, '.pager')!.querySelectorAll('button')].at(-1)!;
    expect(next.getAttribute('aria-label')).to.equal('Next page');
    next.focus();
    next.click();
    await frames();
    const second = visible(fake).map(({ displayName }) => displayName);
    expect(second.some((name) => first.includes(name))).to.be.false;
    expect(inStage(fake, '.pager [role=status]')!.textContent).to.contain('Page 2 of');
    expect(fake.stage()!.shadowRoot!.activeElement).to.equal(next);
    for (const tile of fake.tiles()) expect(tile.isConnected && !tile.mutedAudio).to.be.true;
  });

  it('fetches who begins to speak on another page, and moves only one other', async () => {
    const fake = await inBox(await fakeRoom(joined(...NAMES)), 320, 420);
    const before = visible(fake).map(({ displayName }) => displayName);
    expect(before).to.not.include('Lea');
    await fake.set({ activeSpeaker: 'lea' });
    const after = visible(fake).map(({ displayName }) => displayName);
    expect(after).to.include('Lea');
    expect(before.filter((name) => !after.includes(name))).to.have.length(1);
  });

  it('the own picture goes from corner to corner by arrows, by pointer, and stays there', async () => {
    const fake = await inBox(await fakeRoom(joined('Ana')), 600, 400);
    const me = tileOf(fake, 'Nora');
    const where = () => {
      const [tile, box] = [me.getBoundingClientRect(), fake.stage()!.getBoundingClientRect()];
      return [
        tile.left + tile.width / 2 < box.left + box.width / 2 ? 'left' : 'right',
        tile.top + tile.height / 2 < box.top + box.height / 2 ? 'top' : 'bottom',
      ];
    };
    expect(where()).to.deep.equal(['right', 'top']);
    const handle = inStage(fake, '.handle')!;
    handle.focus();
    for (const key of ['ArrowDown', 'ArrowLeft']) {
      inStage(fake, '.handle')!.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      await arrived();
    }
    expect(where()).to.deep.equal(['left', 'bottom']);
    const { left, top } = me.getBoundingClientRect();
    const point = (type: string, x: number, y: number) =>
      me.dispatchEvent(
        new PointerEvent(type, { pointerId: 1, isPrimary: true, clientX: x, clientY: y, bubbles: true, composed: true }),
      );
    me.setPointerCapture = () => undefined; // no such pointer
    point('pointerdown', left + 5, top + 5);
    point('pointermove', left + 400, top - 250);
    expect(me.hasAttribute('data-carried')).to.be.true;
    await frames();
    point('pointerup', left + 400, top - 250);
    await arrived();
    expect(me.hasAttribute('data-carried')).to.be.false;
    expect(where()).to.deep.equal(['right', 'top']);
  });

  for (const [width, height] of [
    [900, 560],
    [320, 420],
    [240, 180],
  ] as const) {
    it(`nothing of the other lies under our own picture, wherever it rests, nor under what brings it back: ${width} × ${height}`, async () => {
      const ana = person('Ana', { handRaised: true, handOrder: 1, networkQuality: 'poor' });
      const fake = await inBox(await fakeRoom({ ...joined(), participants: [ana] }), width, height);
      for (const selfView of [true, false])
        for (const corner of CORNERS) {
          fake.room.setView({ corner, selfView });
          await arrived();
          for (const selector of ['.more', '.name-tag', '.hand', '.mark']) {
            const sign = tileOf(fake, 'Ana').shadowRoot!.querySelector(selector)!;
            expect(covers(sign), `${selector}, ${corner}, ${selfView ? 'picture' : 'button'}`).to.deep.equal([]);
          }
        }
    });
  }

  it('the own picture can be hidden from ourselves and brought back', async () => {
    const fake = await fakeRoom(joined('Ana'));
    fake.room.setView({ selfView: false });
    await frames();
    expect(tileOf(fake, 'Nora')).to.not.exist;
    const back = inStage(fake, '.hidden-self button')!;
    expect(back.getAttribute('aria-label')).to.equal('Show self view');
    back.click();
    await frames();
    expect(tileOf(fake, 'Nora')).to.exist;
  });

  it('remembers the corner for the next time', async () => {
    localStorage.removeItem('webrtc-elements:choices');
    const fake = await fakeRoom(joined('Ana'), { 'persist-user-choices': 'on' });
    fake.room.setView({ corner: 'end-start' });
    const later = await fakeRoom(joined('Ana'), { 'persist-user-choices': 'on' });
    expect(later.room.view.corner).to.equal('end-start');
    localStorage.removeItem('webrtc-elements:choices');
  });
});
