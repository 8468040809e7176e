/**
 * Axe over every scene of the gallery, so that a state somebody draws is a state somebody checked: light in Chromium, dark
 * in Firefox. What a scene opens can be left with Escape. No rule is off.
 */
import { expect, waitUntil } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import '../../components/index.js';
// Loaded on demand; here they are there at once.
import '../../components/chat/define.js';
import '../../components/controls/define.js';
import '../../components/controls/more-part.js';
import '../../components/participants/define.js';
import '../../components/prejoin/trouble.js';
import '../../components/room/in-call.js';
import '../../components/room/room-panels.js';
import '../../components/settings/define.js';
import '../../components/shared/device-menu.js';
import '../../components/stage/define.js';
import '../../components/tile/tile-menu.js';
import { FakeCall } from '../../components/testing/fake-call.js';
import { find } from '../../demo/gallery/find.js';
import { PHONES, showPhone } from '../../demo/gallery/phones.js';
import { SCENES, type Scene } from '../../demo/gallery/scenes.js';
import { arrived, frames } from '../support/fake-rooms.js';
import { instead } from '../support/instead.js';

const THEME = navigator.userAgent.includes('Firefox') ? 'dark' : 'light';
/** Many times the same tile tells axe nothing that six do not. */
const LEFT_OUT = ['five', 'seven', 'eight', 'nine', 'crowd', 'pinned-crowd', 'screen-crowd', 'twelve'];
/** What each press opens. */
const OPENS: Readonly<Record<string, string>> = {
  '[data-control=people]': 'webrtc-participants',
  '[data-control=chat]': 'webrtc-chat',
  '[data-control=settings]': 'webrtc-settings',
  '.empty .ways .button': 'dialog.invite[open]',
};
const opened = (press: string): string => OPENS[press] ?? '[role=menu], .menu[role=dialog]';
const BOX = 'position: fixed; inset: 0; inline-size: 800px; block-size: 560px';

const shown = (selector: string): HTMLElement | null => find(document.body, selector);
function there(selector: string): Promise<HTMLElement> {
  return waitUntil(() => shown(selector), `${selector} is there`, { interval: 15, timeout: 5_000 }).then(() => shown(selector)!);
}
function focused(): Element {
  let at = document.activeElement ?? document.body;
  while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at;
}

/** Pictures of people are drawn for ever; here they stand still. */
function still<T>(make: () => T): T {
  const restore = instead(window, 'setInterval', () => 0);
  try {
    return make();
  } finally {
    restore();
  }
}

async function show(scene: Scene): Promise<HTMLElement> {
  const room = document.createElement('webrtc-room');
  const all = {
    room: scene.state.room,
    'persist-user-choices': 'off',
    'display-name': 'Nora',
    theme: THEME,
    ...scene.attributes,
  };
  for (const [name, value] of Object.entries(all)) room.setAttribute(name, value);
  const fake = new FakeCall({ room: scene.state.room }, scene.state);
  room.call = fake;
  room.style.cssText = BOX;
  document.body.append(room);
  if (scene.view) room.setView(scene.view);
  if (scene.network) fake.network = scene.network;
  await there('.frame');
  await frames(3);
  if (scene.pane) room.openSettings(scene.pane);
  for (const fact of scene.facts ?? []) fake.emitFact(fact);
  if (scene.press) {
    const button = await there(scene.press);
    button.focus();
    button.click();
    // What opens takes the focus, and the hint at the button goes.
    await there(opened(scene.press));
    await waitUntil(() => focused() !== button, 'the focus is in what opened', { interval: 15, timeout: 5_000 });
  }
  if (scene.keys)
    shown('.room')!.dispatchEvent(
      new KeyboardEvent('keydown', { key: scene.keys, bubbles: true, composed: true, cancelable: true }),
    );
  // A colour on its way to another one is neither.
  await arrived();
  return room;
}

describe(`axe finds nothing, ${THEME}`, () => {
  afterEach(() => document.querySelectorAll('webrtc-room, webrtc-phone, webrtc-call-button').forEach((each) => each.remove()));

  for (const name of Object.keys(SCENES).filter((each) => !LEFT_OUT.includes(each))) {
    it(name, async () => {
      const scene = still(SCENES[name]!);
      const room = await show(scene);
      await expect(room).to.be.accessible();
      if (!scene.press) return;
      const opens = opened(scene.press);
      if (opens.startsWith('dialog')) return; // a modal dialog is closed by the browser, and only for a real key
      focused().dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true, cancelable: true }));
      await waitUntil(() => !shown(opens), 'Escape closes it', { interval: 15, timeout: 5_000 });
    });
  }

  for (const name of Object.keys(PHONES)) {
    it(name, async () => {
      await still(() => showPhone(name, { theme: THEME }));
      const element = document.querySelector<HTMLElement>('webrtc-phone, webrtc-call-button')!;
      await there('.phone, .call');
      await arrived();
      await expect(element).to.be.accessible();
    });
  }

  // Only Chromium can be told to.
  for (const name of THEME === 'light' ? ['door-blocked', 'four', 'people', 'settings', 'menu-microphone'] : []) {
    it(`${name}, in forced colours`, async () => {
      await emulateMedia({ forcedColors: 'active' });
      try {
        const room = await show(still(SCENES[name]!));
        await expect(room).to.be.accessible();
      } finally {
        await emulateMedia({ forcedColors: 'none' });
      }
    });
  }
});
