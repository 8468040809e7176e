/** What can be done with a tile of a room. */
import '../../components/index.js';
import { expect, fixture, html } from '@open-wc/testing';
import { GUEST } from '../../components/core/participant.js';
import type { WebrtcVideoTile } from '../../components/tile/define.js';
import { fakeRoom, frames, joined, me, person, textOf } from '../support/fake-rooms.js';

const HOST = me({ role: 'host', grants: { ...GUEST, moderate: true } });
const button = (tile: WebrtcVideoTile, selector: string) => tile.shadowRoot!.querySelector<HTMLElement>(selector)!;
const items = (tile: WebrtcVideoTile) =>
  [...tile.shadowRoot!.querySelectorAll<HTMLElement>('.menu .item')].map((item) => item.textContent.trim());
const item = (tile: WebrtcVideoTile, text: string) =>
  [...tile.shadowRoot!.querySelectorAll<HTMLElement>('.menu .item')].find((each) => each.textContent.includes(text))!;

async function opened(state: Parameters<typeof fakeRoom>[0], name: string, screen = false) {
  const fake = await fakeRoom(state);
  await frames(10);
  const tile = fake.tiles().find((each) => each.displayName === name && each.screen === screen)!;
  button(tile, '.more').click();
  await frames();
  return { ...fake, tile };
}
const press = async (target: HTMLElement, key: string) => {
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, composed: true }));
  await frames();
};

describe('<webrtc-video-tile>, its menu', () => {
  it('is not there outside a room', async () => {
    const tile = await fixture<WebrtcVideoTile>(html`<webrtc-video-tile participant-id="ana"></webrtc-video-tile>`);
    await frames(5);
    expect(button(tile, '.actions')).to.not.exist;
  });

  it('pins and unpins, by its button and by a double click', async () => {
    const { room, tiles } = await fakeRoom(joined('Ana', 'Ben'));
    await frames(10);
    const ana = tiles()[0]!;
    expect(button(ana, '.pin').getAttribute('aria-label')).to.equal('Pin Ana');
    button(ana, '.pin').click();
    expect(room.view.pinned).to.equal('ana');
    await frames();
    expect(button(ana, '.pin').getAttribute('aria-label')).to.equal('Unpin Ana');
    ana.dispatchEvent(new MouseEvent('dblclick', { bubbles: true, composed: true }));
    expect(room.view.pinned).to.be.null;
  });

  it('makes somebody quieter, only here, and remembers it', async () => {
    const { room, tile, set } = await opened(joined('Ana', 'Ben'), 'Ana');
    const slider = button(tile, 'input[type=range]') as HTMLInputElement;
    slider.value = '40';
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    await frames();
    expect(tile.shadowRoot!.querySelector('audio')!.volume).to.equal(0.4);
    await set({ participants: [person('Ben')] });
    await set({ participants: [person('Ana'), person('Ben')] });
    expect(room.view.volumes.get('ana')).to.equal(0.4);
    room.setParticipantVolume('ana', 7);
    expect(room.view.volumes.get('ana')).to.equal(1);
  });

  it('offers a guest nothing that only a host may do', async () => {
    const { tile } = await opened(joined('Ana', 'Ben'), 'Ana');
    expect(items(tile)).to.deep.equal(['Pin']);
  });

  it('lets a host mute, and remove after a question', async () => {
    const { tile, call } = await opened({ ...joined('Ana', 'Ben'), local: HOST }, 'Ana');
    item(tile, 'Mute Ana').click();
    expect(call.asked('muteParticipants')[0]?.with).to.deep.equal([['ana']]);
    await frames();
    button(tile, '.more').click();
    await frames();
    item(tile, 'Remove Ana').click();
    await frames();
    expect(call.asked('kickParticipant')).to.be.empty;
    expect(textOf(button(tile, '.menu'))).to.contain('Remove Ana from the call?');
    button(tile, '.menu .danger').click();
    expect(call.asked('kickParticipant')[0]?.with).to.deep.equal(['ana']);
  });

  it('offers for our own picture the mirror and hiding it', async () => {
    const { tile, room } = await opened(joined('Ana'), 'Nora');
    expect(items(tile)).to.deep.equal(['Don’t mirror my video', 'Hide self view']);
    item(tile, 'mirror').click();
    await frames();
    expect(tile.mirror).to.be.false;
    expect(room.mirror).to.equal('on');
  });

  it('offers a screen in full', async () => {
    const media = { microphone: true, camera: true, screen: true, screenAudio: false };
    const { tile } = await opened({ ...joined(), participants: [person('Ana', { media })] }, 'Ana', true);
    expect(items(tile).includes('Full screen')).to.equal(document.fullscreenEnabled);
  });

  it('is moved through with arrows and closed by Escape, back on its button', async () => {
    const { tile } = await opened({ ...joined('Ana', 'Ben'), local: HOST }, 'Ana');
    const menu = button(tile, '.menu');
    expect(menu.matches(':popover-open')).to.be.true;
    expect(tile.shadowRoot!.activeElement).to.equal(item(tile, 'Pin'));
    await press(item(tile, 'Pin'), 'End');
    expect(tile.shadowRoot!.activeElement).to.equal(item(tile, 'Remove Ana'));
    await press(item(tile, 'Remove Ana'), 'Escape');
    expect(button(tile, '.menu')).to.not.exist;
    expect(tile.shadowRoot!.activeElement).to.equal(button(tile, '.more'));
  });
});
