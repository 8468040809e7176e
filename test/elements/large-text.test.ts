/** Text twice as large in a box of 320 px: everything wraps, nothing is cut off at the side (WCAG 1.4.4 and 1.4.10). */
import { expect } from '@open-wc/testing';
import '../../components/index.js';
import '../../components/chat/define.js';
import '../../components/participants/define.js';
import '../../components/settings/define.js';
import { CallError } from '../../components/core/call-error.js';
import type { CallState } from '../../components/core/call-state.js';
import { GUEST, NOBODY } from '../../components/core/participant.js';
import { DEVICES, failed, fakeRoom, frames, joined, me, type FakeRoom } from '../support/fake-rooms.js';

const WIDTH = 320;
const HOST = { ...joined('Ana', 'Ben'), devices: DEVICES, local: me({ role: 'host', grants: { ...GUEST, moderate: true } }) };
const SCENES: Readonly<Record<string, readonly [Partial<CallState>, ((fake: FakeRoom) => void)?]>> = {
  'the door': [{ occupancy: { participants: 2, limit: 8, full: false } }],
  'the open door': [{ local: me({ id: null }), devices: DEVICES }],
  'the door with trouble': [
    { local: { ...NOBODY, microphone: failed('microphone', 'policy'), camera: failed('camera', 'policy') } },
  ],
  'the full room': [{ error: new CallError('ROOM_FULL') }],
  'the wait': [{ meeting: 'waiting' }],
  'nobody else': [joined()],
  'a call': [joined('Ana', 'Ben')],
  trouble: [
    { ...joined('Ana'), playbackBlocked: true, connection: 'reconnecting', local: me({ camera: failed('camera', 'in-use') }) },
  ],
  'the people': [
    { ...HOST, waiting: [{ waitingId: 'w', displayName: 'Konstantinopoulou' }] },
    ({ room }) => room.togglePeople(true),
  ],
  'the chat': [HOST, ({ room }) => room.toggleChat(true)],
  'the settings': [HOST, ({ room }) => room.openSettings()],
  'the end': [{ meeting: 'left', leftReason: 'kicked' }],
  'an error': [{ meeting: 'error', error: new CallError('SIGNAL_UNREACHABLE') }],
};

/** Everything drawn, through shadow roots. */
function* everything(root: ParentNode): Generator<Element> {
  for (const element of root.querySelectorAll('*')) {
    yield element;
    if (element.shadowRoot) yield* everything(element.shadowRoot);
  }
}

const nameOf = (element: Element): string =>
  `${element.localName}.${element.getAttribute('class') ?? ''}[${element.getAttribute('data-control') ?? element.textContent.trim().slice(0, 24)}]`;

/** What sticks out, can be scrolled sideways, or is a button smaller than its words. */
function outside(fake: FakeRoom): readonly string[] {
  const box = fake.room.getBoundingClientRect();
  return [...everything(fake.room.shadowRoot!)].flatMap((element) => {
    if (!element.checkVisibility({ visibilityProperty: true }) || element.closest('.visually-hidden, video, svg')) return [];
    const { left, right, width } = element.getBoundingClientRect();
    const out = width > 1 && (left < box.left - 1 || right > box.right + 1);
    const scrolls = /auto|scroll/.test(getComputedStyle(element).overflowX) && element.scrollWidth > element.clientWidth + 1;
    // A button of the toolbar has its words in a hint that is not inside its box.
    const word = element.matches('.button, .link') && element.clientWidth > 0;
    const cut = word && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1);
    if (cut)
      return [
        `${nameOf(element)} is cut off: ${element.scrollWidth}×${element.scrollHeight} in ${element.clientWidth}×${element.clientHeight}`,
      ];
    return out
      ? [`${nameOf(element)} reaches from ${left - box.left} to ${right - box.left}`]
      : scrolls
        ? [`${nameOf(element)} scrolls`]
        : [];
  });
}

const peoplePanel = ({ room }: FakeRoom) => room.shadowRoot!.querySelector('webrtc-participants')!.shadowRoot!;

describe('text twice as large in a narrow box', () => {
  before(() => (document.documentElement.style.fontSize = '200%'));
  after(() => (document.documentElement.style.fontSize = ''));

  for (const lang of ['en', 'de']) {
    for (const [name, [state, act]] of Object.entries(SCENES)) {
      it(`cuts nothing off: ${name}, ${lang}`, async () => {
        const fake = await fakeRoom(state, { lang });
        fake.room.style.cssText = `inline-size: ${WIDTH}px; block-size: 640px`;
        act?.(fake);
        await frames(20);
        expect(parseFloat(getComputedStyle(fake.room).fontSize)).to.equal(32);
        expect(outside(fake)).to.deep.equal([]);
      });
    }
    it(`leaves the list of people most of its panel, ${lang}`, async () => {
      const fake = await fakeRoom(HOST, { lang });
      fake.room.style.cssText = `inline-size: ${WIDTH}px; block-size: 640px`;
      fake.room.togglePeople(true);
      await frames(20);
      const [panel, list, end] = ['.panel', '.scroll', 'footer'].map((each) => peoplePanel(fake).querySelector(each)!);
      expect(list!.clientHeight).to.be.above(panel!.clientHeight * 0.7);
      expect(list!.scrollHeight).to.be.above(list!.clientHeight);
      const parts = [...list!.children].map((each) => each.getBoundingClientRect());
      for (const [index, { top }] of parts.entries())
        if (index) expect(top, `part ${index}`).to.be.at.least(parts[index - 1]!.bottom - 1);
      // At the end of the list, not over it.
      expect(end!.getBoundingClientRect().top).to.be.above(panel!.getBoundingClientRect().bottom);
    });
  }
});

it('the end of the call stays in sight below many people where there is room', async () => {
  const fake = await fakeRoom({ ...HOST, participants: joined(...'ABCDEFGHIJKL').participants! });
  fake.room.style.cssText = 'inline-size: 900px; block-size: 640px';
  fake.room.togglePeople(true);
  await frames(20);
  const [panel, end] = ['.panel', 'footer'].map((each) => peoplePanel(fake).querySelector(each)!.getBoundingClientRect());
  expect(end!.bottom).to.be.at.most(panel!.bottom + 1);
});
