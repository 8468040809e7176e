import { expect } from '@open-wc/testing';
import '../../components/index.js';
import { CallError } from '../../components/core/call-error.js';
import { SOURCE_OFF } from '../../components/core/participant.js';
import { fakeRoom, info, joined, me, ON, person } from '../support/fake-rooms.js';

const NAMES = [
  'active-speaker-change',
  'available-devices-updated',
  'before-join',
  'before-leave',
  'call-error',
  'call-joined',
  'call-joining',
  'call-left',
  'call-ready',
  'call-warning',
  'camera-toggle',
  'connection-state-change',
  'device-error',
  'microphone-toggle',
  'participant-joined',
  'participant-left',
  'participant-updated',
  'playback-blocked',
  'screenshare-toggle',
  'selected-devices-updated',
] as const;

function record(target: EventTarget): string[] {
  const heard: string[] = [];
  for (const name of NAMES) target.addEventListener(name, () => heard.push(name));
  return heard;
}

const OFF = SOURCE_OFF;

describe('the events of <webrtc-room>', () => {
  it('come from facts, bubble, and leave shadow roots', async () => {
    const { call } = await fakeRoom(joined());
    let event: Event | undefined;
    document.addEventListener('participant-joined', (heard) => (event = heard), { once: true });
    call.emitFact({ type: 'participant-joined', participant: info('Ana') }, { participants: [person('Ana')] });
    expect((event as CustomEvent).detail.participant.displayName).to.equal('Ana');
    expect(event!.composed).to.be.true;
  });

  it('never come from what the page sets', async () => {
    const { room, settle, set } = await fakeRoom(joined('Ana'));
    const heard = record(room);
    room.displayName = 'Someone';
    room.audio = 'off';
    room.layout = 'grid';
    await settle();
    await set({ participants: [] });
    expect(heard).to.deep.equal([]);
  });

  it('tell a whole life in order', async () => {
    const { room, call } = await fakeRoom();
    const heard = record(room);
    const error = new CallError('TIMEOUT');
    const reply = { room: 'standup', self: info('Nora') } as never;
    call.emitFact({ type: 'connection-changed', connection: 'connecting' }, { connection: 'connecting' });
    call.emitFact({ type: 'join-started' }, { meeting: 'joining' });
    call.emitFact({ type: 'joined', reply }, { meeting: 'joined' });
    call.emitFact({ type: 'active-speaker-changed', participantId: 'ana' });
    call.emitFact({ type: 'warned', error });
    call.emitFact({ type: 'playback-blocked', blocked: true });
    call.emitFact({ type: 'participant-left', participantId: 'ana', reason: 'left' });
    call.emitFact({ type: 'left', reason: 'network', error }, { meeting: 'left' });
    expect(heard).to.deep.equal([
      'connection-state-change',
      'call-joining',
      'call-joined',
      'active-speaker-change',
      'call-warning',
      'playback-blocked',
      'participant-left',
      'call-error',
      'call-left',
    ]);
  });

  it('tell a toggle only when a device really went on or off, and which one is used', async () => {
    const { room, call } = await fakeRoom({ ...joined('Ana'), local: me({ camera: OFF }) });
    const heard = record(room);
    call.emitFact(
      { type: 'source-changing', source: 'camera', to: 'on' },
      { local: me({ camera: { ...OFF, status: 'turning-on' } }) },
    );
    expect(heard).to.deep.equal([]);
    call.emitFact({ type: 'source-on', source: 'camera', deviceId: 'one', stream: null }, { local: me() });
    expect(heard).to.deep.equal(['camera-toggle', 'selected-devices-updated']);
    heard.length = 0;
    const other = me({ camera: { ...ON, deviceId: 'two' } });
    call.emitFact({ type: 'source-on', source: 'camera', deviceId: 'two', stream: null }, { local: other });
    expect(heard).to.deep.equal(['selected-devices-updated']);
  });

  it('tell why a device failed', async () => {
    const { room, call } = await fakeRoom(joined('Ana'));
    let detail: { reason?: string } = {};
    room.addEventListener('device-error', (event) => (detail = event.detail));
    const error = { kind: 'camera', reason: 'in-use', blockedBy: 'system', error: new CallError('DEVICE_IN_USE') } as const;
    call.emitFact({ type: 'source-off', source: 'camera', error }, { local: me({ camera: { ...OFF, error } }) });
    expect(detail.reason).to.equal('in-use');
  });

  it('let the page keep a visitor at the door', async () => {
    const { room, call } = await fakeRoom();
    room.addEventListener('before-join', (event) => event.preventDefault(), { once: true });
    let code = '';
    await room.join().catch((error: CallError) => (code = error.code));
    expect(code).to.equal('ABORTED');
    expect(call.asked('join')).to.have.length(0);
    await room.join();
    expect(call.asked('join')).to.have.length(1);
  });

  it('let the page keep a visitor in the call', async () => {
    const { room, call } = await fakeRoom(joined('Ana'));
    room.addEventListener('before-leave', (event) => event.preventDefault(), { once: true });
    await room.leave();
    expect(call.asked('leave')).to.have.length(0);
    await room.leave();
    expect(call.asked('leave')).to.have.length(1);
  });

  it('speak to screen readers of people who come, several in one sentence', async () => {
    const { room, call } = await fakeRoom(joined());
    for (const name of ['Ana', 'Ben', 'Cem']) call.emitFact({ type: 'participant-joined', participant: info(name) });
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(room.shadowRoot!.querySelector('[role=status].visually-hidden')?.textContent).to.equal('Ana, Ben, and Cem joined.');
  });
});
