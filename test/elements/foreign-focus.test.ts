/** Whose key, and whose press, it is: rooms inside dialogs and closed roots of the page, and closed roots of the page inside rooms. */
import { expect, waitUntil } from '@open-wc/testing';
import '../../components/index.js';
import '../../components/chat/define.js';
import { DEVICES, fakeRoom, frames, joined } from '../support/fake-rooms.js';

class ClosedField extends HTMLElement {
  readonly input = document.createElement('input');
  constructor() {
    super();
    this.attachShadow({ mode: 'closed' }).append(this.input);
  }
}
customElements.define('closed-field', ClosedField);

const key = (target: EventTarget, code: string, name = code.replace('Key', '').toLowerCase()): KeyboardEvent => {
  const event = new KeyboardEvent('keydown', { code, key: name, bubbles: true, composed: true, cancelable: true });
  target.dispatchEvent(event);
  return event;
};

async function inDialog() {
  const fake = await fakeRoom(joined('Ana'));
  const dialog = document.createElement('dialog');
  fake.room.parentElement!.append(dialog);
  dialog.append(fake.room);
  dialog.showModal();
  await frames(4);
  return { ...fake, dialog, inside: fake.room.shadowRoot!.querySelector<HTMLElement>('.room')! };
}

describe('a room inside a dialog of the page', () => {
  it('has its shortcuts', async () => {
    const { inside, call } = await inDialog();
    expect(key(inside, 'KeyM').defaultPrevented).to.be.true;
    expect(call.asked('setMicrophone')).to.have.length(1);
  });

  it('closes its panel by Escape, and the dialog by the next one', async () => {
    const { room, inside, dialog } = await inDialog();
    let heard = 0;
    dialog.addEventListener('keydown', () => heard++);
    room.toggleChat(true);
    await waitUntil(() => room.shadowRoot!.querySelector('webrtc-chat')?.shadowRoot?.querySelector('textarea'));
    const field = room.shadowRoot!.querySelector('webrtc-chat')!.shadowRoot!.querySelector('textarea')!;
    expect(key(field, 'Escape', 'Escape').defaultPrevented, 'not for the dialog').to.be.true;
    expect([room.chatOpen, dialog.open, heard]).to.deep.equal([false, true, 0]);
    expect(key(inside, 'Escape', 'Escape').defaultPrevented, 'for the dialog').to.be.false;
    expect(heard).to.equal(1);
  });

  it('is asked nothing by letters while a question of its own is open', async () => {
    const { room, inside, call, settle } = await inDialog();
    key(inside, 'Slash', '?');
    await settle();
    const own = room.shadowRoot!.querySelector<HTMLDialogElement>('dialog.keys')!;
    expect(own.open).to.be.true;
    key(own.querySelector('h2')!, 'KeyM');
    expect(call.asked('setMicrophone')).to.have.length(0);
  });
});

describe('elements of the page inside a room', () => {
  async function holding<E extends HTMLElement>(element: E) {
    const fake = await fakeRoom(joined('Ana'));
    element.slot = 'header';
    fake.room.append(element);
    await frames(2);
    return { ...fake, element };
  }

  it('keep what is typed into a closed root', async () => {
    const { call, element } = await holding(document.createElement('closed-field') as ClosedField);
    element.input.focus();
    for (const code of ['KeyM', 'KeyV', 'KeyC', 'Space']) expect(key(element.input, code).defaultPrevented, code).to.be.false;
    expect([call.asked('setMicrophone'), call.asked('setCamera')]).to.deep.equal([[], []]);
  });

  it('keep it in a plain element with a closed root, too, also one that can be focused itself', async () => {
    for (const focusable of [false, true]) {
      const { call, element } = await holding(document.createElement('div'));
      if (focusable) element.tabIndex = 0;
      const area = document.createElement('textarea');
      element.attachShadow({ mode: 'closed' }).append(area);
      area.focus();
      expect(key(area, 'KeyM').defaultPrevented).to.be.false;
      expect(call.asked('setMicrophone')).to.have.length(0);
    }
  });

  it('share the keys where nobody can type', async () => {
    for (const tag of ['button', 'summary', 'li']) {
      const { call, element } = await holding(document.createElement(tag));
      element.tabIndex = 0;
      element.focus();
      key(element, 'KeyM');
      expect(call.asked('setMicrophone'), tag).to.have.length(1);
    }
  });
});

describe('a room inside a closed root of the page', () => {
  async function veiled() {
    const fake = await fakeRoom({ ...joined('Ana'), devices: DEVICES });
    const host = document.createElement('section');
    fake.room.parentElement!.append(host);
    const root = host.attachShadow({ mode: 'closed' });
    const neighbour = document.createElement('button');
    root.append(fake.room, neighbour);
    await frames(4);
    const bar = fake.room.shadowRoot!.querySelector('webrtc-controls')!.shadowRoot!;
    bar.querySelector<HTMLElement>('[data-menu=microphone]')!.click();
    await frames(4);
    const menu = () => bar.querySelector<HTMLElement>('.menu');
    expect(menu()).to.exist;
    return { ...fake, host, neighbour, menu };
  }
  const press = (target: EventTarget) =>
    target.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true, cancelable: true }));

  it('keeps its menu open under a press on one of its items', async () => {
    const { menu } = await veiled();
    press(menu()!.querySelector('[role^=menuitem]')!);
    await frames(2);
    expect(menu()).to.exist;
  });

  for (const [where, find] of [
    ['elsewhere in that root', (all: Awaited<ReturnType<typeof veiled>>) => all.neighbour],
    ['elsewhere in the page', () => document.body],
    ['elsewhere in the room', (all: Awaited<ReturnType<typeof veiled>>) => all.room.shadowRoot!.querySelector('.stage')!],
  ] as const) {
    it(`closes it by a press ${where}`, async () => {
      const all = await veiled();
      press(find(all));
      await frames(2);
      expect(all.menu()).to.not.exist;
    });
  }

  it('has its shortcuts', async () => {
    const { room, call, menu } = await veiled();
    press(document.body);
    await frames(2);
    expect(menu()).to.not.exist;
    key(room.shadowRoot!.querySelector('.room')!, 'KeyM');
    expect(call.asked('setMicrophone')).to.have.length(1);
  });
});
