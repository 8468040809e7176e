import { expect } from '@open-wc/testing';
import '../../components/index.js';
import { CallError } from '../../components/core/call-error.js';
import { SOURCE_OFF } from '../../components/core/participant.js';
import { FakeCall } from '../../components/testing/fake-call.js';
import { fakeRoom, frames, joined, me, textOf } from '../support/fake-rooms.js';

describe('<webrtc-room>', () => {
  it('mirrors its attributes to properties', async () => {
    const { room } = await fakeRoom(
      {},
      { 'server-url': 'https://calls.example.org', 'display-name': 'Ana', autojoin: '', layout: 'grid' },
    );
    expect([room.room, room.serverUrl, room.displayName, room.autojoin, room.layout]).to.deep.equal([
      'standup',
      'https://calls.example.org',
      'Ana',
      true,
      'grid',
    ]);
  });

  it('opens nothing and joins nothing by merely being in the page', async () => {
    const { call } = await fakeRoom();
    expect(call.intents.map(({ name }) => name)).to.deep.equal(['configure']);
  });

  it('opens the line at the first sign of intent', async () => {
    const { room, call } = await fakeRoom();
    room.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
    expect(call.asked('prepare')).to.have.length(1);
  });

  for (const [name, value] of [
    ['autojoin', ''],
    ['prejoin', 'off'],
  ] as const) {
    it(`joins by itself with ${name}="${value}"`, async () => {
      const { call } = await fakeRoom({}, { [name]: value });
      expect(call.asked('join')).to.have.length(1);
    });
  }

  it('tells the call only what changed, and never makes another one', async () => {
    const made: FakeCall[] = [];
    const room = document.createElement('webrtc-room');
    room.callFactory = (options) => {
      const call = new FakeCall(options);
      made.push(call);
      return call;
    };
    room.room = 'one';
    document.body.append(room);
    await frames();
    room.setAttribute('token', 'ticket');
    room.setAttribute('room', 'two');
    await frames();
    expect(made).to.have.length(1);
    expect(made[0]!.intents).to.deep.equal([{ name: 'configure', with: [{ room: 'two', token: 'ticket' }] }]);
    room.remove();
    await frames();
  });

  it('shows the door, then the call, then the farewell', async () => {
    const { room, set, prejoin, stage } = await fakeRoom();
    expect(prejoin()).to.exist;
    await set(joined('Ana'));
    expect(prejoin()).to.not.exist;
    expect(stage()).to.exist;
    await set({ meeting: 'left', leftReason: 'voluntary' });
    expect(textOf(room)).to.contain('You left the call').and.contain('Rejoin');
  });

  it('tells who was removed what happened, and offers no way around it', async () => {
    const { room, set } = await fakeRoom(joined('Ana'));
    await set({ meeting: 'left', leftReason: 'kicked', error: new CallError('FORBIDDEN') });
    expect(textOf(room)).to.contain('You were removed from the call').and.contain('ask the person who invited you');
    expect(room.shadowRoot!.querySelector('.panel')!.role).to.equal('alert');
    expect(room.shadowRoot!.querySelector('.panel button')).to.not.exist;
  });

  it('tells who waited, or comes too late, that the call was ended for all; another may begin', async () => {
    const { room, call, set } = await fakeRoom({ meeting: 'waiting' });
    await set({ meeting: 'left', leftReason: 'ended', error: new CallError('ROOM_ENDED') });
    expect(textOf(room)).to.contain('The call has ended').and.contain('ended for everyone');
    room.shadowRoot!.querySelector<HTMLElement>('.panel button')!.click();
    expect(call.asked('join')).to.have.length(1);
  });

  it('tells who waited and was turned away why, not only that', async () => {
    const { room, set } = await fakeRoom({ meeting: 'waiting' });
    await set({ meeting: 'left', leftReason: 'denied', error: new CallError('FORBIDDEN') });
    expect(textOf(room)).to.contain('You weren’t let in').and.contain('turned you away');
  });

  it('says in words what went wrong and offers another try where that can help', async () => {
    const { room, call, set } = await fakeRoom({}, { prejoin: 'off' });
    await set({ meeting: 'error', error: new CallError('ROOM_FULL') });
    expect(textOf(room)).to.contain('This room is full');
    const before = call.asked('join').length;
    room.shadowRoot!.querySelector<HTMLElement>('.panel button')!.click();
    await frames();
    expect(call.asked('join')).to.have.length(before + 1);
    await set({ error: new CallError('ORIGIN_NOT_ALLOWED') });
    expect(room.shadowRoot!.querySelector('.panel button')).to.not.exist;
  });

  it('keeps the call when it is moved within the page', async () => {
    const { room, call } = await fakeRoom(joined('Ana'));
    const elsewhere = document.createElement('section');
    document.body.append(elsewhere);
    elsewhere.append(room);
    await frames();
    expect(call.asked('leave')).to.have.length(0);
    expect(room.call).to.equal(call);
    elsewhere.remove();
  });

  it('leaves when it is removed, unless told not to', async () => {
    const { room, call } = await fakeRoom(joined('Ana'));
    room.remove();
    await frames();
    expect(call.asked('leave')).to.have.length(1);
    const other = await fakeRoom(joined('Ana'), { 'leave-on-unmount': 'off' });
    other.room.remove();
    await frames();
    expect(other.call.asked('leave')).to.have.length(0);
  });

  it('leaves and ends a call of its own, and makes a new one when it comes back', async () => {
    const made: FakeCall[] = [];
    const room = document.createElement('webrtc-room');
    room.callFactory = (options) => {
      made.push(new FakeCall(options));
      return made.at(-1)!;
    };
    document.body.append(room);
    await frames();
    made[0]!.set(joined('Ana'));
    await frames();
    room.remove();
    await frames();
    expect(made).to.have.length(1);
    expect(made[0]!.intents.map(({ name }) => name)).to.deep.equal(['leave', 'close']);
    document.body.append(room);
    await frames();
    expect(made).to.have.length(2);
    room.remove();
    await frames();
  });

  it('has a size without any styles', async () => {
    const { room } = await fakeRoom();
    expect(room.offsetHeight).to.be.at.least(300);
    expect(room.offsetWidth).to.be.at.least(240);
  });

  it('takes whatever size the page gives', async () => {
    const { room, set } = await fakeRoom();
    room.style.cssText = 'width: 240px; height: 180px';
    await set(joined('Ana', 'Ben'));
    expect([room.offsetWidth, room.offsetHeight]).to.deep.equal([240, 180]);
    expect(room.scrollWidth).to.equal(240);
  });

  it('has nothing scroll, however low the box is that the page gives', async () => {
    const { room } = await fakeRoom();
    const holder = room.parentElement as HTMLElement;
    holder.style.cssText = 'block-size: 300px; overflow: auto';
    room.style.blockSize = '250px';
    expect(holder.scrollHeight).to.equal(holder.clientHeight);
  });

  it('keeps the pictures of a call out of its corners, however round they are', async () => {
    const { room, tiles } = await fakeRoom(joined('Ana'));
    room.style.cssText = 'inline-size: 400px; block-size: 360px; --webrtc-border-radius: 70px';
    await frames();
    const box = room.getBoundingClientRect();
    expect(tiles()).to.have.length(2);
    for (const tile of tiles()) {
      const { left, right, top, bottom } = tile.getBoundingClientRect();
      const [x, y] = [Math.min(left - box.left, box.right - right), Math.min(top - box.top, box.bottom - bottom)];
      const own = parseFloat(getComputedStyle(tile.shadowRoot!.querySelector('.tile')!).borderTopLeftRadius);
      // The farthest point of the tile's corner from the middle of the room's.
      expect(Math.hypot(Math.max(0, 70 - x - own), Math.max(0, 70 - y - own)) + own).to.be.lessThan(70.5);
    }
  });

  it('invites while nobody else is there', async () => {
    const { room, set } = await fakeRoom(joined());
    expect(textOf(room)).to.contain('first one here');
    await set({ participants: joined('Ana').participants! });
    expect(textOf(room)).to.not.contain('first one here');
  });

  it('speaks of a lost line only after a while', async () => {
    const { room, set } = await fakeRoom({ ...joined('Ana'), connection: 'reconnecting' });
    expect(room.shadowRoot!.querySelector('.badge')).to.not.exist;
    await new Promise((resolve) => setTimeout(resolve, 3_100));
    expect(room.shadowRoot!.querySelector('.badge')?.textContent).to.contain('Reconnecting');
    await set({ connection: 'connected' });
    expect(room.shadowRoot!.querySelector('.badge')).to.not.exist;
  });

  it('offers one tap when the browser refuses sound', async () => {
    const { room, call } = await fakeRoom({ ...joined('Ana'), playbackBlocked: true });
    room.shadowRoot!.querySelector<HTMLElement>('.hear')!.click();
    expect(call.asked('startAudio')).to.have.length(1);
  });

  it('shows what it is as data attributes', async () => {
    const { room, set } = await fakeRoom(joined('Ana'));
    expect(room.hasAttribute('data-joined')).to.be.true;
    await set({ local: me({ microphone: SOURCE_OFF }) });
    expect(room.hasAttribute('data-muted')).to.be.true;
  });

  it('shows what the page puts into its slots instead of its own', async () => {
    const { room, settle, stage, controls } = await fakeRoom(joined('Ana'));
    const own = document.createElement('div');
    own.slot = 'stage';
    room.append(own);
    await settle();
    expect(stage()).to.not.exist;
    expect(controls()).to.exist;
  });

  it('hands its methods on to the call', async () => {
    const { room, call } = await fakeRoom(joined('Ana'));
    await room.toggleMicrophone();
    await room.toggleCamera(true);
    await room.toggleScreenshare();
    await room.switchActiveDevice('camera', 'two');
    expect(call.intents.slice(1)).to.deep.equal([
      { name: 'setMicrophone', with: [false] },
      { name: 'setCamera', with: [true] },
      { name: 'setScreenshare', with: [true] },
      { name: 'switchActiveDevice', with: ['camera', 'two'] },
    ]);
  });

  it('moves the focus with the visitor: to the toolbar when inside, to Rejoin when out', async () => {
    const { prejoin, controls, room, set } = await fakeRoom();
    prejoin()!.focus();
    await set(joined('Ana'));
    expect(controls()!.shadowRoot!.activeElement?.getAttribute('data-control')).to.equal('microphone');
    await set({ meeting: 'left', leftReason: 'voluntary' });
    expect(room.shadowRoot!.activeElement?.textContent).to.contain('Rejoin');
  });

  it('never takes the focus from elsewhere', async () => {
    const { set } = await fakeRoom();
    await set(joined('Ana'));
    expect(document.activeElement).to.equal(document.body);
  });
});
