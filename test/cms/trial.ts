/** What is tried with every CMS: a page it published is opened in a real browser, and a call is joined from it. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, Frame } from 'puppeteer-core';
import { launch } from '../support/browsers.js';
import { Person } from '../support/person.js';
import { ServerProcess } from '../support/server-process.js';
import { until } from '../support/until.js';

/** What a page must hold: our element, a frame with our page, or nothing of ours. */
export type Way = 'element' | 'frame' | 'nothing';

export const ROOM = 'try-cms';
/** What other people's themes and blocks write into the console is theirs. */
const ANYTHING = [/[^]*/];

/** A server of ours with somebody in the room, and a browser for everybody else. */
export class Trial {
  readonly #host: Person;
  readonly #pictures: string;
  #good = true;

  private constructor(
    readonly server: ServerProcess,
    readonly browser: Browser,
    readonly folder: string,
    host: Person,
    pictures: string,
  ) {
    this.#host = host;
    this.#pictures = pictures;
  }

  /**
   * Runs `body` with a temporary folder for the CMS; leaves nothing running. Pictures go to the folder in the command's
   * first argument. The answer says whether every attempt ended as it should.
   */
  static async run(cms: string, body: (trial: Trial) => Promise<void>): Promise<boolean> {
    const pictures = resolve(process.argv[2] ?? join(tmpdir(), `webrtc-elements-${cms}-pictures`));
    mkdirSync(pictures, { recursive: true });
    const folder = mkdtempSync(join(tmpdir(), `webrtc-elements-${cms}-`));
    const server = await ServerProcess.start();
    const browser = await launch('chromium');
    try {
      const host = await Person.inCall(browser, `${server.url}/r/${ROOM}`, { name: 'Host', expectedInConsole: ANYTHING });
      const trial = new Trial(server, browser, folder, host, pictures);
      await body(trial);
      await host.close();
      console.log(`Pictures are in ${pictures}`);
      return trial.#good;
    } finally {
      await browser.close();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  }

  /** `publish` answers with the address of the page. A failure is said, and the next one is tried all the same. */
  async attempt(name: string, becomes: Way, publish: () => Promise<string>): Promise<void> {
    try {
      const url = await publish();
      const picture = join(this.#pictures, `${name.replace(/\W+/g, '-')}.png`);
      if (becomes === 'element') await joins(this.browser, url, picture);
      else if (becomes === 'frame') await joinsInFrame(this.browser, url, picture);
      else await isNothing(this.browser, url);
      console.log(`  ✓ ${name}: ${becomes === 'nothing' ? 'filtered out, as documented' : `joined the call (${becomes})`}`);
    } catch (error) {
      this.#good = false;
      console.log(`  ✗ ${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
    await this.#host.until('the guest is gone', ({ participants }) => participants.length === 0);
  }
}

async function joins(browser: Browser, url: string, picture: string): Promise<void> {
  const guest = await Person.inCall(browser, url, {
    name: 'Guest',
    viewport: { width: 1000, height: 900 },
    expectedInConsole: ANYTHING,
  });
  await guest.untilWith(1);
  await guest.hearsAndSees(1);
  await guest.page.$eval('webrtc-room', (room) => room.scrollIntoView({ block: 'center' }));
  await guest.page.screenshot({ path: picture });
  await guest.close();
}

async function joinsInFrame(browser: Browser, url: string, picture: string): Promise<void> {
  const page = await browser.newPage();
  await page.setViewport({ width: 1000, height: 900 });
  await page.goto(url);
  const frame = await until('the frame', () => page.frames().find((each) => each.url().includes('/embed/')));
  await (await frame.waitForSelector('#start', { visible: true }))?.click();
  await (await frame.waitForSelector('>>> input[name="name"]', { visible: true }))?.type('Framed');
  await (await frame.waitForSelector('>>> button.join', { visible: true }))?.click();
  await connected(frame);
  await page.screenshot({ path: picture });
  await page.close();
}

const connected = (frame: Frame) =>
  until('a connection', () =>
    frame.evaluate(() => {
      const room = document.querySelector('webrtc-room') as unknown as { participants: { link: string }[] } | null;
      return room?.participants.some(({ link }) => link === 'connected');
    }),
  );

async function isNothing(browser: Browser, url: string): Promise<void> {
  const page = await browser.newPage();
  await page.goto(url, { waitUntil: 'networkidle0' });
  const found = await page.$$eval('webrtc-room, iframe[src*="/embed/"], script[src*="webrtc-elements"]', (all) => all.length);
  const title = await page.$eval('h1', ({ textContent }) => textContent);
  await page.close();
  // An empty page would hold nothing of ours, too.
  if (!title?.includes('A call')) throw new Error('the post is not there');
  if (found > 0) throw new Error('what was filtered out before is let through');
}
