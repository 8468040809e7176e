/** The demo pages, as a newcomer opens them from the server that is running anyway. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { launch } from '../support/browsers.js';
import { ServerProcess } from '../support/server-process.js';
import { until } from '../support/until.js';

let server: ServerProcess;
let browser: Browser;
before(async () => {
  server = await ServerProcess.start();
  browser = await launch('chromium');
});
after(async () => {
  await browser.close();
  await server.stop();
});

async function open(file: string): Promise<{ page: Page; complaints: string[] }> {
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warn'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('requestfailed', (request) => complaints.push(`${request.url()} failed`));
  await page.setViewport({ width: 1200, height: 700 });
  await page.goto(`${server.url}/demo/${file}`, { waitUntil: 'networkidle0' });
  return { page, complaints };
}

const inCall = (page: Page, rooms: number, others: number): Promise<boolean> =>
  until(`${rooms} rooms with ${others} others each`, () =>
    page.evaluate(
      (count, expected) => {
        const elements = [...document.querySelectorAll('webrtc-room')] as unknown as { participants: { link: string }[] }[];
        return (
          elements.length === count &&
          elements.every(({ participants }) => participants.filter(({ link }) => link === 'connected').length === expected)
        );
      },
      rooms,
      others,
    ),
  );

describe('the demos', () => {
  it('lead from their list to each page, which has a clean console', async () => {
    const { page, complaints } = await open('');
    const links = await page.$$eval('a', (anchors) => anchors.map((anchor) => anchor.getAttribute('href') ?? ''));
    assert.ok(links.length >= 4);
    await page.close();
    for (const link of links) {
      const each = await open(link);
      await each.page.waitForSelector(':is(webrtc-room, webrtc-video-tile, webrtc-phone):defined');
      assert.deepEqual(each.complaints, [], link);
      await each.page.close();
    }
    assert.deepEqual(complaints, []);
  });

  it('let two people on one page talk to each other', async () => {
    const { page, complaints } = await open('side-by-side.html');
    for (const button of await page.$$('>>> button.join')) await button.click();
    await inCall(page, 2, 1);
    assert.deepEqual(complaints, []);
    await page.close();
  });

  it('control a room from a toolbar outside of it', async () => {
    const { page, complaints } = await open('composed.html');
    await (await page.waitForSelector('>>> button.join', { visible: true }))?.click();
    await inCall(page, 1, 0);
    const toolbar = await page.waitForSelector('webrtc-controls[for]');
    assert.ok(toolbar);
    await (await page.waitForSelector('>>> [data-control="leave"]', { visible: true }))?.click();
    await until('left', () =>
      page.evaluate(() => (document.querySelector('webrtc-room') as unknown as { meetingState: string }).meetingState === 'left'),
    );
    assert.deepEqual(complaints, []);
    await page.close();
  });
});
