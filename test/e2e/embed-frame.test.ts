/** A room in a frame of another site: inert until a click, and in words when the page around it forbids the camera. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Frame, Page } from 'puppeteer-core';
import { FRAME_ALLOW } from '../../server/protocol/framing.js';
import { launch } from '../support/browsers.js';
import { Person } from '../support/person.js';
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

interface Framed {
  readonly page: Page;
  readonly frame: Frame;
  readonly requests: readonly string[];
}

async function frame(attributes: string, headers: Readonly<Record<string, string>> = {}, by = browser): Promise<Framed> {
  const page = await by.newPage();
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  const html = `<!doctype html><title>A site</title><iframe width="640" height="420" ${attributes}></iframe>`;
  await page.goto(site.add(html, headers), { waitUntil: 'networkidle0' });
  const inner = await until('the frame', () => page.frames().find((each) => each.url().includes('/embed/')));
  await inner.waitForSelector('body[data-ready]');
  return { page, frame: inner, requests };
}

/** The texts that are on the screen, by id. */
const seen = (inner: Frame): Promise<Partial<Record<'start' | 'tab' | 'reason' | 'fix' | 'code', string>>> =>
  inner.$$eval('#start, #tab, #reason, #fix, #code', (elements) =>
    Object.fromEntries(
      elements.filter((element) => element.checkVisibility()).map(({ id, textContent }) => [id, (textContent ?? '').trim()]),
    ),
  );

const src = (room: string, choices = '') => `src="${server.url}/embed/${room}${choices}"`;

describe('/embed/:room in a frame of another site', () => {
  it('loads nothing of the call before a click, then holds it', async () => {
    const {
      page,
      frame: inner,
      requests,
    } = await frame(`${src('framed', '#display-name=Ana&autojoin=1&room=other')} allow="${FRAME_ALLOW}"`);
    assert.deepEqual(await seen(inner), { start: 'Open the call here', tab: 'Open the call in a new tab' });
    assert.ok(!requests.some((url) => /webrtc-elements\.js|socket\.io|chunks/.test(url)), requests.join('\n'));
    const host = await Person.inCall(browser, `${server.url}/r/framed`, { name: 'Host' });
    await page.bringToFront();
    await inner.click('#start');
    await inner.waitForSelector('webrtc-room:defined');
    const meeting = () => inner.$eval('webrtc-room', (room) => (room as unknown as { meetingState: string }).meetingState);
    assert.match(await meeting(), /new|prejoin/);
    await (await inner.waitForSelector('>>> button.join', { visible: true }))?.click();
    await until('in the call', async () => (await meeting()) === 'joined');
    const { participants } = await host.untilWith(1);
    assert.equal(participants[0]?.name, 'Ana');
    await host.close();
    await page.close();
  });

  it('says which rights the page does not pass on, and what to write', async () => {
    const { page, frame: inner } = await frame(src('framed'));
    const { start, reason, code } = await seen(inner);
    assert.equal(start, 'Open it here without them');
    assert.match(reason ?? '', /does not pass on: camera, microphone/);
    assert.ok(code?.includes(`allow="${FRAME_ALLOW}"`), String(code));
    await page.close();
  });

  it('says so too where the site forbids the camera for everybody', async () => {
    const { page, frame: inner } = await frame(`${src('framed')} allow="${FRAME_ALLOW}"`, {
      'permissions-policy': 'camera=(self)',
    });
    assert.match((await seen(inner)).reason ?? '', /does not pass on: camera\./);
    await page.close();
  });

  it('says so in Firefox, which does not tell what is passed on', async () => {
    const firefox = await launch('firefox');
    try {
      const without = await frame(src('framed'), {}, firefox);
      assert.match((await seen(without.frame)).reason ?? '', /does not pass on: camera, microphone\. Or you refused/);
      await without.page.close();
      const { frame: inner } = await frame(`${src('framed')} allow="${FRAME_ALLOW}"`, {}, firefox);
      assert.equal((await seen(inner)).start, 'Open the call here');
    } finally {
      await firefox.close();
    }
  });

  it('offers only the way out where nothing helps: a sandbox without an origin', async () => {
    const {
      page,
      frame: inner,
      requests,
    } = await frame(`${src('framed')} sandbox="allow-scripts allow-popups" allow="${FRAME_ALLOW}"`);
    const { start, tab, reason, fix } = await seen(inner);
    assert.deepEqual([start, tab], [undefined, 'Open the call in a new tab']);
    assert.match(reason ?? '', /sandbox/);
    assert.match(fix ?? '', /allow-same-origin/);
    // Its style came, too: that request has no origin of ours either.
    assert.equal(await inner.$eval('#tab', (link) => getComputedStyle(link).borderRadius), '999px');
    assert.ok(!requests.some((url) => url.includes('webrtc-elements.js')));
    await page.close();
  });

  it('is shown in a page that is isolated', async () => {
    const { page, frame: inner } = await frame(`${src('framed')} allow="${FRAME_ALLOW}"`, {
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-opener-policy': 'same-origin',
    });
    assert.equal((await seen(inner)).start, 'Open the call here');
    await inner.click('#start');
    await inner.waitForSelector('webrtc-room:defined');
    await page.close();
  });
});
