/** The systems that are compared, and how somebody comes in with each. */
import type { Page } from 'puppeteer-core';
import type { WebrtcRoom } from '../../components/index.js';
import { until } from '../../test/support/until.js';
import { OTHERS } from './others.js';

/** A way of coming in: what the visitor did before, and what they do when the clock starts. */
export interface System {
  readonly name: string;
  /** Which server: ours, or that of the others. */
  readonly server: 'ours' | 'others';
  /** Nothing of the page's files is there yet. */
  readonly uncached?: boolean;
  /** So many are inside, and the time is that of the last face. One, when nothing is said. */
  readonly faces?: number;
  /** Somebody is inside with a camera, and ready to be joined. */
  inside(page: Page, url: string, room: string): Promise<void>;
  /** On the page, with everything done that was done before the visitor wants in. */
  visit(page: Page, url: string, room: string, rtt: number): Promise<void>;
  /** Starts the clock and joins. */
  join(page: Page, room: string): Promise<void>;
  leave(page: Page): Promise<void>;
  /** How many others the one inside knows of after a visitor left. */
  others(page: Page): Promise<number>;
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function ourPage(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/`);
  await page.evaluate(async () => {
    document.body.replaceChildren();
    await import(`${location.origin}/webrtc-elements.js`);
    await window.bench.cameraReady();
  });
}

/** In the page: puts the room there. The clock starts with it where it joins by itself. */
function addRoom({ room, autojoin, clock }: { room: string; autojoin: boolean; clock: boolean }): void {
  const element = document.createElement('webrtc-room');
  element.setAttribute('room', room);
  element.setAttribute('display-name', 'Visitor');
  element.setAttribute('persist-user-choices', 'off');
  element.toggleAttribute('autojoin', autojoin);
  element.style.setProperty('height', '90vh');
  if (clock) window.bench.start();
  document.body.append(element);
}

const ours: Pick<System, 'server' | 'inside' | 'leave' | 'others'> = {
  server: 'ours',
  inside: async (page, url, room) => {
    await ourPage(page, url);
    await page.evaluate(addRoom, { room, autojoin: true, clock: false });
    await until('the one inside', () =>
      page.evaluate(() => {
        const element = document.querySelector('webrtc-room') as WebrtcRoom;
        return element.meetingState === 'joined' && element.localParticipant.camera.status === 'on';
      }),
    );
  },
  leave: (page) => page.evaluate(() => (document.querySelector('webrtc-room') as WebrtcRoom).leave()),
  others: (page) => page.evaluate(() => (document.querySelector('webrtc-room') as WebrtcRoom).participants.length),
};

const cold = (name: string, uncached: boolean, faces = 1): System => ({
  ...ours,
  name,
  uncached,
  faces,
  visit: (page, url) => ourPage(page, url),
  join: (page, room) => page.evaluate(addRoom, { room, autojoin: true, clock: true }),
});

/** How long a visitor looks at the door: everything that was begun there has ended. */
const lookAround = (rtt: number): Promise<void> => sleep(500 + 6 * rtt);

/** At the door, and the line is open: the visitor typed a name, for instance. */
async function atTheDoor(page: Page, url: string, room: string, rtt: number): Promise<void> {
  await ourPage(page, url);
  await page.evaluate(addRoom, { room, autojoin: false, clock: false });
  await (await page.waitForSelector('>>> input[name="name"]', { visible: true }))?.click();
  await until('the line', () =>
    page.evaluate(() => (document.querySelector('webrtc-room') as WebrtcRoom).connectionState === 'connected'),
  );
  await page.waitForSelector('>>> button.join:enabled', { visible: true });
  await lookAround(rtt);
}

/** The pointer, or the keyboard, comes to the button first where the visitor's intent is shown. */
const door = (name: string, intent: boolean, faces = 1): System => ({
  ...ours,
  name,
  faces,
  visit: async (page, url, room, rtt) => {
    await atTheDoor(page, url, room, rtt);
    if (!intent) return;
    await (await page.$('>>> button.join'))?.hover();
    await lookAround(rtt);
  },
  join: async (page) => {
    const button = await page.waitForSelector('>>> button.join:enabled', { visible: true });
    await button?.evaluate((element) => {
      element.addEventListener('click', () => window.bench.start(), { capture: true, once: true });
      element.click();
    });
  },
});

/** The name is known from the last time: the first thing that is touched is the button. */
const firstClick: System = {
  ...ours,
  name: 'ours, first click',
  visit: async (page, url, room, rtt) => {
    await ourPage(page, url);
    await page.evaluate(addRoom, { room, autojoin: false, clock: false });
    await page.waitForSelector('>>> button.join:enabled', { visible: true });
    await lookAround(rtt);
  },
  join: async (page) => {
    const button = await page.waitForSelector('>>> button.join:enabled', { visible: true });
    await button?.evaluate((element) => {
      window.bench.start();
      element.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }));
      (element as HTMLElement).focus();
      (element as HTMLElement).click();
    });
  },
};

const other = (name: (typeof OTHERS)[number]): System => {
  const open = async (page: Page, url: string): Promise<void> => {
    await page.goto(`${url}/${name}`);
    await page.evaluate(() => window.bench.cameraReady());
    await page.waitForFunction(() => 'client' in window);
  };
  return {
    name,
    server: 'others',
    inside: async (page, url, room) => {
      await open(page, url);
      await page.evaluate((to) => window.client.enter(to), room);
    },
    visit: (page, url) => open(page, url),
    join: (page, room) =>
      page.evaluate((to) => {
        window.bench.start();
        window.client.join(to);
      }, room),
    leave: (page) => page.evaluate(() => window.client.leave()),
    others: (page) =>
      page.evaluate(() => {
        window.client.hangUp?.();
        return window.client.others();
      }),
  };
};

export const SYSTEMS: readonly System[] = [
  cold('ours, cold', false),
  cold('ours, cold, first visit', true),
  firstClick,
  door('ours, from the door', false),
  door('ours, pointer on Join', true),
  cold('ours, cold, three inside', false, 3),
  door('ours, from the door, three inside', false, 3),
  door('ours, pointer on Join, three inside', true, 3),
  ...OTHERS.map(other),
];
