import { expect } from '@open-wc/testing';
import '../../components/index.js';
import { CallError } from '../../components/core/call-error.js';
import { NOBODY, SOURCE_OFF, type LocalSource } from '../../components/core/participant.js';
import { failed, fakeRoom, frames, me, textOf, type FakeRoom } from '../support/fake-rooms.js';

const button = ({ prejoin }: FakeRoom, selector: string) => prejoin()!.shadowRoot!.querySelector<HTMLButtonElement>(selector)!;
const field = ({ prejoin }: FakeRoom) => prejoin()!.shadowRoot!.querySelector('input')!;

function type(input: HTMLInputElement, value: string): void {
  input.value = value;
  input.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

describe('<webrtc-prejoin>', () => {
  it('says before joining that the call is being recorded', async () => {
    const occupancy = { participants: 2, limit: 8, full: false, recording: true as const };
    const { prejoin, settle } = await fakeRoom({ occupancy });
    for (let turn = 0; turn < 300 && !textOf(prejoin()!).includes('recorded'); turn += 1) await frames(1);
    await settle();
    expect(textOf(prejoin()!)).to.contain('This call is being recorded.');
  });

  it('shows the name that a ticket gives, and does not let it be changed', async () => {
    const { prejoin } = await fakeRoom({}, { token: `x.${btoa(JSON.stringify({ name: 'Priya' }))}.x` });
    const input = prejoin()!.shadowRoot!.querySelector('input')!;
    expect([input.value, input.readOnly]).to.deep.equal(['Priya', true]);
  });

  it('opens camera and microphone only when asked', async () => {
    const fake = await fakeRoom();
    expect(fake.call.asked('preview')).to.have.length(0);
    button(fake, '.invite .button').click();
    expect(fake.call.asked('preview')).to.have.length(1);
  });

  it('joins with the name that was typed, by the button or by Enter', async () => {
    const fake = await fakeRoom();
    type(field(fake), 'Ana');
    field(fake).form!.requestSubmit();
    await frames();
    expect(fake.call.options.displayName).to.equal('Ana');
    expect(fake.call.asked('join')).to.have.length(1);
  });

  describe('tells that the visitor is about to join', () => {
    const SOON = { name: 'prepare', with: [true] };
    const approach = (fake: FakeRoom, type: string): void =>
      void button(fake, '.join').dispatchEvent(new PointerEvent(type, { bubbles: true, composed: true }));
    const asked = ({ call }: FakeRoom) => call.asked('prepare').filter((intent) => intent.with.length > 0);

    it('when the pointer moves on the button, once until it goes away', async () => {
      const fake = await fakeRoom();
      approach(fake, 'pointerenter'); // a button that appears under a resting pointer hears no more than that
      expect(asked(fake)).to.deep.equal([]);
      for (const type of ['pointermove', 'pointermove', 'pointerdown']) approach(fake, type);
      expect(asked(fake)).to.deep.equal([SOON]);
      approach(fake, 'pointerleave');
      approach(fake, 'pointermove');
      expect(asked(fake)).to.deep.equal([SOON, SOON]);
    });

    it('when a finger touches it, and when the focus comes to it', async () => {
      for (const act of [(fake: FakeRoom) => approach(fake, 'pointerdown'), (fake: FakeRoom) => button(fake, '.join').focus()]) {
        const fake = await fakeRoom();
        act(fake);
        expect(asked(fake)).to.deep.equal([SOON]);
      }
    });

    it('but not while they are joining', async () => {
      const fake = await fakeRoom({ meeting: 'joining' });
      approach(fake, 'pointermove');
      expect(asked(fake)).to.deep.equal([]);
    });
  });

  it('fills in the name the page gives', async () => {
    const fake = await fakeRoom({}, { 'display-name': 'Ben' });
    expect(field(fake).value).to.equal('Ben');
  });

  it('remembers the name for the next time', async () => {
    const first = await fakeRoom({}, { 'persist-user-choices': 'on' });
    type(field(first), 'Remembered');
    const second = await fakeRoom({}, { 'persist-user-choices': 'on' });
    expect(field(second).value).to.equal('Remembered');
    localStorage.clear();
  });

  it('lets the visitor decide beforehand how to join, without opening anything', async () => {
    const fake = await fakeRoom();
    const camera = button(fake, '[data-control=camera]');
    expect(camera.getAttribute('aria-label')).to.equal('Join without camera');
    camera.click();
    await frames();
    expect(camera.getAttribute('aria-label')).to.equal('Join with camera');
    expect(fake.call.options.video).to.equal(false);
    expect(fake.call.asked('setCamera')).to.have.length(0);
  });

  it('turns a device off that is on, and joins that way', async () => {
    const fake = await fakeRoom({ local: me({ id: null }) });
    const microphone = button(fake, '[data-control=microphone]');
    expect(microphone.getAttribute('aria-label')).to.equal('Turn off microphone');
    microphone.click();
    expect(fake.call.asked('setMicrophone')).to.deep.equal([{ name: 'setMicrophone', with: [false] }]);
    expect(fake.call.options.audio).to.equal(false);
  });

  it('shows how loud one is', async () => {
    const fake = await fakeRoom({ local: me({ id: null }) });
    fake.call.levels.set(new Map([['local', 0.3]]));
    await frames();
    expect(fake.prejoin()!.shadowRoot!.querySelectorAll('.lit').length).to.be.greaterThan(2);
  });

  for (const [door, words] of [
    [{ participants: 0, limit: 8, full: false }, 'Nobody else is here yet'],
    [{ participants: 2, limit: 8, full: false }, '2 people are here'],
    [{ participants: 8, limit: 8, full: true }, 'This room is full'],
  ] as const) {
    it(`says: ${words}`, async () => {
      const { prejoin } = await fakeRoom({ occupancy: door });
      expect(textOf(prejoin()!)).to.contain(words);
    });
  }

  for (const [reason, words] of [
    ['permissions', 'Click the icon next to the address'],
    ['policy', 'allow="camera; microphone; display-capture"'],
    ['in-use', 'Another app is using the camera and microphone'],
    ['not-found', 'No camera or microphone was found'],
  ] as const) {
    it(`helps when devices fail because of ${reason}, and still lets in`, async () => {
      const fake = await fakeRoom({
        local: { ...NOBODY, microphone: failed('microphone', reason), camera: failed('camera', reason) },
      });
      expect(textOf(fake.prejoin()!)).to.contain(words);
      button(fake, '.join').click();
      await frames();
      expect(fake.call.asked('join')).to.have.length(1);
    });
  }

  it('says why joining failed and offers another try', async () => {
    const fake = await fakeRoom({ meeting: 'joining' });
    await fake.set({ meeting: 'error', error: new CallError('SERVER_BUSY') });
    expect(textOf(fake.prejoin()!)).to.contain('The call server is busy');
    expect(button(fake, '.join').textContent).to.contain('Try again');
    expect(button(fake, '.join').matches('.primary')).to.equal(true);
    expect(textOf(fake.prejoin()!)).to.not.contain('Ready to join?');
  });

  it('does not invite to what cannot help', async () => {
    const fake = await fakeRoom({ meeting: 'joining' });
    await fake.set({ meeting: 'left', leftReason: 'denied', error: new CallError('FORBIDDEN') });
    expect(fake.prejoin()!.shadowRoot!.querySelector('h2')!.textContent).to.contain('You weren’t let in');
    expect(button(fake, '.join').matches('.primary')).to.equal(false);
  });

  it('says again how to join once a try has failed: nothing is open any more', async () => {
    const wanted: LocalSource = { ...SOURCE_OFF, wanted: true };
    const fake = await fakeRoom({ meeting: 'joining', local: me({ id: null }) });
    await fake.set({
      meeting: 'error',
      error: new CallError('TIMEOUT'),
      local: { ...NOBODY, microphone: wanted, camera: wanted },
    });
    expect(button(fake, '[data-control=camera]').getAttribute('aria-label')).to.equal('Join without camera');
    expect(textOf(fake.prejoin()!)).to.contain('Turn on camera and microphone');
  });
});
