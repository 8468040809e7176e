import { expect } from '@open-wc/testing';
import '../../components/index.js';
import '../../components/room/pip.js';
import { SOURCE_OFF } from '../../components/core/participant.js';
import { pipFaces } from '../../components/room/pip-content.js';
import { INITIAL_STATE } from '../../components/core/call-state.js';
import { fakeRoom, frames, joined, me, person, textOf } from '../support/fake-rooms.js';
import { instead } from '../support/instead.js';

async function bar(state = joined('Ana')) {
  const fake = await fakeRoom(state);
  fake.room.style.cssText = 'inline-size: 1000px; block-size: 500px';
  await frames(5);
  const button = (name: string) => fake.controls()!.shadowRoot!.querySelector<HTMLElement>(`[data-control=${name}]`);
  return { ...fake, button };
}

describe('picture-in-picture', () => {
  /** A second document, as the browser would give one. */
  async function openWindow(state = joined('Ana', 'Ben')) {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const undo = [
      instead(window, 'documentPictureInPicture', { requestWindow: () => Promise.resolve(frame.contentWindow) }),
      instead(frame.contentWindow!, 'close', () => frame.contentWindow!.dispatchEvent(new Event('pagehide'))),
    ];
    const fake = await fakeRoom(state);
    const heard: boolean[] = [];
    fake.room.addEventListener('pip-toggle', (event) => heard.push(event.detail.open));
    // The tests run in a frame themselves, where the real window would be refused.
    const { openPip } = await import('../../components/room/pip.js');
    const end = () => {
      undo.forEach((each) => each());
      frame.remove();
    };
    const page = frame.contentDocument!;
    const context = (fake.room as unknown as { pipContext(): Parameters<typeof openPip>[1] }).pipContext();
    return { ...fake, page, heard, end, open: (closed: () => void = () => undefined) => openPip('document', context, closed) };
  }

  it('shows the people and the buttons in a window of its own, alive', async () => {
    const { page, open, call, set, end } = await openWindow();
    await open();
    const names = () => [...page.querySelectorAll('li')].map(textOf);
    expect(names()).to.deep.equal(['A Ana', 'B Ben', 'N Nora (you)']);
    expect([...page.querySelectorAll('button')].map((each) => each.getAttribute('aria-label'))).to.deep.equal([
      'Turn off microphone',
      'Turn off camera',
      'Leave',
    ]);
    expect(page.adoptedStyleSheets).to.have.length(1);
    page.querySelector('button')!.click();
    expect(call.asked('setMicrophone')[0]?.with).to.deep.equal([false]);
    await set({ participants: [person('Ana'), person('Cleo')], local: me({ microphone: SOURCE_OFF }) });
    expect(names()[1]).to.contain('Cleo');
    expect(page.querySelector('button')!.getAttribute('aria-label')).to.equal('Turn on microphone');
    end();
  });

  it('closes with the call, and lets its pictures go', async () => {
    const { page, open, set, end } = await openWindow();
    let closed = 0;
    await open(() => void (closed += 1));
    await set({ meeting: 'left' });
    expect(closed).to.equal(1);
    expect(page.querySelector('li')).to.not.exist;
    end();
  });

  it('plays no sound a second time', async () => {
    const camera = new MediaStream();
    const { page, open, end } = await openWindow({
      ...joined(),
      participants: [person('Ana', { streams: { camera, screen: null } })],
    });
    await open();
    expect(page.querySelector('video')!.srcObject).to.equal(camera);
    expect(page.querySelector('video')!.muted).to.be.true;
    end();
  });

  it('has four faces at most: screens, who speaks, the others, ourselves', () => {
    const screen = new MediaStream();
    const sharing = person('Cem', { media: { ...person('Cem').media, screen: true }, streams: { camera: null, screen } });
    const state = { ...INITIAL_STATE, ...joined('Ana', 'Ben'), activeSpeaker: 'ben' };
    const keys = (change: object) => pipFaces({ ...state, ...change }).map(({ key }) => key);
    expect(keys({})).to.deep.equal(['ben', 'ana', 'local']);
    expect(keys({ participants: [person('Ana'), person('Ben'), sharing] })).to.deep.equal(['cem-screen', 'ben', 'ana', 'cem']);
  });

  it('shows who speaks where there is no window for a page, and goes along with the speaker', async function () {
    if (!document.pictureInPictureEnabled) return this.skip(); // Firefox has neither
    const undo = [instead(window, 'documentPictureInPicture', undefined)];
    const shown: HTMLVideoElement[] = [];
    // A real small window wants a real press; all else is the browser's own.
    undo.push(
      instead(HTMLVideoElement.prototype, 'play', async () => undefined),
      instead(HTMLVideoElement.prototype, 'requestPictureInPicture', async function (this: HTMLVideoElement) {
        shown.push(this);
      }),
    );
    const [ana, ben] = [new MediaStream(), new MediaStream()];
    const people = [
      person('Ana', { streams: { camera: ana, screen: null } }),
      person('Ben', { streams: { camera: ben, screen: null } }),
    ];
    const { room, button, set } = await bar({ ...joined(), participants: people, activeSpeaker: 'ben' });
    const heard: boolean[] = [];
    room.addEventListener('pip-toggle', ({ detail }) => heard.push(detail.open));
    button('pip')!.click();
    await frames(10);
    expect(shown).to.have.length(1);
    expect(shown[0]!.srcObject).to.equal(ben);
    expect(shown[0]!.muted).to.be.true;
    await set({ activeSpeaker: 'ana' });
    expect(shown[0]!.srcObject).to.equal(ana);
    shown[0]!.dispatchEvent(new Event('leavepictureinpicture'));
    await frames(3);
    expect(heard).to.deep.equal([true, false]);
    expect(shown[0]!.isConnected).to.be.false;
    undo.forEach((each) => each());
  });

  it('offers its control only where this browser has one of the two', async () => {
    const { button } = await bar();
    const has = document.pictureInPictureEnabled === true;
    expect(button('pip') !== null).to.equal(has);
  });

  it('has no control where the browser has nothing of the kind', async () => {
    const undo = [instead(document, 'pictureInPictureEnabled', false), instead(window, 'documentPictureInPicture', undefined)];
    const { button } = await bar();
    expect(button('pip') === null).to.be.true;
    undo.forEach((each) => each());
  });

  it('is refused before there is a call, and where it is unknown', async () => {
    const { room } = await fakeRoom();
    const code = await room.requestPictureInPicture().catch((error: unknown) => (error as { code: string }).code);
    expect(code).to.be.oneOf(['NOT_JOINED', 'UNSUPPORTED_BROWSER']);
  });
});
