import { expect } from '@open-wc/testing';
import '../../components/index.js';
import type { WebrtcControls } from '../../components/index.js';
import { FakeCall } from '../../components/testing/fake-call.js';
import { failed, fakeRoom, frames, joined, me, ON } from '../support/fake-rooms.js';

const labels = (controls: WebrtcControls): readonly (string | null)[] =>
  [...controls.shadowRoot!.querySelectorAll('button')].map((button) => button.getAttribute('aria-label'));
const button = (controls: WebrtcControls, name: string) =>
  controls.shadowRoot!.querySelector<HTMLButtonElement>(`[data-control=${name}]`)!;
const press = (target: Element, key: string) =>
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true }));

describe('<webrtc-controls>', () => {
  it('says what a press does, and never says it is pressed', async () => {
    const { controls, set } = await fakeRoom(joined('Ana'), { controls: 'microphone camera screenshare people leave' });
    expect(labels(controls()!)).to.deep.equal([
      'Turn off microphone',
      'Turn off camera',
      'Share your screen',
      'Show people (2)',
      'Leave',
    ]);
    await set({ local: me({ microphone: { ...ON, status: 'off' }, screen: ON }) });
    expect(labels(controls()!)).to.deep.equal([
      'Turn on microphone',
      'Turn off camera',
      'Stop sharing your screen',
      'Show people (2)',
      'Leave',
    ]);
    expect(controls()!.shadowRoot!.querySelector('[aria-pressed]')).to.not.exist;
  });

  it('asks the call and shows only what became true', async () => {
    const { controls, call, settle } = await fakeRoom(joined('Ana'));
    button(controls()!, 'camera').click();
    await settle();
    expect(call.asked('setCamera')).to.deep.equal([{ name: 'setCamera', with: [false] }]);
    expect(labels(controls()!)[1]).to.equal('Turn off camera');
  });

  it('is busy while a device changes, and takes no second press', async () => {
    const { controls, call } = await fakeRoom({ ...joined('Ana'), local: me({ camera: { ...ON, status: 'turning-on' } }) });
    const camera = button(controls()!, 'camera');
    expect(camera.getAttribute('aria-busy')).to.equal('true');
    camera.click();
    expect(call.asked('setCamera')).to.have.length(0);
  });

  it('marks a device that failed, and survives an intent that fails', async () => {
    const { controls, call, settle } = await fakeRoom({ ...joined('Ana'), local: me({ camera: failed('camera', 'in-use') }) });
    expect(labels(controls()!)[1]).to.equal('Turn on camera (there was a problem)');
    expect(button(controls()!, 'camera').querySelector('.dot')).to.exist;
    call.failures.set('setCamera', new Error('still in use'));
    button(controls()!, 'camera').click();
    await settle();
  });

  it('is one stop of the Tab key, and arrows, Home and End move within', async () => {
    const { controls, settle } = await fakeRoom(joined('Ana'));
    const root = controls()!.shadowRoot!;
    expect(root.querySelectorAll('[tabindex="0"]')).to.have.length(1);
    controls()!.focus();
    const at = () => root.activeElement?.getAttribute('data-control');
    expect(at()).to.equal('microphone');
    press(root.activeElement!, 'ArrowRight');
    expect(at()).to.equal('camera');
    press(root.activeElement!, 'End');
    expect(at()).to.equal('leave');
    press(root.activeElement!, 'ArrowRight');
    expect(at()).to.equal('microphone');
    press(root.activeElement!, 'ArrowLeft');
    expect(at()).to.equal('leave');
    press(root.activeElement!, 'Home');
    await settle();
    expect(at()).to.equal('microphone');
    expect(root.querySelector('[tabindex="0"]')).to.equal(root.activeElement);
  });

  it('goes the other way with arrows where people read the other way', async () => {
    const { controls } = await fakeRoom(joined('Ana'), { dir: 'rtl' });
    controls()!.focus();
    press(controls()!.shadowRoot!.activeElement!, 'ArrowLeft');
    expect(controls()!.shadowRoot!.activeElement?.getAttribute('data-control')).to.equal('camera');
  });

  it('has large targets even in a narrow box', async () => {
    const { room, controls, settle } = await fakeRoom(joined('Ana'));
    room.style.cssText = 'width: 240px; height: 180px';
    await settle();
    await frames(6);
    for (const target of controls()!.shadowRoot!.querySelectorAll('button')) {
      const { width, height, left, right } = target.getBoundingClientRect();
      expect(Math.min(width, height)).to.be.at.least(44);
      expect(left >= room.getBoundingClientRect().left && right <= room.getBoundingClientRect().right).to.be.true;
    }
  });

  it('has the buttons the room lists', async () => {
    const { controls } = await fakeRoom(joined('Ana'), { controls: 'leave microphone' });
    expect(labels(controls()!)).to.deep.equal(['Turn off microphone', 'Leave']);
    const minimal = await fakeRoom(joined('Ana'), { minimal: '' });
    expect(labels(minimal.controls()!)).to.deep.equal(['Leave']);
  });

  it('shows no tooltip to a visitor who was only taken there', async () => {
    const { controls, settle } = await fakeRoom(joined('Ana'));
    controls()!.focus();
    await settle();
    expect(getComputedStyle(controls()!.shadowRoot!.querySelector('.tooltip')!).display).to.equal('none');
  });

  it('leaves by way of the room, so that the page can object', async () => {
    const { room, controls, call, settle } = await fakeRoom(joined('Ana'));
    room.addEventListener('before-leave', (event) => event.preventDefault(), { once: true });
    button(controls()!, 'leave').click();
    await settle();
    expect(call.asked('leave')).to.have.length(0);
    button(controls()!, 'leave').click();
    await settle();
    expect(call.asked('leave')).to.have.length(1);
  });
});

describe('<webrtc-controls for="…">', () => {
  const outside = async (order: 'before' | 'after'): Promise<{ controls: WebrtcControls; call: FakeCall; end: () => void }> => {
    const holder = document.createElement('div');
    document.body.append(holder);
    const controls = document.createElement('webrtc-controls');
    controls.setAttribute('for', 'the-room');
    const room = document.createElement('webrtc-room');
    room.id = 'the-room';
    const call = new FakeCall({}, joined('Ana'));
    room.call = call;
    if (order === 'before') holder.append(controls);
    await frames();
    holder.append(room);
    await frames();
    if (order === 'after') holder.append(controls);
    await frames();
    return { controls, call, end: () => holder.remove() };
  };

  for (const order of ['before', 'after'] as const) {
    it(`finds a room that stands ${order === 'before' ? 'after' : 'before'} it`, async () => {
      const { controls, call, end } = await outside(order);
      button(controls, 'microphone').click();
      expect(call.asked('setMicrophone')).to.deep.equal([{ name: 'setMicrophone', with: [false] }]);
      end();
    });
  }

  it('lets go of a room that is gone and takes the next of that name', async () => {
    const { controls, call, end } = await outside('before');
    document.getElementById('the-room')!.remove();
    await frames();
    expect(getComputedStyle(button(controls, 'microphone')).visibility).to.equal('hidden');
    const next = document.createElement('webrtc-room');
    const nextCall = new FakeCall({}, joined('Ana'));
    next.call = nextCall;
    document.body.append(next);
    next.id = 'the-room';
    await frames();
    button(controls, 'camera').click();
    expect(nextCall.asked('setCamera')).to.have.length(1);
    expect(call.asked('setCamera')).to.have.length(0);
    next.remove();
    end();
  });
});
