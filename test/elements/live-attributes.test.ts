/** Every attribute of the room can change while the call runs: nothing is rebuilt, and what changed is so at once. */
import { expect } from '@open-wc/testing';
import '../../components/index.js';
import type { CallWarningEvent } from '../../components/shared/events/call-events.js';
import { WebrtcRoom } from '../../components/room/room-element.js';
import { DEVICES, fakeRoom, frames, joined, me, type FakeRoom } from '../support/fake-rooms.js';
import { until } from '../support/until.js';

/** What is true after the change; each would not be so before. */
const CHANGES: Readonly<Record<string, readonly [value: string, so: (fake: FakeRoom) => unknown]>> = {
  room: ['other', ({ call }) => call.options.room === 'other'],
  'server-url': ['https://calls.example.org', ({ call }) => call.options.serverUrl === 'https://calls.example.org'],
  token: ['ticket', ({ call }) => call.options.token === 'ticket'],
  'display-name': ['Someone', ({ call }) => call.options.displayName === 'Someone'],
  'avatar-url': ['/me.png', ({ call }) => call.options.avatarUrl === '/me.png'],
  'external-id': ['user-7', ({ call }) => call.options.externalId === 'user-7'],
  audio: ['off', ({ call }) => call.options.audio === false],
  video: ['off', ({ call }) => call.options.video === false],
  prejoin: ['off', ({ room }) => room.prejoin === 'off'],
  autojoin: ['', ({ room }) => room.autojoin],
  layout: ['spotlight', ({ stage }) => stage()!.layout === 'spotlight'],
  'video-fit': ['contain', ({ tiles }) => tiles().every((tile) => tile.videoFit === 'contain')],
  mirror: ['off', ({ tiles }) => tiles().every((tile) => !tile.mirror)],
  controls: ['camera leave', ({ controls }) => buttons(controls()) === 'camera leave'],
  minimal: ['', ({ controls }) => buttons(controls()) === 'leave'],
  theme: ['dark', ({ room }) => getComputedStyle(room).colorScheme === 'dark'],
  'ice-transport-policy': ['relay', ({ call }) => call.options.iceTransportPolicy === 'relay'],
  topology: ['mesh', ({ room }) => room.topology === 'mesh'],
  e2ee: ['required', ({ room }) => room.e2ee === 'required'],
  'low-data': ['on', ({ call, room }) => call.options.lowData === true && room.matches('[data-low-data]')],
  background: ['blur', ({ call }) => call.options.background === 'blur'],
  resolution: ['640x360', ({ call }) => call.options.resolution === '640x360'],
  'noise-suppression': ['off', ({ call }) => call.options.noiseSuppression === 'off'],
  'persist-user-choices': ['on', ({ room }) => room.persistUserChoices === 'on'],
  shortcuts: ['off', ({ controls }) => !controls()!.shadowRoot!.querySelector('[aria-keyshortcuts]')],
  'invite-url': ['off', ({ room }) => room.inviteLink === null],
  notifications: ['off', ({ room }) => !room.notificationsOn],
  sounds: ['off', ({ room }) => !room.soundsOn],
  'leave-on-unmount': ['off', ({ room }) => room.leaveOnUnmount === 'off'],
};

const buttons = (controls: Element | null): string =>
  [...controls!.shadowRoot!.querySelectorAll<HTMLElement>('[data-control]:not([data-control=more])')]
    .map(({ dataset }) => dataset['control'])
    .join(' ');

const inCall = () => fakeRoom({ ...joined('Ana', 'Ben'), devices: DEVICES, local: me() });

describe('every attribute of <webrtc-room>', () => {
  it('is in this table', () => {
    expect(WebrtcRoom.observedAttributes.toSorted()).to.deep.equal(Object.keys(CHANGES).toSorted());
  });

  for (const [name, [value, so]] of Object.entries(CHANGES)) {
    it(`changes in a running call: ${name}`, async () => {
      const fake = await inCall();
      await frames(3);
      const { room, call } = fake;
      const [stage, before] = [fake.stage(), call.intents.length];
      expect(so(fake), 'not before').to.not.be.ok;
      room.setAttribute(name, value);
      await frames(4);
      expect(so(fake), 'after').to.be.ok;
      expect(room.call, 'the same call').to.equal(call);
      expect(fake.stage(), 'the same tiles').to.equal(stage);
      // Joining who is inside already does nothing.
      const others = call.intents.slice(before).filter((intent) => intent.name !== 'configure' && intent.name !== 'join');
      expect(others, 'nothing else is asked of it').to.deep.equal([]);
    });
  }

  it('changes in a running call: lang and dir, of the nearest ancestor', async () => {
    const { room, controls } = await inCall();
    room.parentElement!.lang = 'de';
    const words = () => controls()!.shadowRoot!.querySelector('[data-control=camera]')!.getAttribute('aria-label');
    await until('German words', () => words() === 'Kamera ausschalten');
  });
});

describe('autojoin', () => {
  it('that is set when the visitor has been inside and left does not take them back', async () => {
    const { room, call, set } = await fakeRoom({ meeting: 'prejoin' });
    await room.join();
    await set({ meeting: 'left', leftReason: 'voluntary' });
    room.autojoin = true;
    await frames();
    expect(call.asked('join')).to.have.length(1);
  });
});

describe('what a mesh cannot be', () => {
  it('topology="sfu" is answered by a warning, once, and the call goes on', async () => {
    const { room, set } = await inCall();
    const warnings: string[] = [];
    room.addEventListener('call-warning', ({ detail }: CallWarningEvent) => warnings.push(`${detail.code}: ${detail.hint}`));
    room.topology = 'mesh';
    await frames();
    room.topology = 'sfu';
    await frames();
    await set({ playbackBlocked: true });
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.match(/^TOPOLOGY_UNAVAILABLE: .*mesh/);
    expect(room.meetingState).to.equal('joined');
  });

  it('e2ee="required" keeps out of a call that somebody between could see', async () => {
    const { room, call, set } = await fakeRoom({ meeting: 'prejoin', topology: 'sfu' }, { e2ee: 'required' });
    const code = await room.join().then(
      () => 'joined',
      (error: { code: string }) => error.code,
    );
    expect(code).to.equal('E2EE_UNAVAILABLE');
    expect(call.asked('join')).to.deep.equal([]);
    await set({ topology: 'mesh' });
    await room.join();
    expect(call.asked('join')).to.have.length(1);
  });
});

describe('knock()', () => {
  it('joins, after the page was asked; giving up goes back to the door', async () => {
    const { room, call } = await fakeRoom({ meeting: 'prejoin' });
    let asked = 0;
    room.addEventListener('before-join', () => (asked += 1));
    await room.knock();
    expect([asked, call.asked('join').length]).to.deep.equal([1, 1]);
    await room.cancelKnock();
    expect(call.asked('cancelKnock')).to.have.length(1);
  });
});
