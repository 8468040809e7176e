import { expect } from '@open-wc/testing';
import '../../components/index.js';
import '../../components/participants/define.js';
import { SOURCE_OFF } from '../../components/core/participant.js';
import { fakeRoom, frames, joined, me, textOf } from '../support/fake-rooms.js';

const MUTED = { ...joined('Ana'), local: me({ microphone: SOURCE_OFF }) };

function key(target: EventTarget, code: string, more: KeyboardEventInit = {}, type = 'keydown'): KeyboardEvent {
  const event = new KeyboardEvent(type, {
    code,
    key: code.replace('Key', '').toLowerCase(),
    bubbles: true,
    composed: true,
    cancelable: true,
    ...more,
  });
  target.dispatchEvent(event);
  return event;
}

async function call(state = joined('Ana'), attributes: Readonly<Record<string, string>> = {}) {
  const fake = await fakeRoom(state, attributes);
  const inside = fake.room.shadowRoot!.querySelector<HTMLElement>('.room')!;
  const help = () => fake.room.shadowRoot!.querySelector<HTMLDialogElement>('dialog.keys');
  const asked = (name: 'setCamera' | 'setMicrophone' | 'setScreenshare') => fake.call.asked(name).map((each) => each.with[0]);
  return { ...fake, inside, help, asked };
}

describe('the keys of a call', () => {
  it('do what their control would do, by their place on the keyboard', async () => {
    const { inside, asked, room } = await call();
    key(inside, 'KeyM');
    key(inside, 'KeyV', { key: 'ㅍ' }); // a Korean layout
    key(inside, 'KeyD');
    key(inside, 'KeyP');
    expect([asked('setMicrophone'), asked('setCamera'), asked('setScreenshare')]).to.deep.equal([[false], [false], [true]]);
    expect(room.peopleOpen).to.be.true;
  });

  it('work from a part of the room that stands elsewhere, and from no other', async () => {
    const { room, asked, inside } = await call();
    room.id = 'talk';
    const make = (names: string): HTMLElement => {
      const controls = document.createElement('webrtc-controls');
      controls.setAttribute('for', names);
      room.parentElement!.append(controls);
      return controls;
    };
    const [ours, theirs] = [make('talk'), make('other')];
    const label = document.createElement('label');
    label.htmlFor = 'talk';
    room.parentElement!.append(label);
    await frames(6);
    key(theirs, 'KeyM');
    key(label, 'KeyM');
    expect(asked('setMicrophone')).to.deep.equal([]);
    key(ours.shadowRoot!.querySelector('button')!, 'KeyM');
    expect(asked('setMicrophone')).to.deep.equal([false]);
    key(inside, 'KeyM');
    expect(asked('setMicrophone'), 'once, from inside').to.deep.equal([false, false]);
    room.shortcuts = 'off';
    key(ours, 'KeyM');
    room.remove();
    key(ours, 'KeyM');
    expect(asked('setMicrophone')).to.have.length(2);
  });

  it('leave alone what is typed, composed, held, or meant for the browser', async () => {
    const { room, inside, call: fake } = await call();
    const input = document.createElement('input');
    input.slot = 'header';
    const editable = document.createElement('div');
    editable.slot = 'header';
    editable.contentEditable = 'true';
    room.append(input, editable);
    for (const target of [input, editable]) key(target, 'KeyM');
    key(inside, 'KeyM', { ctrlKey: true });
    key(inside, 'KeyM', { metaKey: true });
    key(inside, 'KeyM', { altKey: true });
    key(inside, 'KeyM', { isComposing: true });
    key(inside, 'KeyM', { repeat: true });
    expect(fake.asked('setMicrophone')).to.have.length(0);
  });

  it('are those of one room, and nobody’s outside', async () => {
    const one = await call();
    const two = await call();
    key(two.inside, 'KeyM');
    key(document.body, 'KeyV');
    expect([one.asked('setMicrophone'), two.asked('setMicrophone')]).to.deep.equal([[], [false]]);
    expect([one.asked('setCamera'), two.asked('setCamera')]).to.deep.equal([[], []]);
  });

  it('are there after a click anywhere in the room', async () => {
    const { inside, room } = await call();
    inside.focus();
    expect(document.activeElement).to.equal(room);
    expect(getComputedStyle(inside).outlineStyle).to.equal('none');
  });

  it('can be switched off, also during the call, and do nothing that is not offered', async () => {
    const { room, inside, call: fake, controls, settle } = await call();
    const microphone = () => controls()!.shadowRoot!.querySelector('[data-control=microphone]')!;
    expect(microphone().getAttribute('aria-keyshortcuts')).to.equal('M');
    expect(textOf(microphone())).to.equal('Turn off microphone M');
    room.setAttribute('shortcuts', 'off');
    await settle();
    key(inside, 'KeyM');
    expect(microphone().hasAttribute('aria-keyshortcuts')).to.be.false;
    expect(textOf(microphone())).to.equal('Turn off microphone');
    room.setAttribute('shortcuts', 'on');
    room.setAttribute('controls', 'camera leave');
    await settle();
    key(inside, 'KeyM');
    expect(fake.asked('setMicrophone')).to.have.length(0);
  });

  it('Space talks as long as it is held, while muted', async () => {
    const { inside, asked } = await call(MUTED);
    expect(key(inside, 'Space').defaultPrevented).to.be.true;
    key(inside, 'Space', { repeat: true });
    expect(asked('setMicrophone')).to.deep.equal([true]);
    key(document.body, 'Space', {}, 'keyup');
    expect(asked('setMicrophone')).to.deep.equal([true, false]);
  });

  it('Space does not stay on when the window is left, and presses the button that has the focus', async () => {
    const { inside, asked, controls } = await call(MUTED);
    key(inside, 'Space');
    window.dispatchEvent(new Event('blur'));
    expect(asked('setMicrophone')).to.deep.equal([true, false]);
    expect(key(controls()!.shadowRoot!.querySelector('[data-control=camera]')!, 'Space').defaultPrevented).to.be.false;
    expect(asked('setMicrophone')).to.deep.equal([true, false]);
  });

  it('Space is the page’s own while the microphone is on', async () => {
    const { inside, call: fake } = await call();
    key(inside, 'Space');
    expect(fake.asked('setMicrophone')).to.have.length(0);
  });

  for (const lang of ['en', 'ar']) {
    it(`? lists them in the language of the element (${lang})`, async () => {
      const { room, inside, help, settle, asked } = await call(joined('Ana'), { lang });
      await frames(8);
      inside.focus();
      key(inside, 'Slash', { key: '?', shiftKey: true });
      await settle();
      expect(help()!.open).to.be.true;
      expect(room.shadowRoot!.activeElement?.localName).to.equal('h2');
      expect([...help()!.querySelectorAll('kbd')].map(textOf).slice(0, 4)).to.deep.equal(['M', 'V', 'D', 'C']);
      const first = textOf(help()!.querySelector('dd')!);
      if (lang === 'en') expect(first).to.equal('Turn off microphone');
      else expect(first).to.match(/\p{Script=Arabic}/u);
      await expect(room).to.be.accessible();
      // A question waits: letters are no keys now.
      key(help()!.querySelector('h2')!, 'KeyM');
      expect(asked('setMicrophone')).to.deep.equal([]);
      help()!.querySelector('button')!.click();
      await settle();
      expect(help()).to.not.exist;
      expect(room.shadowRoot!.activeElement).to.equal(inside);
    });
  }
});

describe('the hint for who talks while muted', () => {
  const talk = async (fake: Awaited<ReturnType<typeof call>>) => {
    for (let index = 0; index < 8; index++) {
      fake.call.levels.set(new Map([['local', 0.4 + index / 100]]));
      await frames(1);
    }
    await frames(5);
  };
  const note = ({ room }: Awaited<ReturnType<typeof call>>) => room.shadowRoot!.querySelector('.notes')!;

  it('is shown and said once, with a button that unmutes', async () => {
    const fake = await call(MUTED);
    await talk(fake);
    expect(textOf(note(fake))).to.contain('Are you talking?');
    expect(fake.room.shadowRoot!.querySelector('[role=alert]')!.textContent).to.contain('Are you talking?');
    await expect(fake.room).to.be.accessible();
    note(fake).querySelector('button')!.click();
    expect(fake.asked('setMicrophone')).to.deep.equal([true]);
    await fake.set({ local: me() });
    expect(textOf(note(fake))).to.equal('');
    // Muted again and talking: not twice within a minute.
    await fake.set({ local: me({ microphone: SOURCE_OFF }) });
    await talk(fake);
    expect(textOf(note(fake))).to.equal('');
  });

  it('is not for who is heard', async () => {
    const fake = await call();
    await talk(fake);
    expect(textOf(note(fake))).to.equal('');
  });
});
