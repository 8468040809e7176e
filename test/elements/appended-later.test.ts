/** Every element works wherever and whenever a page adds it. A tag is registered once in a page, so each test has its own. */
import { expect } from '@open-wc/testing';

const made = (tag: string): HTMLElement => document.createElement(tag);
/** Drawn as itself: a tag nobody registered has no shadow root, and this waits for ever. */
const works = async (element: Element): Promise<void> => {
  await customElements.whenDefined(element.localName);
  expect(element.shadowRoot).to.be.instanceOf(ShadowRoot);
};

describe('an element', () => {
  const early = made('webrtc-settings');
  const inTreeBefore = made('webrtc-stage');

  before(async () => {
    const host = made('div');
    host.attachShadow({ mode: 'open' }).append(inTreeBefore);
    document.body.append(early, host);
    expect([early, inTreeBefore].map(({ shadowRoot }) => shadowRoot)).to.deep.equal([null, null]);
    await import('../../components/index.js');
  });

  it('that a script made before the elements were loaded is registered', () => works(early));

  it('in a shadow tree that was there before is registered', () => works(inTreeBefore));

  it('that is added to the loaded page is registered, deep inside what is added, with what was set on it', async () => {
    const controls = Object.assign(made('webrtc-controls'), { controls: 'leave' });
    const section = made('section');
    section.append(made('p'));
    section.lastElementChild!.append(controls);
    document.body.append(section);
    await works(controls);
    await (controls as HTMLElementTagNameMap['webrtc-controls']).updateComplete;
    expect(controls.getAttribute('controls') ?? (controls as HTMLElementTagNameMap['webrtc-controls']).controls).to.equal(
      'leave',
    );
  });

  it('in a shadow tree that enters the page later is registered, also when it comes after its host', async () => {
    const host = made('div');
    const root = host.attachShadow({ mode: 'open' });
    document.body.append(host);
    await Promise.resolve();
    const inner = made('div');
    const innerRoot = inner.attachShadow({ mode: 'open' });
    root.append(inner);
    await Promise.resolve();
    const participants = made('webrtc-participants');
    innerRoot.append(participants);
    await works(participants);
  });

  it('beside one of ours is registered, even in a closed shadow tree', async () => {
    const host = made('div');
    document.body.append(host);
    await Promise.resolve();
    const root = host.attachShadow({ mode: 'closed' });
    root.append(made('webrtc-video-tile'));
    const chat = made('webrtc-chat');
    root.append(chat);
    await Promise.resolve();
    await works(chat);
  });

  it('that replaces another page, as routers do, is registered', async () => {
    const main = made('main');
    document.body.append(main);
    const phone = made('webrtc-phone');
    main.replaceChildren(phone);
    await works(phone);
  });

  it('that was removed and comes back is itself again', async () => {
    const button = made('webrtc-call-button');
    document.body.append(button);
    button.remove();
    document.body.append(button);
    await works(button);
  });
});
