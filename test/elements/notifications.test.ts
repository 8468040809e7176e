import { expect, fixture, html } from '@open-wc/testing';
import type { ReactiveElement } from 'lit';
import '../../components/index.js';
import { GUEST } from '../../components/core/participant.js';
import { FocusKeeper } from '../../components/room/focus-keeper.js';
import { fakeRoom, frames, info, joined, me, person, textOf, type FakeRoom } from '../support/fake-rooms.js';

const HOST = { ...me(), role: 'host' as const, grants: { ...GUEST, moderate: true } };
const hosting = (...names: readonly string[]) => ({ ...joined(...names), local: HOST });
const guest = (name: string) => ({ waitingId: `w-${name}`, displayName: name });
const shadow = ({ room }: FakeRoom) => room.shadowRoot!;
const knock = (fake: FakeRoom) => shadow(fake).querySelector<HTMLElement>('.knock');
const toasts = (fake: FakeRoom) => [...shadow(fake).querySelectorAll<HTMLElement>('.toast')];
const press = (fake: FakeRoom, words: string) =>
  [...knock(fake)!.querySelectorAll('button')].find((button) => button.textContent?.trim() === words)!;

/** Parts of a call are loaded; a busy machine takes its time. */
const until = async (condition: () => boolean) => {
  for (let turn = 0; turn < 300 && !condition(); turn += 1) await frames(1);
  expect(condition(), condition.toString()).to.be.true;
};

describe('who wants to join', () => {
  it('is shown over the call to those who may let them in, with words to answer with', async () => {
    const fake = await fakeRoom(hosting());
    await fake.set({ waiting: [guest('Ana')] });
    await until(() => knock(fake) !== null);
    expect(textOf(knock(fake)!)).to.equal('Ana wants to join. Turn away Let in');
    expect(textOf(shadow(fake))).to.not.contain('first one here');
    press(fake, 'Let in').click();
    expect(fake.call.asked('acceptWaitingParticipant')).to.deep.equal([{ name: 'acceptWaitingParticipant', with: ['w-Ana'] }]);
    await fake.set({ waiting: [] });
    expect(knock(fake)).to.equal(null);
  });

  it('is not shown to anybody else, nor twice while the list of people is open', async () => {
    const fake = await fakeRoom({ ...joined('Ben'), waiting: [guest('Ana')] });
    expect(knock(fake)).to.equal(null);
    const host = await fakeRoom({ ...hosting('Ben'), waiting: [guest('Ana')] });
    await until(() => knock(host) !== null);
    host.room.togglePeople(true);
    await host.settle();
    expect(knock(host)).to.equal(null);
  });

  it('can be let in all at once', async () => {
    const fake = await fakeRoom({ ...hosting('Ben'), waiting: [guest('Ana'), guest('Cleo')] });
    expect(textOf(knock(fake)!))
      .to.contain('Ana and Cleo want to join.')
      .and.to.contain('Let everyone in');
    press(fake, 'Let everyone in').click();
    expect(fake.call.asked('acceptWaitingParticipant').map((intent) => intent.with[0])).to.deep.equal(['w-Ana', 'w-Cleo']);
  });

  it('leaves the focus on the next question, then in the toolbar', async () => {
    const fake = await fakeRoom({ ...hosting('Ben'), waiting: [guest('Ana'), guest('Cleo')] });
    await until(() => knock(fake) !== null);
    const button = shadow(fake).querySelector<HTMLElement>('.knock li .primary')!;
    button.focus();
    button.click();
    await fake.set({ waiting: [guest('Cleo')] });
    await until(() => shadow(fake).activeElement?.getAttribute('aria-label') === 'Let in: Cleo');
    (shadow(fake).activeElement as HTMLElement).click();
    await fake.set({ waiting: [] });
    await until(() => shadow(fake).activeElement?.localName === 'webrtc-controls');
  });

  it('never takes the focus by itself', async () => {
    const fake = await fakeRoom(hosting('Ben'));
    fake.controls()!.focus();
    await fake.set({ waiting: [guest('Ana')] });
    await until(() => knock(fake) !== null);
    expect(shadow(fake).activeElement?.localName).to.equal('webrtc-controls');
  });
});

describe('what happens in a call', () => {
  const written = (fake: FakeRoom, text: string) => {
    const message = {
      id: text,
      from: 'ana',
      displayName: 'Ana',
      text,
      sentAt: 1,
      own: false,
      status: 'sent' as const,
      receivedFrom: null,
    };
    fake.call.emitFact({ type: 'chat-changed', chat: [message], unread: 1, message });
  };

  it('is noted for a while: who came and who went, several in one sentence', async () => {
    const fake = await fakeRoom(joined('Ben'));
    fake.call.emitFact(
      { type: 'participant-joined', participant: info('Ana') },
      { participants: [person('Ben'), person('Ana')] },
    );
    fake.call.emitFact(
      { type: 'participant-joined', participant: info('Cleo') },
      { participants: [person('Ben'), person('Ana'), person('Cleo')] },
    );
    await until(() => toasts(fake).length > 0);
    expect(toasts(fake).map(textOf)).to.deep.equal(['Ana and Cleo joined.']);
    fake.call.emitFact({ type: 'participant-left', participantId: 'ana', reason: 'left' });
    await fake.settle();
    expect(toasts(fake).map(textOf)).to.deep.equal(['Ana and Cleo joined.', 'Ana left.']);
  });

  it('is noted with the first words of a message, and a press opens the chat', async () => {
    const fake = await fakeRoom(joined('Ana'));
    written(fake, 'Good morning!');
    await until(() => toasts(fake).length > 0);
    expect(textOf(toasts(fake)[0]!)).to.equal('Ana Good morning!');
    toasts(fake)[0]!.click();
    await fake.settle();
    expect(fake.room.chatOpen).to.be.true;
    expect(toasts(fake)).to.deep.equal([]);
  });

  it('is not noted where the page or the visitor has switched that off', async () => {
    const fake = await fakeRoom(joined('Ana'), { notifications: 'off' });
    written(fake, 'Hello');
    await fake.settle();
    expect(toasts(fake)).to.deep.equal([]);
    fake.room.notifications = 'on';
    fake.room.setView({ notifications: false });
    written(fake, 'Hello again');
    await fake.settle();
    expect(toasts(fake)).to.deep.equal([]);
  });

  it('is read to nobody twice: no note is a live region', async () => {
    const fake = await fakeRoom(joined('Ana'));
    written(fake, 'Good morning!');
    await fake.settle();
    expect(toasts(fake)[0]!.closest('[role=status], [role=alert], [aria-live]')).to.equal(null);
  });

  it('tells whoever is left alone the truth', async () => {
    const fake = await fakeRoom(joined('Ana'));
    await fake.set({ participants: [] });
    await until(() => textOf(shadow(fake)).includes('You’re the only one here'));
    const first = await fakeRoom(joined());
    await until(() => textOf(shadow(first)).includes('You’re the first one here'));
    await first.set({ participants: [person('Ana')] });
    expect(textOf(shadow(first))).to.not.contain('one here');
  });
});

describe('the focus on its way to a panel that is still being loaded', () => {
  it('is waited for: what is typed meanwhile is no shortcut', async () => {
    const renderRoot = await fixture<HTMLElement>(html`<div><div class="side"></div></div>`);
    const host = { renderRoot, hasUpdated: true, matches: () => true } as unknown as ReactiveElement;
    const keeper = new FocusKeeper(host);
    keeper.note('call', null);
    keeper.follow(() => true);
    await frames(1);
    expect(keeper.pending).to.be.false;
    const panel = document.createElement('x-late-panel');
    panel.tabIndex = -1;
    renderRoot.firstElementChild!.append(panel);
    keeper.note('call', 'chat');
    expect(keeper.pending).to.be.true;
    keeper.follow(() => true);
    await frames(1);
    expect(keeper.pending).to.be.true;
    customElements.define('x-late-panel', class extends HTMLElement {});
    await until(() => !keeper.pending);
    expect(document.activeElement).to.equal(panel);
  });
});

describe('inviting', () => {
  const dialog = (fake: FakeRoom) => shadow(fake).querySelector<HTMLDialogElement>('dialog.invite');
  const open = async (attributes: Readonly<Record<string, string>> = {}) => {
    const fake = await fakeRoom(joined('Ana'), attributes);
    await until(() => {
      fake.room.openInvitation();
      return dialog(fake)?.open === true || attributes['invite-url'] === 'off';
    });
    await frames();
    return fake;
  };

  it('shows the link in a field that can be selected, at any number of people', async () => {
    const fake = await open({ 'invite-url': 'https://site.example/join' });
    const field = dialog(fake)!.querySelector('input')!;
    expect(field.value).to.equal('https://site.example/join');
    field.focus();
    expect([field.selectionStart, field.selectionEnd]).to.deep.equal([0, field.value.length]);
    await until(() => dialog(fake)!.querySelector('.code svg') !== null);
    await expect(fake.room).to.be.accessible();
  });

  it('says that the link is not enough where the visitor came with a ticket', async () => {
    expect(textOf(dialog(await open({ token: 'x.y.z' }))!)).to.contain('This link alone isn’t enough');
    expect(textOf(dialog(await open({ token: 'x.y.z', 'invite-url': '/join' }))!)).to.not.contain('isn’t enough');
  });

  it('is nowhere when the page says off', async () => {
    const fake = await open({ 'invite-url': 'off' });
    expect(dialog(fake)).to.equal(null);
    await fake.set({ participants: [] });
    expect(textOf(shadow(fake)))
      .to.not.contain('invite link')
      .and.to.not.contain('Invite people');
  });
});
