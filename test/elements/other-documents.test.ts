/** An element that is moved: into another document and back, and within its own without leaving it. */
import { expect, waitUntil } from '@open-wc/testing';
import '../../components/index.js';
import '../../components/chat/define.js';
import { DEVICES, fakeRoom, frames, joined, person, textOf } from '../support/fake-rooms.js';

async function frame(): Promise<HTMLIFrameElement> {
  const element = document.createElement('iframe');
  element.style.cssText = 'width: 640px; height: 480px; border: 0';
  document.body.append(element);
  // Firefox loads even an empty one.
  await waitUntil(() => element.contentDocument?.readyState === 'complete');
  await frames(2);
  return element;
}

function drawing(): MediaStream {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d')!;
  setInterval(() => context.fillRect(Math.random() * 9, 0, 9, 9), 40);
  return canvas.captureStream(15);
}

const seen = (name: string, stream: MediaStream) => person(name, { streams: { camera: stream, screen: null } });

/** Every element of ours in there is dressed: a naked one has no sheets. */
function dressed(root: ShadowRoot): string[] {
  const naked: string[] = [];
  const look = (at: ShadowRoot): void => {
    if (!at.adoptedStyleSheets.length) naked.push(at.host.localName);
    for (const each of at.querySelectorAll('*')) if (each.shadowRoot) look(each.shadowRoot);
  };
  look(root);
  return naked;
}

describe('an element in another document', () => {
  afterEach(() => document.querySelectorAll('iframe').forEach((each) => each.remove()));

  it('looks there as it did here, goes on with the same call, and so it does when it is back', async () => {
    const { room, call, tiles } = await fakeRoom({ ...joined('Ana'), participants: [seen('Ana', drawing())] });
    const home = room.parentElement!;
    const shape = () => {
      const bar = room.shadowRoot!.querySelector('webrtc-controls')!.shadowRoot!.querySelector('.bar')!;
      return [
        getComputedStyle(bar).display,
        getComputedStyle(tiles()[0]!).position,
        getComputedStyle(room.shadowRoot!.querySelector('.frame')!).display,
      ];
    };
    const before = shape();
    const other = await frame();
    for (const place of [other.contentDocument!.body, home, other.contentDocument!.body]) {
      place.append(room);
      await frames(6);
      expect(room.ownerDocument).to.equal(place.ownerDocument);
      expect(dressed(room.shadowRoot!)).to.deep.equal([]);
      expect(shape()).to.deep.equal(before);
      expect(room.call).to.equal(call);
      await waitUntil(() => {
        const video = tiles()[0]!.shadowRoot!.querySelector('video')!;
        return !video.paused && video.videoWidth > 0;
      }, 'the picture goes on');
    }
    expect(call.asked('leave')).to.have.length(0);
  });

  it('opens its panels, menus and lists of keys there for the first time, and back here', async () => {
    const { room } = await fakeRoom({ ...joined('Ana'), devices: DEVICES });
    const home = room.parentElement!;
    const other = await frame();
    other.contentDocument!.body.append(room);
    await frames(4);
    room.toggleChat(true);
    await waitUntil(() => room.shadowRoot!.querySelector('webrtc-chat')?.shadowRoot?.querySelector('textarea'));
    await frames(4);
    expect(dressed(room.shadowRoot!)).to.deep.equal([]);
    const controls = room.shadowRoot!.querySelector('webrtc-controls')!.shadowRoot!;
    controls.querySelector<HTMLElement>('[data-menu=microphone]')!.click();
    await frames(4);
    const menu = controls.querySelector('.menu')!;
    expect(getComputedStyle(menu).position).to.equal('fixed');
    const [at, view] = [menu.getBoundingClientRect(), other.contentDocument!.documentElement];
    expect(at.left >= 0 && at.right <= view.clientWidth && at.top >= 0 && at.bottom <= view.clientHeight, 'in its window').to.be
      .true;
    const chat = room.shadowRoot!.querySelector('webrtc-chat')!.shadowRoot!;
    expect(getComputedStyle(chat.querySelector('.panel')!).display).to.equal('flex');
    home.append(room);
    await frames(4);
    expect(dressed(room.shadowRoot!)).to.deep.equal([]);
  });

  it('is made in there by a script of the page', async () => {
    const other = await frame();
    const tile = document.createElement('webrtc-video-tile');
    tile.displayName = 'Ana';
    other.contentDocument!.body.append(tile);
    await frames(4);
    expect(dressed(tile.shadowRoot!)).to.deep.equal([]);
    expect(textOf(tile)).to.contain('Ana');
    expect(tile.shadowRoot!.querySelector('.tile')!.getBoundingClientRect().width).to.be.greaterThan(100);
  });

  it('has its keys there, and leaves alone what is typed in fields of that document', async () => {
    const { room, call } = await fakeRoom(joined('Ana'));
    const other = await frame();
    other.contentDocument!.body.append(room);
    await frames(4);
    const input = other.contentDocument!.createElement('input');
    input.slot = 'header';
    room.append(input);
    input.focus();
    const key = { code: 'KeyM', key: 'm', bubbles: true, composed: true, cancelable: true };
    input.dispatchEvent(new (other.contentWindow as Window & typeof globalThis).KeyboardEvent('keydown', key));
    expect(call.asked('setMicrophone')).to.have.length(0);
    room.shadowRoot!.querySelector('.room')!.dispatchEvent(new KeyboardEvent('keydown', key));
    expect(call.asked('setMicrophone')).to.have.length(1);
  });

  it('leaves the call when that document goes away with it', async () => {
    const { room, call } = await fakeRoom(joined('Ana'));
    const other = await frame();
    other.contentDocument!.body.append(room);
    await frames(4);
    expect(call.asked('leave')).to.have.length(0);
    other.remove();
    await waitUntil(() => call.asked('leave').length === 1, 'it left');
  });

  it('stays in the call when the page takes it back as that document goes', async () => {
    const { room, call } = await fakeRoom(joined('Ana'));
    const home = room.parentElement!;
    const other = await frame();
    other.contentDocument!.body.append(room);
    await frames(4);
    other.contentWindow!.addEventListener('pagehide', () => home.append(room));
    other.remove();
    home.append(room);
    await frames(6);
    await new Promise((turn) => setTimeout(turn));
    expect(call.asked('leave')).to.have.length(0);
  });
});

describe('moveBefore()', () => {
  type Movable = HTMLElement & { moveBefore?(node: Node, before: Node | null): void };

  it('keeps the very same pictures playing, and finds the room and the language of the new place', async function () {
    const { room, tiles, call } = await fakeRoom({ ...joined('Ana'), participants: [seen('Ana', drawing())] });
    const home = room.parentElement! as Movable;
    if (!home.moveBefore) this.skip();
    const video = tiles()[0]!.shadowRoot!.querySelector('video')!;
    await waitUntil(() => !video.paused && video.videoWidth > 0);
    const broken: string[] = [];
    for (const event of ['emptied', 'pause', 'loadstart'])
      video.addEventListener(event, () => broken.push(`${event} ${video.srcObject ? 'with' : 'without'} a stream`));
    const there = document.createElement('div') as Movable;
    there.lang = 'de';
    document.body.append(there);
    there.moveBefore(room, null);
    await frames(8);
    await waitUntil(() => room.shadowRoot!.querySelector('.room')!.getAttribute('aria-label')?.includes('Anruf'), 'German');
    expect([broken, video.paused]).to.deep.equal([[], false]);
    expect(tiles()[0]!.shadowRoot!.querySelector('video')).to.equal(video);
    expect(call.asked('leave')).to.have.length(0);
    home.moveBefore(room, null);
    there.remove();
  });

  it('of a part takes it to the room it stands in now', async function () {
    const [one, two] = [await fakeRoom(joined('Ana')), await fakeRoom(joined('Ben'))];
    const tools = document.createElement('webrtc-controls');
    tools.slot = 'header';
    one.room.append(tools);
    await frames(6);
    const into = two.room as Movable;
    if (!into.moveBefore) this.skip();
    into.moveBefore(tools, null);
    await frames(6);
    tools.shadowRoot!.querySelector<HTMLElement>('[data-control=microphone]')!.click();
    expect([one.call.asked('setMicrophone').length, two.call.asked('setMicrophone').length]).to.deep.equal([0, 1]);
  });
});
