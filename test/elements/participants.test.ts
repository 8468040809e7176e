import { expect } from '@open-wc/testing';
import '../../components/index.js';
import '../../components/participants/define.js';
import { GUEST } from '../../components/core/participant.js';
import type { CallState } from '../../components/core/call-state.js';
import { fakeRoom, frames, joined, me, person, textOf } from '../support/fake-rooms.js';

const HOST = me({ role: 'host', grants: { ...GUEST, moderate: true } });
const waiting = [{ waitingId: 'w1', displayName: 'Wanda' }];

async function open(state: Partial<CallState> = {}, attributes = {}) {
  const fake = await fakeRoom({ ...joined('Ana', 'Ben'), ...state }, attributes);
  fake.controls()!.shadowRoot!.querySelector<HTMLElement>('[data-control=people]')!.focus();
  fake.controls()!.shadowRoot!.querySelector<HTMLElement>('[data-control=people]')!.click();
  await frames(5);
  const panel = fake.room.shadowRoot!.querySelector('webrtc-participants')!;
  const root = panel.shadowRoot!;
  const button = (label: string) => root.querySelector<HTMLButtonElement>(`[aria-label="${label}"]`);
  return { ...fake, panel, root, button };
}

describe('<webrtc-participants>', () => {
  it('opens and closes by its control, with the focus, and the page hears of it', async () => {
    const heard: boolean[] = [];
    const listen = (event: Event) => heard.push((event as CustomEvent<{ open: boolean }>).detail.open);
    document.addEventListener('people-toggle', listen);
    const { room, controls, root, panel } = await open();
    expect(root.activeElement?.localName).to.equal('h2');
    root.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }));
    await frames();
    expect(panel.isConnected).to.be.false;
    expect(controls()!.shadowRoot!.activeElement?.getAttribute('data-control')).to.equal('people');
    expect(room.peopleOpen).to.be.false;
    expect(heard).to.deep.equal([true, false]);
    document.removeEventListener('people-toggle', listen);
  });

  it('shows who is here, ourselves first, with role and microphone', async () => {
    const participants = [
      person('Ana', { role: 'host' }),
      person('Ben', { media: { ...person('Ben').media, microphone: false } }),
    ];
    const { root } = await open({ participants });
    const rows = [...root.querySelectorAll('li')].map(textOf);
    expect(rows).to.have.length(3);
    expect(rows[0]).to.contain('Nora (you)');
    expect(rows[1]).to.contain('Ana').and.to.contain('Host');
    expect(root.querySelectorAll('li')[2]!.querySelector('[role=img]')!.getAttribute('aria-label')).to.equal('microphone off');
  });

  it('offers nothing that our grants do not allow', async () => {
    const { root } = await open({ waiting });
    expect(root.querySelectorAll('li button, [role=switch], footer')).to.have.length(0);
    expect(textOf(root.querySelector('section')!)).to.not.contain('Wanda');
  });

  it('mutes one, and everybody', async () => {
    const { call, root, button } = await open({ local: HOST });
    button('Mute Ana')!.click();
    root.querySelector<HTMLElement>('.link')!.click();
    expect(call.asked('muteParticipants').map((intent) => intent.with[0])).to.deep.equal([['ana'], ['ana', 'ben']]);
  });

  it('asks before it puts somebody out, and before it ends the call', async () => {
    const { call, root, button, settle } = await open({ local: HOST });
    button('Remove Ben')!.click();
    await settle();
    const dialog = () => root.querySelector('dialog')!;
    expect(dialog().open).to.be.true;
    expect(dialog().textContent).to.contain('Remove Ben from the call?');
    dialog().querySelector('button')!.click();
    await frames();
    expect(dialog()).to.not.exist;
    expect(call.asked('kickParticipant')).to.have.length(0);
    button('Remove Ben')!.click();
    await settle();
    dialog().querySelector<HTMLElement>('.danger')!.click();
    expect(call.asked('kickParticipant')).to.deep.equal([{ name: 'kickParticipant', with: ['ben'] }]);
    await frames();
    root.querySelector<HTMLElement>('footer button')!.click();
    await settle();
    dialog().querySelector<HTMLElement>('.danger')!.click();
    expect(call.asked('endMeeting')).to.have.length(1);
  });

  it('lets in and turns away, and locks; a switch shows what the room is, not what was pressed', async () => {
    const { call, root, button, set, settle } = await open({ local: HOST, waiting });
    button('Let in: Wanda')!.click();
    button('Turn away: Wanda')!.click();
    expect([call.asked('acceptWaitingParticipant').length, call.asked('rejectWaitingParticipant').length]).to.deep.equal([1, 1]);
    const lock = root.querySelector<HTMLElement>('[role=switch]')!;
    lock.click();
    await settle();
    expect(call.asked('lockRoom')[0]?.with).to.deep.equal([true]);
    expect(lock.getAttribute('aria-checked')).to.equal('false');
    await set({ settings: { locked: true, waitingRoom: false } });
    expect(lock.getAttribute('aria-checked')).to.equal('true');
  });

  it('tells those who keep order that somebody waits', async () => {
    const { room, call, controls, settle } = await fakeRoom({ ...joined('Ana'), local: HOST });
    let name = '';
    room.addEventListener('waiting-participant-added', (event) => (name = event.detail.displayName));
    call.emitFact({ type: 'waiting-participant-added', participant: waiting[0]! }, { waiting });
    await settle();
    expect(name).to.equal('Wanda');
    expect(controls()!.shadowRoot!.querySelector('.count.news')).to.exist;
  });

  for (const [look, attributes] of Object.entries({
    light: { theme: 'light' },
    dark: { theme: 'dark' },
    Arabic: { lang: 'ar' },
  })) {
    it(`axe finds nothing: ${look}, wide and narrow, with its question`, async () => {
      const { room, root, settle } = await open({ local: HOST, waiting }, attributes);
      await frames(20);
      await expect(room).to.be.accessible();
      room.style.cssText = 'inline-size: 320px; block-size: 560px';
      await settle();
      await expect(room).to.be.accessible();
      root.querySelector<HTMLElement>('footer button')!.click();
      await settle();
      await expect(room).to.be.accessible();
    });
  }
});

describe('a waiting room, from outside', () => {
  it('is a calm view with a way back', async () => {
    const { room, call } = await fakeRoom({ meeting: 'waiting', connection: 'connected' });
    expect(textOf(room)).to.contain('Waiting to be let in');
    await expect(room).to.be.accessible();
    const waiting = room.shadowRoot!.querySelector('webrtc-prejoin')!.shadowRoot!;
    expect(waiting.querySelector('.preview')).to.not.equal(null);
    expect(waiting.querySelector('input')).to.equal(null);
    waiting.querySelector<HTMLElement>('.door > .button')!.click();
    expect(call.asked('cancelKnock')).to.have.length(1);
  });

  it('says when nobody is there who could let one in', async () => {
    const occupancy = { participants: 0, limit: 8, full: false, hosted: false };
    const { room, set } = await fakeRoom({ meeting: 'waiting', connection: 'connected', occupancy });
    expect(textOf(room)).to.contain('The host isn’t here yet');
    await set({ occupancy: { ...occupancy, participants: 1, hosted: true } });
    expect(textOf(room)).to.contain('Waiting to be let in');
  });

  it('who is muted by a host reads it', async () => {
    const { room, call, settle } = await fakeRoom(joined('Ana'));
    call.emitFact({ type: 'muted-by-host', sources: ['microphone'] });
    await settle();
    expect(textOf(room.shadowRoot!.querySelector('.notes')!)).to.contain('A host muted you');
  });

  it('a viewer has no microphone or camera to turn on', async () => {
    const { controls } = await fakeRoom(
      { ...joined('Ana'), local: me({ role: 'viewer', grants: { ...GUEST, publish: [] } }) },
      { controls: 'microphone camera screenshare people leave' },
    );
    const names = [...controls()!.shadowRoot!.querySelectorAll('[data-control]')].map((each) =>
      each.getAttribute('data-control'),
    );
    expect(names).to.deep.equal(['people', 'leave']);
  });
});
