/** Several on a page of another site, for real: two rooms, and the script twice under two addresses. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { launch } from '../support/browsers.js';
import { ServerProcess } from '../support/server-process.js';
import { Site } from '../support/site.js';
import { until } from '../support/until.js';

let server: ServerProcess;
let site: Site;
let browser: Browser;
before(async () => {
  server = await ServerProcess.start();
  site = await Site.start();
  browser = await launch('chromium');
});
after(async () => {
  await browser.close();
  await site.stop();
  await server.stop();
});

interface Seen {
  readonly meeting: string;
  readonly microphone: string;
  readonly others: readonly string[];
}

const look = (page: Page): Promise<Seen[]> =>
  page.$$eval('webrtc-room', (rooms) =>
    rooms.map(({ meetingState, localParticipant, participants }) => ({
      meeting: meetingState,
      microphone: localParticipant.microphone.status,
      others: participants.map(({ displayName, link }) => `${displayName} ${link}`),
    })),
  );

describe('two rooms, and the script twice', () => {
  it('hold two seats in one call, each with its own microphone, and one goes on without the other', async () => {
    const page = await browser.newPage();
    const troubles: string[] = [];
    page.on('pageerror', (error) => troubles.push(String(error)));
    const room = (name: string) =>
      `<webrtc-room room="several" display-name="${name}" video="off" persist-user-choices="off"></webrtc-room>`;
    await page.goto(
      site.add(`<!doctype html><title>Several</title>
        <script type="module" src="${server.url}/webrtc-elements.js"></script>
        <script type="module" src="${server.url}/webrtc-elements.js?ver=6.1"></script>
        <script async src="${server.url}/embed.js"></script>${room('Ana')}${room('Ben')}`),
    );
    await page.waitForSelector('webrtc-room:defined');
    await page.$$eval('webrtc-room', (rooms) => Promise.all(rooms.map((each) => each.join())));
    await until(
      'each with the other',
      async () => {
        const others = (await look(page)).map(({ others }) => others.join());
        return others.includes('Ben connected') && others.includes('Ana connected');
      },
      30_000,
    );
    await page.$eval('webrtc-room', (first) => first.toggleMicrophone(false));
    assert.deepEqual(
      (await look(page)).map(({ microphone }) => microphone),
      ['off', 'on'],
    );
    await page.$eval('webrtc-room', (first) => first.leave());
    await until('Ben alone', async () => {
      const [first, second] = await look(page);
      return (
        first?.meeting === 'left' && second?.meeting === 'joined' && second.others.length === 0 && second.microphone === 'on'
      );
    });
    assert.deepEqual(troubles, []);
    await page.close();
  });
});
