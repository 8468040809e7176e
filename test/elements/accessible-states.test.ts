/** Axe over what the rooms of accessibility.test do not show: every notice at the door, every end, every count, whatever opens. */
import { expect } from '@open-wc/testing';
import '../../components/index.js';
import '../../components/chat/define.js';
import '../../components/participants/define.js';
import '../../components/settings/define.js';
import { CallError, type CallErrorCode } from '../../components/core/call-error.js';
import type { CallState } from '../../components/core/call-state.js';
import type { ChatMessage } from '../../components/core/talk/chat-log.js';
import { GUEST, NOBODY } from '../../components/core/participant.js';
import { DEVICES, failed, fakeRoom, frames, joined, me, person, type FakeRoom } from '../support/fake-rooms.js';

const NAMES = ['Ana', 'Ben', 'Cem', 'Dua', 'Eva', 'Fen', 'Gil', 'Hal'];
const HOST = me({ role: 'host', grants: { ...GUEST, moderate: true } });
const message = (id: string, change: Partial<ChatMessage> = {}): ChatMessage => ({
  id,
  from: 'ana',
  displayName: 'Ana',
  text: 'Look at https://example.org',
  sentAt: Date.now(),
  own: false,
  status: 'sent',
  toldBy: null,
  ...change,
});

const ERRORS: readonly CallErrorCode[] = [
  'ROOM_NAME_INVALID',
  'ORIGIN_NOT_ALLOWED',
  'SIGNAL_BLOCKED',
  'SERVER_BUSY',
  'UNSUPPORTED_BROWSER',
];
const ENDS = ['kicked', 'ended', 'network', 'duplicate', 'server-shutdown', 'full', 'denied'] as const;
const NOTICES = ['policy', 'permissions', 'in-use', 'not-found'] as const;

const SHOWN: Readonly<Record<string, Partial<CallState>>> = {
  'the door of a full room': { door: { participants: 8, limit: 8, full: true } },
  ...Object.fromEntries(
    NOTICES.map((reason) => [
      `the door, camera ${reason}`,
      { meeting: 'prejoin', local: { ...NOBODY, camera: failed('camera', reason) } } satisfies Partial<CallState>,
    ]),
  ),
  waiting: { meeting: 'waiting' },
  joining: { meeting: 'joining' },
  ...Object.fromEntries(ENDS.map((leftReason) => [`left: ${leftReason}`, { meeting: 'left' as const, leftReason }])),
  ...Object.fromEntries(ERRORS.map((code) => [`error: ${code}`, { meeting: 'error' as const, error: new CallError(code) }])),
  ...Object.fromEntries(NAMES.map((_, at) => [`a call of ${at + 2}`, joined(...NAMES.slice(0, at + 1))])),
  'a shared screen': {
    ...joined('Ben'),
    participants: [person('Ana', { media: { microphone: true, camera: true, screen: true, screenAudio: false } }), person('Ben')],
  },
  'a recorded call': { ...joined('Ana'), recording: ['ana'] },
  'a call whose line is lost': { ...joined('Ana'), connection: 'reconnecting' },
};

const press = (name: string) => (fake: FakeRoom) =>
  fake.controls()!.shadowRoot!.querySelector<HTMLElement>(`[data-control=${name}]`)!.click();
const device = (kind: string) => (fake: FakeRoom) =>
  fake.controls()!.shadowRoot!.querySelector<HTMLElement>(`[data-menu=${kind}]`)!.click();

/** What opens, and what is there then. */
const OPENED: Readonly<Record<string, readonly [act: (fake: FakeRoom) => void, there: string]>> = {
  chat: [({ room }) => room.toggleChat(true), 'webrtc-chat'],
  people: [({ room }) => room.togglePeople(true), 'webrtc-participants'],
  settings: [({ room }) => room.openSettings(), 'webrtc-settings'],
  'the keys': [
    ({ room }) =>
      room
        .shadowRoot!.querySelector('.room')!
        .dispatchEvent(new KeyboardEvent('keydown', { key: '?', bubbles: true, composed: true })),
    'dialog.keys',
  ],
  'the menu of the microphone': [device('microphone'), '.menu'],
  'the menu of the camera': [device('camera'), '.menu'],
  'the menu of what did not fit': [press('more'), '.menu'],
  'the reactions': [press('reactions'), '.menu'],
};
const find = (fake: FakeRoom, selector: string): Element | null =>
  fake.room.shadowRoot!.querySelector(selector) ?? fake.controls()?.shadowRoot?.querySelector(selector) ?? null;

describe('axe finds nothing', () => {
  for (const [name, state] of Object.entries(SHOWN)) {
    it(`in ${name}`, async () => {
      const { room } = await fakeRoom(state);
      await frames(8);
      await expect(room).to.be.accessible();
    });
  }

  for (const [name, [act, there]] of Object.entries(OPENED)) {
    it(`with ${name} open, and Escape closes it`, async () => {
      const fake = await fakeRoom({
        ...joined(...NAMES.slice(0, 3)),
        local: HOST,
        devices: DEVICES,
        chat: [message('a'), message('b', { own: true, from: 'me', status: 'failed' })],
        waiting: [{ waitingId: 'w', displayName: 'Wim' }],
      });
      await frames(8);
      act(fake);
      await frames(10);
      const open = find(fake, there);
      expect(open, there).to.exist;
      await expect(fake.room).to.be.accessible();
      // Where the focus is: in what was opened.
      let at: Element = document.activeElement ?? document.body;
      while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
      expect(at.closest(there) ?? (at.getRootNode() as ShadowRoot).host, 'the focus is in it').to.equal(open);
      if (there === 'dialog.keys')
        (open as HTMLDialogElement).close(); // the browser's own Escape cannot be played
      else at.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true, cancelable: true }));
      await frames(6);
      expect(find(fake, there)).to.not.exist;
    });
  }
});
