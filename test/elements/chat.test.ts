import { expect, fixture, html } from '@open-wc/testing';
import '../../components/index.js';
import '../../components/chat/define.js';
import { CallError } from '../../components/core/call-error.js';
import type { CallState } from '../../components/core/call-state.js';
import { GUEST } from '../../components/core/participant.js';
import type { ChatMessage } from '../../components/core/messaging/chat-log.js';
import { fakeRoom, frames, joined, me, textOf } from '../support/fake-rooms.js';
import { until } from '../support/until.js';

let count = 0;
function said(by: string, text: string, more: Partial<ChatMessage> = {}): ChatMessage {
  count += 1;
  return {
    id: `message-${count}`,
    from: by.toLowerCase(),
    displayName: by,
    text,
    sentAt: Date.now() - 60_000 + count,
    own: by === 'Nora',
    status: 'sent',
    receivedFrom: null,
    ...more,
  };
}

async function open(state: Partial<CallState> = {}, attributes = {}) {
  const fake = await fakeRoom({ ...joined('Ana', 'Ben'), ...state }, attributes);
  const control = () => fake.controls()!.shadowRoot!.querySelector<HTMLElement>('[data-control=chat]')!;
  control().focus();
  control().click();
  await frames(6);
  const panel = fake.room.shadowRoot!.querySelector('webrtc-chat')!;
  const root = panel.shadowRoot!;
  const field = () => root.querySelector('textarea')!;
  const type = async (text: string): Promise<void> => {
    field().value = text;
    field().dispatchEvent(new Event('input', { bubbles: true }));
    await frames(1);
  };
  const press = (key: string, more: KeyboardEventInit = {}): KeyboardEvent => {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...more });
    field().dispatchEvent(event);
    return event;
  };
  return { ...fake, panel, root, field, type, press, control, list: () => root.querySelector<HTMLElement>('.scroll')! };
}

describe('<webrtc-chat>', () => {
  it('opens and closes by its control, with the focus, and the page hears of it', async () => {
    const heard: boolean[] = [];
    const listen = (event: Event) => heard.push((event as CustomEvent<{ open: boolean }>).detail.open);
    document.addEventListener('chat-toggle', listen);
    const { room, root, press, panel, controls } = await open();
    expect(root.activeElement?.localName).to.equal('textarea');
    press('Escape');
    await frames();
    expect(panel.isConnected).to.be.false;
    expect(controls()!.shadowRoot!.activeElement?.getAttribute('data-control')).to.equal('chat');
    expect(room.chatOpen).to.be.false;
    expect(heard).to.deep.equal([true, false]);
    document.removeEventListener('chat-toggle', listen);
  });

  it('shows what is said as text, whatever it looks like, and links only what is http', async () => {
    const { root } = await open({
      chat: [
        said('Ana', '<img src=x onerror=alert(1)> **bold** javascript:alert(1)'),
        said('Ben', 'see https://example.org/a, ok'),
      ],
    });
    const [first, second] = [...root.querySelectorAll('[part=message]')];
    expect(first!.children).to.have.length(0);
    expect(first!.textContent).to.equal('<img src=x onerror=alert(1)> **bold** javascript:alert(1)');
    const links = [...second!.querySelectorAll('a')];
    expect(links.map(({ href, rel, target }) => [href, rel, target])).to.deep.equal([
      ['https://example.org/a', 'noopener noreferrer', '_blank'],
    ]);
    expect(second!.textContent).to.equal('see https://example.org/a, ok');
  });

  it('isolates names and texts of another direction, and dates them in the language of the page', async () => {
    const sentAt = new Date().setHours(15, 4);
    const { root } = await open({ chat: [said('\u202eAna', 'مرحبا', { sentAt })] }, { lang: 'de' });
    expect(root.querySelector('.who bdi')!.textContent).to.equal('\u202eAna');
    expect(root.querySelector('[part=message]')!.getAttribute('dir')).to.equal('auto');
    expect(root.querySelector('time')!.textContent).to.equal('15:04');
  });

  it('sends on Enter, breaks the line on Shift+Enter, and leaves an input method alone', async () => {
    const { call, field, type, press } = await open();
    await type('Hello');
    expect(press('Enter', { isComposing: true }).defaultPrevented).to.be.false;
    expect(press('Enter', { keyCode: 229 }).defaultPrevented, 'Safari, after the composition').to.be.false;
    expect(press('Enter', { shiftKey: true }).defaultPrevented).to.be.false;
    expect(call.asked('sendChatMessage')).to.have.length(0);
    expect(press('Enter').defaultPrevented).to.be.true;
    expect(call.asked('sendChatMessage')).to.deep.equal([{ name: 'sendChatMessage', with: ['Hello'] }]);
    await frames(1);
    expect(field().value).to.equal('');
    await type('  \n ');
    press('Enter');
    expect(call.asked('sendChatMessage')).to.have.length(1);
  });

  it('gives back what was not taken because it was too much at once, and says so', async () => {
    const { call, field, type, press, root } = await open();
    call.failures.set('sendChatMessage', new CallError('RATE_LIMITED'));
    await type('One more');
    press('Enter');
    await frames(2);
    expect(field().value).to.equal('One more');
    expect(root.querySelector('.hint')!.textContent).to.contain('Wait a moment');
  });

  it('counts towards the end, and sends nothing that is too long', async () => {
    const { call, type, press, root, field } = await open();
    await type('x'.repeat(1_900));
    expect(textOf(root.querySelector('.hint')!)).to.equal('1,900 / 2,000');
    await type('x'.repeat(2_001));
    expect(field().getAttribute('aria-invalid')).to.equal('true');
    press('Enter');
    expect(call.asked('sendChatMessage')).to.have.length(0);
  });

  it('keeps what was being written while it is closed', async () => {
    const { room, type } = await open();
    await type('half a thou');
    room.toggleChat(false);
    await frames();
    room.toggleChat(true);
    await frames(5);
    expect(room.shadowRoot!.querySelector('webrtc-chat')!.shadowRoot!.querySelector('textarea')!.value).to.equal('half a thou');
  });

  it('counts what is unread on its button until it was on the screen, and draws a line before it', async () => {
    const chat = [said('Ana', 'read'), said('Ana', 'new'), said('Ben', 'newer')];
    const { call, control, root, settle } = await open();
    control().click();
    await settle();
    call.emitFact({ type: 'chat-changed', chat, unread: 2, message: chat[2]! }, { chat, chatUnread: 2 });
    await settle();
    expect(control().getAttribute('aria-label')).to.equal('Show chat (2 unread)');
    expect(control().querySelector('.count')!.getAttribute('data-count')).to.equal('2');
    expect(root.isConnected).to.be.false;
    control().click();
    await frames(6);
    expect(call.state.get().chatUnread).to.equal(0);
    const again = control().getRootNode() as ShadowRoot;
    const panel = (again.host.getRootNode() as ShadowRoot).querySelector('webrtc-chat')!.shadowRoot!;
    const order = [...panel.querySelectorAll('.divider, [part=message]')].map(textOf);
    expect(order).to.deep.equal(['read', 'New', 'new', 'newer']);
  });

  it('does not run away from who reads above, and offers the way down', async () => {
    const chat = Array.from({ length: 60 }, (_, index) => said('Ana', `line ${index}`));
    const { call, list, root, settle } = await open({ chat });
    expect(list().scrollTop).to.be.greaterThan(100);
    list().scrollTop = 0;
    await frames(3);
    const more = [...chat, said('Ben', 'one more')];
    call.set({ chat: more, chatUnread: 1 });
    await settle();
    expect(list().scrollTop).to.equal(0);
    expect(call.state.get().chatUnread, 'not seen yet').to.equal(1);
    const jump = root.querySelector<HTMLElement>('.jump')!;
    expect(textOf(jump)).to.equal('1 unread');
    jump.click();
    await frames(5);
    expect(call.state.get().chatUnread).to.equal(0);
    expect(root.querySelector('.jump')).to.not.exist;
  });

  it('offers to try again what nobody could be reached for', async () => {
    const failed = said('Nora', 'lost', { status: 'failed' });
    const { call, root } = await open({ chat: [failed] });
    expect(textOf(root.querySelector('.failed:not(.message)')!)).to.contain('Not delivered');
    root.querySelector<HTMLElement>('.failed button')!.click();
    expect(call.asked('retryChatMessage')).to.deep.equal([{ name: 'retryChatMessage', with: [failed.id] }]);
  });

  it('tells what others have told of the time before', async () => {
    const { root } = await open({ chat: [said('Cem', 'earlier', { receivedFrom: 'ana' }), said('Ana', 'now')] });
    expect(textOf(root.querySelector('.note')!)).to.equal('Earlier messages, as Ana has them');
  });

  it('is to read only for who may not write', async () => {
    const { root } = await open({ local: me({ grants: { ...GUEST, chat: false } }) });
    expect(root.querySelector('textarea')).to.not.exist;
    expect(textOf(root.querySelector('.quiet')!)).to.contain('not write');
  });

  it('works outside the room by `for`, and is not closed there', async () => {
    const { room, call } = await fakeRoom({ ...joined('Ana'), chat: [said('Ana', 'anywhere')] });
    room.id = 'the-room';
    const chat = (await fixture(html`<webrtc-chat for="the-room"></webrtc-chat>`)).shadowRoot!;
    await frames(4);
    expect(textOf(chat.querySelector('[part=message]')!)).to.equal('anywhere');
    expect(chat.querySelector('header button')).to.not.exist;
    const field = chat.querySelector('textarea')!;
    field.value = 'from outside';
    field.dispatchEvent(new Event('input'));
    chat.querySelector('form')!.requestSubmit();
    expect(call.asked('sendChatMessage')).to.deep.equal([{ name: 'sendChatMessage', with: ['from outside'] }]);
  });

  it('is said aloud while it is closed, and by the list itself while it is open', async () => {
    const message = said('Ana', 'psst');
    const tell = { type: 'chat-changed', chat: [message], unread: 1, message } as const;
    const { room, call, root } = await open();
    const status = () => room.shadowRoot!.querySelector('.visually-hidden[role=status]')!.textContent;
    expect(root.querySelector('[role=log]')).to.exist;
    call.emitFact(tell, { chat: [message] });
    await frames();
    room.toggleChat(false);
    const ben = { ...said('Ben', 'pssst'), id: 'second' };
    call.emitFact({ ...tell, chat: [message, ben], message: ben }, { chat: [message, ben] });
    // What is said within a moment is one sentence: the first would be in it.
    await until('the second to be said aloud', () => status() === 'New message from Ben.');
  });

  for (const [name, chat] of [
    ['empty', []],
    ['full', [said('Ana', 'a https://example.org'), said('Nora', 'b'), said('Nora', 'c', { status: 'failed' })]],
  ] as const)
    for (const attributes of [{ theme: 'light' }, { theme: 'dark' }, { lang: 'ar', theme: 'light' }])
      it(`${name}, ${JSON.stringify(attributes)}: axe finds nothing`, async () => {
        const { room } = await open({ chat }, attributes);
        await frames(20);
        await expect(room).to.be.accessible();
      });
});

describe('a chat that is full', () => {
  const many = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) =>
      said(
        ['Ana', 'Ben'][Math.floor((from + index) / 3) % 2]!,
        `Number ${from + index} of many, see https://example.org/${from + index}`,
        {
          id: `many-${from + index}`,
          sentAt: Date.now() - 600_000 + from + index,
        },
      ),
    );

  it('draws what is new, and nothing that was there', async () => {
    const all = many(0, 201);
    const { set, list } = await open({ chat: all.slice(0, 200) });
    const before = [...list().querySelectorAll('.message')];
    const changed: MutationRecord[] = [];
    const observer = new MutationObserver((records) => changed.push(...records));
    observer.observe(list(), { childList: true, subtree: true, attributes: true, characterData: true });
    await set({ chat: all.slice(1) });
    observer.disconnect();
    const after = [...list().querySelectorAll('.message')];
    expect(after).to.have.length(200);
    expect(after.slice(0, 199)).to.deep.equal(before.slice(1));
    const elements = changed
      .flatMap(({ addedNodes, removedNodes }) => [...addedNodes, ...removedNodes])
      .filter((node) => node instanceof Element);
    expect(elements.length).to.be.at.most(4);
  });

  it('holds still what is read while it goes on', async () => {
    const all = many(0, 260);
    const { set, list } = await open({ chat: all.slice(0, 200) });
    list().scrollTop = list().scrollHeight / 2;
    await frames(3);
    const middle = [...list().querySelectorAll('.message')].find(
      (each) => each.getBoundingClientRect().top > list().getBoundingClientRect().top,
    )!;
    const at = middle.getBoundingClientRect().top;
    for (let step = 1; step <= 60; step += 7) {
      await set({ chat: all.slice(step, 200 + step), chatUnread: step });
      expect(middle.isConnected).to.be.true;
      expect(middle.getBoundingClientRect().top).to.be.within(at - 1, at + 1);
    }
  });

  it('takes a pasted book without holding the page up, and says that it is too long', async () => {
    const { field, root, type } = await open();
    const book = 'word '.repeat(200_000);
    const data = new DataTransfer();
    data.setData('text/plain', book);
    const paste = new ClipboardEvent('paste', { bubbles: true, composed: true, cancelable: true });
    Object.defineProperty(paste, 'clipboardData', { value: data });
    field().value = 'Look: ';
    field().dispatchEvent(new Event('input', { bubbles: true }));
    field().setSelectionRange(6, 6);
    field().dispatchEvent(paste);
    await frames();
    expect(paste.defaultPrevented).to.be.true;
    expect(field().value.startsWith('Look: word word ')).to.be.true;
    expect(field().value.length).to.be.at.most(16_000);
    expect(textOf(root.querySelector('.hint')!)).to.match(/1\d,\d{3} \/ 2,000/);
    await type(book);
    expect(field().value.length).to.be.at.most(16_000);
    await type('short again');
    expect(textOf(root.querySelector('.hint')!)).to.equal('');
  });
});
