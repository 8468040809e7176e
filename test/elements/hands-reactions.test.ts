import { expect } from '@open-wc/testing';
import '../../components/index.js';
import '../../components/participants/define.js';
import { GUEST } from '../../components/core/participant.js';
import type { ParticipantInfo } from '../../server/protocol/schemas.js';
import { fakeRoom, frames, info, joined, me, person, textOf } from '../support/fake-rooms.js';
import { until } from '../support/until.js';

const bar = (fake: Awaited<ReturnType<typeof fakeRoom>>, name: string): HTMLElement =>
  fake.controls()!.shadowRoot!.querySelector<HTMLElement>(`[data-control=${name}]`)!;

describe('a raised hand', () => {
  it('is asked for by the control, whose words change with what is true', async () => {
    const fake = await fakeRoom(joined('Ana'));
    await frames(4);
    expect(bar(fake, 'raise-hand').getAttribute('aria-label')).to.equal('Raise hand');
    bar(fake, 'raise-hand').click();
    expect(fake.call.asked('setHandRaised')).to.deep.equal([{ name: 'setHandRaised', with: [true] }]);
    expect(bar(fake, 'raise-hand').getAttribute('aria-label'), 'nothing is true yet').to.equal('Raise hand');
    await fake.set({ local: me({ handRaised: true, handOrder: 1 }) });
    expect(bar(fake, 'raise-hand').getAttribute('aria-label')).to.equal('Lower hand');
    await fake.room.toggleRaiseHand();
    expect(fake.call.asked('setHandRaised')[1]).to.deep.equal({ name: 'setHandRaised', with: [false] });
  });

  it('is seen and read on the tile, first in the list of people, and can be taken down by a host', async () => {
    const participants = [
      person('Ana'),
      person('Ben', { handRaised: true, handOrder: 2 }),
      person('Cem', { handRaised: true, handOrder: 1 }),
    ];
    const host = me({ role: 'host', grants: { ...GUEST, moderate: true } });
    const fake = await fakeRoom({ ...joined(), participants, local: host });
    await frames(4);
    const tile = fake.tiles().find(({ participantId }) => participantId === 'ben')!;
    expect(tile.shadowRoot!.querySelector('[part=hand-icon]')).to.exist;
    expect(textOf(tile.shadowRoot!.querySelector('.visually-hidden')!)).to.contain('hand raised');
    fake.room.togglePeople(true);
    await frames(6);
    const panel = fake.room.shadowRoot!.querySelector('webrtc-participants')!.shadowRoot!;
    const names = [...panel.querySelectorAll('li bdi')].map(textOf);
    expect(names).to.deep.equal(['Cem', 'Ben', 'Nora (you)', 'Ana']);
    panel.querySelector<HTMLElement>('[aria-label="Lower Ben’s hand"]')!.click();
    expect(fake.call.asked('lowerHand')).to.deep.equal([{ name: 'lowerHand', with: ['ben'] }]);
    await expect(fake.room).to.be.accessible();
  });

  it('is told to the page and said politely, when it goes up and when it goes down', async () => {
    const { room, call } = await fakeRoom(joined('Ana'));
    const heard: unknown[] = [];
    room.addEventListener('raise-hand', ({ detail }) => heard.push(detail));
    const participant: ParticipantInfo = { ...info('Ana'), hand: 1 };
    call.emitFact(
      { type: 'participant-updated', participant },
      { participants: [person('Ana', { handRaised: true, handOrder: 1 })] },
    );
    call.emitFact({ type: 'participant-updated', participant: info('Ana') }, { participants: [person('Ana')] });
    call.emitFact({ type: 'self-updated', self: { ...info('me'), hand: 1 } }, { local: me({ handRaised: true, handOrder: 1 }) });
    expect(heard).to.deep.equal([
      { participantId: 'ana', raised: true },
      { participantId: 'ana', raised: false },
      { participantId: 'me', raised: true },
    ]);
    const said = () => room.shadowRoot!.querySelector('.visually-hidden[role=status]')!.textContent;
    await until('it to be said aloud', () => said().includes('Ana raised a hand.'));
  });
});

describe('reactions', () => {
  it('are chosen from eight, with the arrows, and the focus goes back', async () => {
    const fake = await fakeRoom(joined('Ana'));
    await frames(4);
    const button = bar(fake, 'reactions');
    button.focus();
    button.click();
    await frames(2);
    const root = fake.controls()!.shadowRoot!;
    const items = [...root.querySelectorAll<HTMLElement>('.menu.reactions [role=menuitem]')];
    expect(items).to.have.length(8);
    const press = (key: string): void => {
      root.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }));
    };
    expect(root.activeElement).to.equal(items[0]);
    press('ArrowRight');
    press('ArrowDown');
    expect(root.activeElement).to.equal(items[5]);
    expect(items[5]!.getAttribute('aria-label')).to.equal('Celebration');
    await expect(fake.room).to.be.accessible();
    items[5]!.click();
    expect(fake.call.asked('sendReaction')).to.deep.equal([{ name: 'sendReaction', with: ['🎉'] }]);
    expect(root.querySelector('.menu.reactions')).to.not.exist;
    expect(root.activeElement).to.equal(button);
    button.click();
    await frames(1);
    button.click();
    expect(root.querySelector('.menu.reactions')).to.not.exist;
  });

  it('float over the tile of who sent them, and of nobody else, for a moment', async () => {
    const { call, room, tiles } = await fakeRoom(joined('Ana', 'Ben'));
    const heard: unknown[] = [];
    room.addEventListener('reaction', ({ detail }) => heard.push(detail));
    call.emitFact({ type: 'reaction', participantId: 'ana', emoji: '👏' });
    await frames(2);
    const shown = () => tiles().map((tile) => [...tile.shadowRoot!.querySelectorAll('.reaction')].map(textOf).join());
    expect(Object.fromEntries(tiles().map((tile, index) => [tile.participantId, shown()[index]]))).to.deep.equal({
      ana: '👏',
      ben: '',
      me: '',
    });
    expect(heard).to.deep.equal([{ participantId: 'ana', emoji: '👏' }]);
    for (let count = 0; count < 20; count += 1) call.emitFact({ type: 'reaction', participantId: 'ana', emoji: '👍' });
    await frames(2);
    expect(tiles()[0]!.shadowRoot!.querySelectorAll('.reaction').length).to.be.at.most(5);
    await until('them to be gone', () => shown().join('') === '');
  });

  it('are read out: the same from several in one sentence, many as a number, our own not at all', async () => {
    const { call, room } = await fakeRoom(joined('Ana', 'Ben', 'Cem', 'Dua', 'Eva'));
    const react = (emoji: '👏' | '🎉', ...ids: string[]) =>
      ids.forEach((participantId) => call.emitFact({ type: 'reaction', participantId, emoji }));
    const said = () => room.shadowRoot!.querySelector('.visually-hidden[role=status]')!.textContent;
    react('👏', 'ana', 'ana', 'ben', 'me');
    react('🎉', 'ana', 'ben', 'cem', 'dua', 'ben');
    await until('them to be said', () => said() !== '');
    expect(said()).to.equal('Applause from Ana and Ben. Celebration from 4 people.');
  });

  it('have no control for who may not send them', async () => {
    const fake = await fakeRoom({ ...joined('Ana'), local: me({ grants: { ...GUEST, chat: false } }) });
    await frames(4);
    expect(bar(fake, 'reactions')).to.not.exist;
    expect(bar(fake, 'chat')).to.exist;
  });
});

describe('messages of the page', () => {
  it('are sent by the room, and heard as an event', async () => {
    const { room, call } = await fakeRoom(joined('Ana'));
    await room.sendAppMessage({ slide: 3 }, 'ana');
    expect(call.asked('sendAppMessage')).to.deep.equal([{ name: 'sendAppMessage', with: [{ slide: 3 }, 'ana'] }]);
    const heard: unknown[] = [];
    room.addEventListener('app-message', ({ detail }) => heard.push(detail));
    call.emitFact({ type: 'app-message', from: 'ana', data: { slide: 4 } });
    expect(heard).to.deep.equal([{ data: { slide: 4 }, from: 'ana' }]);
  });
});
