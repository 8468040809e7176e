import { expect } from '@open-wc/testing';
import '../../components/index.js';
import { DEVICES, fakeRoom, frames, joined, me, ON } from '../support/fake-rooms.js';

type Root = ShadowRoot;
const caret = (root: Root, kind: string) => root.querySelector<HTMLButtonElement>(`[data-menu=${kind}]`)!;
const menu = (root: Root) => root.querySelector<HTMLElement>('[role=menu]');
const items = (root: Root) => [...menu(root)!.querySelectorAll<HTMLButtonElement>('[role^=menuitem]')];
const texts = (root: Root) => items(root).map((item) => item.textContent.trim());
const focused = (root: Root) => root.activeElement?.textContent.trim();
const press = (root: Root, key: string) =>
  root.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }));
const chooses = 'setSinkId' in HTMLMediaElement.prototype;

async function inCall(size?: string) {
  const fake = await fakeRoom({ ...joined('Ana'), devices: DEVICES, local: me({ microphone: { ...ON, deviceId: 'two' } }) });
  if (size) fake.room.style.cssText = size;
  await fake.settle();
  const root = fake.controls()!.shadowRoot!;
  const open = async (kind: string) => {
    caret(root, kind).click();
    await fake.settle();
  };
  return { ...fake, root, open };
}

describe('the menu of a device', () => {
  it('is offered once the browser tells what there is', async () => {
    const { controls, set } = await fakeRoom(joined('Ana'));
    expect(caret(controls()!.shadowRoot!, 'camera')).to.not.exist;
    await set({ devices: DEVICES });
    expect(caret(controls()!.shadowRoot!, 'camera').getAttribute('aria-label')).to.equal('Camera options');
  });

  it('lists what there is, with the one in use checked and in focus', async () => {
    const { root, open } = await inCall();
    await open('microphone');
    expect(texts(root).slice(0, 2)).to.deep.equal(['Headset', 'Desk microphone']);
    expect(menu(root)!.querySelectorAll('[aria-checked=true]:not([data-later])')).to.have.length(chooses ? 2 : 1);
    expect(focused(root)).to.equal('Desk microphone');
    expect(caret(root, 'microphone').getAttribute('aria-expanded')).to.equal('true');
    if (chooses) expect(texts(root).slice(2, 5)).to.deep.equal(['System default', 'Headset', 'Play a test sound']);
  });

  it('of the microphone offers how much of the noise is taken away', async () => {
    const { root, open, call, set } = await inCall();
    const noise = () => items(root).slice(-3);
    const checked = () => noise().map((item) => [item.textContent.trim(), item.getAttribute('aria-checked')].join(' '));
    await open('microphone');
    expect(checked()).to.deep.equal(['Off false', 'On true', 'Strong false']);
    await expect(menu(root)!).to.be.accessible();
    noise()[2]!.click();
    await frames();
    expect(call.asked('setNoiseSuppression').map(({ with: with_ }) => with_)).to.deep.equal([['strong']]);
    expect(menu(root)).to.not.exist;
    await set({ local: me({ noiseSuppression: 'strong' }) });
    await open('microphone');
    expect(checked()[2]).to.equal('Strong true');
  });

  it('of the camera offers what can be behind us', async () => {
    const { root, open, call } = await inCall();
    await open('camera');
    const blur = items(root).find((item) => item.textContent.trim() === 'Blur')!;
    expect(texts(root).slice(-6)).to.deep.equal(['None', 'Blur', 'Dusk', 'Meadow', 'Studio', 'Your own image…']);
    expect(
      items(root)
        .find((item) => item.textContent.trim() === 'None')!
        .getAttribute('aria-checked'),
    ).to.equal('true');
    blur.click();
    await frames();
    expect(call.asked('setBackground').map(({ with: with_ }) => with_)).to.deep.equal([['blur']]);
    expect(menu(root)).to.not.exist;
  });

  it('uses the one that is chosen, and gives the focus back', async () => {
    const { root, open, call, settle } = await inCall();
    await open('camera');
    items(root)[1]!.click();
    await settle();
    expect(call.asked('switchActiveDevice')).to.deep.equal([{ name: 'switchActiveDevice', with: ['camera', 'two'] }]);
    expect(menu(root)).to.not.exist;
    expect(root.activeElement).to.equal(caret(root, 'camera'));
  });

  it('moves with arrows, Home, End and first letters, and closes with Escape', async () => {
    const { root, open, settle } = await inCall();
    await open('camera');
    press(root, 'ArrowDown');
    expect(focused(root)).to.equal('Back camera');
    press(root, 'ArrowDown');
    expect(focused(root)).to.equal('None');
    press(root, 'ArrowUp');
    expect(focused(root)).to.equal('Back camera');
    press(root, 'Home');
    expect(focused(root)).to.equal('Front camera');
    press(root, 'b');
    expect(focused(root)).to.equal('Back camera');
    press(root, 'Escape');
    await settle();
    expect(menu(root)).to.not.exist;
    expect(root.activeElement).to.equal(caret(root, 'camera'));
  });

  it('closes by a press outside or on its own button, and is one at a time', async () => {
    const { root, open, settle } = await inCall();
    await open('camera');
    document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }));
    await settle();
    expect(menu(root)).to.not.exist;
    await open('camera');
    await open('microphone');
    expect(root.querySelectorAll('[role=menu]')).to.have.length(1);
    await open('microphone');
    expect(menu(root)).to.not.exist;
  });

  it('is whole even where the room is a stamp', async () => {
    const { root, controls, settle } = await inCall('width: 240px; height: 180px');
    const main = root.querySelector('[data-control=microphone]')!;
    main.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true }));
    await settle();
    await frames(4);
    const { top, left, right, bottom } = menu(root)!.getBoundingClientRect();
    expect(top >= 0 && left >= 0 && right <= innerWidth && bottom <= innerHeight, `${top} ${left} ${right} ${bottom}`).to.be.true;
    const at = root.activeElement!.getBoundingClientRect();
    const drawn = document.elementFromPoint(at.left + 20, at.top + 10);
    expect(drawn?.localName).to.equal('webrtc-room');
    await expect(controls()!).to.be.accessible();
  });

  it('is there at the door, too', async () => {
    const { prejoin, settle, call } = await fakeRoom({ devices: DEVICES, local: me({ id: null }) });
    const root = prejoin()!.shadowRoot!;
    caret(root, 'camera').click();
    await settle();
    items(root)[1]!.click();
    expect(call.asked('switchActiveDevice')).to.have.length(1);
    await settle();
    caret(root, 'microphone').click();
    await settle();
    await expect(prejoin()!).to.be.accessible();
  });
});

describe('devices of last time', () => {
  afterEach(() => localStorage.clear());

  it('are used again by id, and by name where the ids are new', async () => {
    const first = await fakeRoom({ devices: DEVICES }, { 'persist-user-choices': 'on' });
    await first.room.switchActiveDevice('camera', 'two');
    const again = await fakeRoom({}, { 'persist-user-choices': 'on' });
    expect(again.call.asked('switchActiveDevice')).to.deep.equal([{ name: 'switchActiveDevice', with: ['camera', 'two'] }]);
    const devices = { ...DEVICES, cameras: [{ id: 'new', label: 'Back camera' }] };
    again.call.emitFact({ type: 'devices-changed', devices }, { devices });
    expect(again.call.asked('switchActiveDevice').at(-1)?.with).to.deep.equal(['camera', 'new']);
  });

  it('are not remembered where the page does not want it', async () => {
    const first = await fakeRoom({ devices: DEVICES });
    await first.room.switchActiveDevice('camera', 'two');
    const again = await fakeRoom({}, { 'persist-user-choices': 'on' });
    expect(again.call.asked('switchActiveDevice')).to.have.length(0);
  });

  it('change in turn with cycleCamera(), and the page hears of it', async () => {
    const { room, call } = await fakeRoom({ ...joined('Ana'), devices: DEVICES });
    await room.cycleCamera();
    expect(call.asked('switchActiveDevice').at(-1)?.with).to.deep.equal(['camera', 'two']);
    let detail: unknown;
    room.addEventListener('selected-devices-updated', (event) => (detail = event.detail));
    call.emitFact({ type: 'output-device-selected', deviceId: 'three' }, { speakerId: 'three' });
    expect(detail).to.deep.equal({ microphone: 'one', camera: 'one', speaker: 'three' });
  });
});
