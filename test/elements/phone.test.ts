import { expect } from '@open-wc/testing';
import '../../components/index.js';
import '../../components/phone/define.js';
import '../../components/phone/define-call-button.js';
import { CallError } from '../../components/core/call-error.js';
import { FAKE_ADDRESS, incomingRing } from '../../components/testing/index.js';
import { fakeButton, fakePhone } from '../support/fake-phones.js';
import { frames, info, me, person } from '../support/fake-rooms.js';

const LOOKS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  light: { theme: 'light' },
  dark: { theme: 'dark' },
  Arabic: { lang: 'ar', theme: 'light' },
};
const type = async (element: HTMLElement, text: string) => {
  const input = element.shadowRoot!.querySelector('input')!;
  input.value = text;
  input.dispatchEvent(new Event('input'));
  await frames(2);
};
const roomIn = (element: HTMLElement) => element.shadowRoot!.querySelector('webrtc-room');
const resultFor = (signaling: Awaited<ReturnType<typeof fakePhone>>['signaling'], outcome: string) => {
  const { id } = signaling.requests('ring').at(-1) as { readonly id: string };
  const admittance = outcome === 'answered' ? { admittance: { room: 'call-room', ticket: 'ticket' } } : {};
  signaling.say({ type: 'ring-result', id, result: { outcome, ...admittance } as never });
};

describe('<webrtc-phone>', () => {
  it('shows its address, and the page hears of it', async () => {
    const { element, text, heard } = await fakePhone();
    expect(text().replace(/\s/g, '')).to.contain(FAKE_ADDRESS);
    expect(element.ownAddress).to.equal(FAKE_ADDRESS);
    expect(heard).to.deep.equal([{ type: 'phone-ready', detail: { address: FAKE_ADDRESS } }]);
  });

  it('copies its address, and shows it as a code', async () => {
    const { act, element, text } = await fakePhone();
    const written: string[] = [];
    const before = Object.getOwnPropertyDescriptor(Navigator.prototype, 'clipboard')!;
    Object.defineProperty(navigator, 'clipboard', {
      configurable: true,
      value: { writeText: (words: string) => Promise.resolve(void written.push(words)) },
    });
    act('copy')!.click();
    await frames(3);
    Object.defineProperty(navigator, 'clipboard', { ...before, configurable: true });
    expect(written).to.deep.equal([FAKE_ADDRESS]);
    expect(text()).to.contain('Address copied');
    act('code')!.click();
    for (let count = 0; count < 100 && !element.shadowRoot!.querySelector('.code'); count += 1) await frames(1);
    expect(element.shadowRoot!.querySelector('.code path')!.getAttribute('d')!.length).to.be.greaterThan(500);
    expect(act('code')!.getAttribute('aria-expanded')).to.equal('true');
    act('code')!.click();
    await frames(2);
    expect(element.shadowRoot!.querySelector('.code') === null).to.be.true;
  });

  it('rings what was typed, by the enter key, and hangs up by the button that has the focus', async () => {
    const { element, signaling, act, text } = await fakePhone();
    await type(element, 'support');
    act('call')!.focus();
    element.shadowRoot!.querySelector('form')!.requestSubmit();
    await frames(3);
    expect((signaling.requests('ring')[0] as { to: string }).to).to.equal('support');
    expect(text()).to.contain('Calling support…');
    expect((element.shadowRoot!.activeElement as HTMLElement | null)?.dataset['act']).to.equal('hang-up');
    act('hang-up')!.click();
    await frames(3);
    expect(element.phoneState).to.equal('idle');
  });

  it('says what is no address, at the field', async () => {
    const { element, signaling } = await fakePhone();
    await type(element, 'no address!');
    element.shadowRoot!.querySelector('form')!.requestSubmit();
    await frames(3);
    const input = element.shadowRoot!.querySelector('input')!;
    expect(input.getAttribute('aria-invalid')).to.equal('true');
    expect(element.shadowRoot!.querySelector(`#${input.getAttribute('aria-describedby')!}`)!.textContent).to.contain(
      'not a valid address',
    );
    expect(signaling.requests('ring')).to.deep.equal([]);
  });

  for (const [outcome, words, event] of [
    ['declined', 'support declined', 'call-declined'],
    ['busy', 'support is on another call', 'call-missed'],
    ['no-answer', 'support didn’t answer', 'call-missed'],
    ['unavailable', 'support isn’t available', 'call-missed'],
    ['do-not-disturb', 'doesn’t want to be disturbed', 'call-missed'],
    ['own-address', 'your own address', 'call-missed'],
  ] as const)
    it(`says kindly when it ends with ${outcome}, and the page hears of it`, async () => {
      const { element, signaling, text, heard } = await fakePhone();
      element.call('support').catch(() => undefined);
      await frames(2);
      resultFor(signaling, outcome);
      await frames(3);
      expect(text()).to.contain(words);
      expect(heard.at(-1)!.type).to.equal(event);
    });

  it('is in the call when it is answered, with the ticket, and on the desk again when the other leaves', async () => {
    const { element, signaling, calls, heard } = await fakePhone({ 'display-name': 'Ada', video: 'off', resolution: '640x360' });
    element.call('support').catch(() => undefined);
    await frames(2);
    resultFor(signaling, 'answered');
    await frames(5);
    const room = roomIn(element)!;
    expect([room.room, room.token, room.video, room.layout]).to.deep.equal(['call-room', 'ticket', 'off', 'audio']);
    expect(calls[0]!.options.resolution).to.equal('640x360');
    expect(calls[0]!.asked('join')).to.have.length(1);
    expect(heard.at(-1)).to.deep.equal({
      type: 'call-answered',
      detail: { direction: 'out', peer: { address: 'support', displayName: '' }, room: 'call-room' },
    });
    calls[0]!.emitFact({ type: 'participant-joined', participant: info('Ben') }, { participants: [person('Ben')], local: me() });
    calls[0]!.emitFact({ type: 'participant-left', participantId: 'ben', reason: 'left' }, { participants: [] });
    await frames(5);
    expect(roomIn(element) === null).to.be.true;
    expect(element.phoneState).to.equal('idle');
  });

  it('rings with words for the screen reader; is accepted without the camera', async () => {
    const { element, signaling, act, text, heard } = await fakePhone();
    signaling.say({ type: 'ring-incoming', ring: incomingRing('ring-1') });
    await frames(3);
    expect(element.shadowRoot!.querySelector('[role=alert]')!.textContent).to.equal('Ada is calling');
    expect(text()).to.contain('Answer without camera');
    expect(heard.at(-1)!.type).to.equal('incoming-call');
    act('accept-audio')!.click();
    await frames(5);
    expect(roomIn(element)!.video).to.equal('off');
    expect(heard.at(-1)!.type).to.equal('call-answered');
  });

  it('is declined, and listed; a row calls back and blocks', async () => {
    const { element, signaling, act, heard } = await fakePhone();
    signaling.say({ type: 'ring-incoming', ring: incomingRing('ring-1') });
    await frames(2);
    act('decline')!.click();
    await frames(3);
    expect(heard.at(-1)!.type).to.equal('call-declined');
    expect(act('call-back')!.getAttribute('aria-label')).to.equal('Call Ada');
    act('call-back')!.click();
    await frames(3);
    expect((signaling.requests('ring')[0] as { to: string }).to).to.equal('ada');
    element.hangUp();
    await frames(3);
    const blocks = [...element.shadowRoot!.querySelectorAll<HTMLElement>('[data-act=block]')];
    blocks.at(-1)!.click();
    await frames(3);
    expect(signaling.registered.at(-1)!.blocked).to.deep.equal(['ada']);
    act('unblock')!.click();
    await frames(3);
    expect(signaling.registered.at(-1)!.blocked).to.deep.equal([]);
    act('clear')!.click();
    await frames(3);
    expect(act('call-back') === null).to.be.true;
  });

  it('a missed call is said and listed; one answered elsewhere is no missed call', async () => {
    const { signaling, text, heard } = await fakePhone();
    signaling.say({ type: 'ring-incoming', ring: incomingRing('ring-1') });
    signaling.say({ type: 'ring-ended', ringId: 'ring-1', reason: 'answered-elsewhere' });
    await frames(3);
    expect(heard.some((event) => event.type === 'call-missed')).to.be.false;
    signaling.say({ type: 'ring-incoming', ring: incomingRing('ring-2') });
    signaling.say({ type: 'ring-ended', ringId: 'ring-2', reason: 'cancelled' });
    await frames(3);
    expect(text()).to.contain('Missed call from Ada');
    expect(heard.at(-1)!.type).to.equal('call-missed');
  });

  it('rings somebody else into the call', async () => {
    const { element, signaling, act, text } = await fakePhone();
    signaling.say({ type: 'ring-incoming', ring: incomingRing('ring-1') });
    await element.accept();
    await frames(5);
    act('add')!.click();
    await frames(3);
    const form = element.shadowRoot!.querySelector('form')!;
    form.querySelector('input')!.value = 'support';
    form.requestSubmit();
    await frames(3);
    expect((signaling.requests('ring')[0] as { invite: object }).invite).to.deep.equal({ room: 'call-room', ticket: 'ticket' });
    expect(text()).to.contain('Calling support…');
  });

  it('is not to be disturbed at a click, and says so', async () => {
    const { act, signaling } = await fakePhone();
    act('disturb')!.click();
    await frames(3);
    expect(act('disturb')!.getAttribute('aria-pressed')).to.equal('true');
    expect(signaling.registered.at(-1)!.status).to.equal('do-not-disturb');
  });

  it('says why it has no address', async () => {
    const { signaling, text, heard } = await fakePhone();
    signaling.say({ type: 'refused', error: new CallError('FORBIDDEN') });
    await frames(3);
    expect(text()).to.contain('You can’t use this address');
    expect(heard.at(-1)!.type).to.equal('call-error');
  });

  it('hangs up when it is taken out of the page, and not when it is moved', async () => {
    const { element, signaling } = await fakePhone();
    const { parentElement } = element;
    element.remove();
    parentElement!.append(element);
    await frames(5);
    expect(signaling.closed).to.be.false;
    element.remove();
    await frames(5);
    expect(signaling.closed).to.be.true;
  });

  for (const [look, attributes] of Object.entries(LOOKS))
    it(`axe finds nothing, ${look}`, async () => {
      const { element, signaling } = await fakePhone(attributes);
      signaling.say({ type: 'ring-incoming', ring: incomingRing('ring-1') });
      await frames(5);
      await expect(element).to.be.accessible();
      element.decline();
      await frames(10);
      await expect(element).to.be.accessible();
      element.call('support').catch(() => undefined);
      await frames(5);
      await expect(element).to.be.accessible();
    });
});

describe('<webrtc-call-button>', () => {
  it('says whether somebody is there', async () => {
    const { element, signaling, text } = await fakeButton();
    signaling.there.set('support', 'available');
    for (let count = 0; count < 60 && !text().includes('available'); count += 1) await frames(1);
    expect(text()).to.match(/We’re available now|Nobody is available right now/);
    expect(signaling.registered).to.deep.equal([]);
    expect((element.shadowRoot!.querySelector('button')?.textContent ?? '').trim()).to.equal('Call us');
  });

  it('opens a dialog in the corner, rings, and is in the call', async () => {
    const { element, signaling } = await fakeButton({ label: 'Talk to us' });
    const button = element.shadowRoot!.querySelector<HTMLButtonElement>('.call')!;
    button.focus();
    button.click();
    await frames(5);
    const dialog = () => element.shadowRoot!.querySelector('dialog');
    expect(dialog()!.open).to.be.true;
    expect(dialog()!.getAttribute('aria-label')).to.equal('Talk to us');
    expect((signaling.requests('ring')[0] as { to: string }).to).to.equal('support');
    resultFor(signaling, 'answered');
    await frames(5);
    expect(roomIn(element)!.token).to.equal('ticket');
    element.hangUp();
    await frames(5);
    expect(dialog() === null).to.be.true;
  });

  it('says kindly when nobody answers, offers to try again, and tells the page; Escape closes and gives the focus back', async () => {
    const { element, signaling, text, heard, act } = await fakeButton();
    const button = element.shadowRoot!.querySelector<HTMLButtonElement>('.call')!;
    button.focus();
    button.click();
    await frames(5);
    resultFor(signaling, 'no-answer');
    await frames(5);
    expect(text()).to.contain('nobody could answer');
    expect(heard.at(-1)).to.deep.equal({
      type: 'call-missed',
      detail: { direction: 'out', peer: { address: 'support', displayName: '' }, outcome: 'no-answer' },
    });
    act('again')!.click();
    await frames(5);
    expect(signaling.requests('ring')).to.have.length(2);
    resultFor(signaling, 'unavailable');
    await frames(5);
    act('close')!.focus();
    act('close')!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await frames(5);
    expect(element.shadowRoot!.querySelector('dialog') === null).to.be.true;
    expect(element.shadowRoot!.activeElement === button).to.be.true;
  });

  for (const [look, attributes] of Object.entries(LOOKS))
    it(`axe finds nothing, ${look}`, async () => {
      const { element, signaling } = await fakeButton(attributes);
      await frames(5);
      await expect(element).to.be.accessible();
      element.shadowRoot!.querySelector<HTMLButtonElement>('.call')!.click();
      await frames(5);
      await expect(element).to.be.accessible();
      resultFor(signaling, 'no-answer');
      await frames(5);
      await expect(element).to.be.accessible();
    });
});
