import { expect } from '@open-wc/testing';
import '../../components/index.js';
import { SOURCE_OFF } from '../../components/core/participant.js';
import { fakeRoom, frames, joined, me, person, textOf } from '../support/fake-rooms.js';
import { instead } from '../support/instead.js';

async function bar(state = joined('Ana')) {
  const fake = await fakeRoom(state);
  fake.room.style.cssText = 'inline-size: 1000px; block-size: 500px';
  await frames(5);
  const button = (name: string) => fake.controls()!.shadowRoot!.querySelector<HTMLElement>(`[data-control=${name}]`);
  return { ...fake, button };
}

describe('full screen', () => {
  it('has a control where the browser can, which says what is', async () => {
    const undo = instead(document, 'fullscreenEnabled', true);
    const { room, button, settle } = await bar();
    let asked = 0;
    room.requestFullscreen = () => Promise.resolve(void (asked += 1));
    expect(button('fullscreen')!.getAttribute('aria-label')).to.equal('Full screen');
    button('fullscreen')!.click();
    expect(asked).to.equal(1);
    const root = instead(document, 'fullscreenElement', room);
    room.dispatchEvent(new Event('fullscreenchange', { bubbles: true }));
    await settle();
    expect(button('fullscreen')!.getAttribute('aria-label')).to.equal('Leave full screen');
    root();
    undo();
  });

  it('has none where it cannot: an iPhone, a frame that forbids it', async () => {
    const undo = instead(document, 'fullscreenEnabled', false);
    const { button } = await bar();
    expect(button('fullscreen') === null).to.be.true;
    undo();
  });
});

describe('the screen', () => {
  /** Counts what the room asks of the browser. */
  function wakeLocks() {
    const log: string[] = [];
    const request = () => {
      log.push('on');
      const lock = {
        released: false,
        release: () => {
          lock.released = true;
          log.push('off');
          return Promise.resolve();
        },
      };
      return Promise.resolve(lock);
    };
    return { log, undo: instead(navigator, 'wakeLock', { request }) };
  }

  it('stays awake while there is something to see, and is let go with the call', async () => {
    const { log, undo } = wakeLocks();
    const { set } = await fakeRoom(joined('Ana'));
    await frames(5);
    expect(log).to.deep.equal(['on']);
    await set({ meeting: 'left', leftReason: 'voluntary' });
    await frames(5);
    expect(log).to.deep.equal(['on', 'off']);
    undo();
  });

  it('may sleep while people only listen', async () => {
    const { log, undo } = wakeLocks();
    const dark = person('Ana', { media: { microphone: true, camera: false, screen: false, screenAudio: false } });
    const { set } = await fakeRoom({ ...joined(), participants: [dark], local: me({ camera: SOURCE_OFF }) });
    await frames(5);
    expect(log).to.deep.equal([]);
    await set({ participants: [person('Ana')] });
    expect(log).to.deep.equal(['on']);
    undo();
  });

  it('is no trouble where it is forbidden', async () => {
    const undo = instead(navigator, 'wakeLock', { request: () => Promise.reject(new DOMException('no', 'NotAllowedError')) });
    const { room } = await fakeRoom(joined('Ana'));
    await frames(5);
    expect(textOf(room.shadowRoot!.querySelector('.notes')!)).to.equal('');
    undo();
  });
});
