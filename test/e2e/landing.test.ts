/** The start page: a room with a name, and code for every kind of place, which is pasted there and must work. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { launch } from '../support/browsers.js';
import { ServerProcess } from '../support/server-process.js';
import { Site } from '../support/site.js';
import { until } from '../support/until.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let server: ServerProcess;
let site: Site;
let browser: Browser;
let page: Page;
const complaints: string[] = [];
before(async () => {
  server = await ServerProcess.start();
  site = await Site.start();
  browser = await launch('chromium');
  page = await browser.newPage();
  page.on('console', (message) => {
    if (['error', 'warn'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(server.url);
  await page.waitForSelector('#ways:not([hidden])');
  await page.$eval('#room', (input) => ((input as HTMLInputElement).value = ''));
  await page.type('#room', 'Café team');
});
after(async () => {
  await browser.close();
  await site.stop();
  await server.stop();
});

const code = (): Promise<string> => page.$eval('#snippet', ({ textContent }) => textContent ?? '');

async function choose(way: string): Promise<string> {
  await page.click(`[data-way="${way}"]`);
  return code();
}

/** The code on a page of another site. */
async function paste(html: string): Promise<Page> {
  const other = await browser.newPage();
  await other.goto(site.add(`<!doctype html><title>Elsewhere</title>${html}`), { waitUntil: 'networkidle0' });
  return other;
}

describe('the start page', () => {
  it('gives code for the room that is typed', async () => {
    for (const way of ['script', 'iframe', 'link', 'wordpress', 'wix', 'react'])
      assert.match(await choose(way), /\bCafe-team\b/, way);
  });

  for (const way of ['script', 'wordpress']) {
    it(`gives ${way} code that makes a call of a page`, async () => {
      const other = await paste(await choose(way));
      await other.waitForSelector('webrtc-room:defined');
      const { room, url } = await other.$eval('webrtc-room', (element) => {
        const { room, call } = element as unknown as { room: string; call: unknown };
        return { room, url: typeof call };
      });
      assert.deepEqual([room, url], ['Cafe-team', 'object']);
      await other.close();
    });
  }

  it('gives iframe code whose frame may use the camera', async () => {
    const other = await paste(await choose('iframe'));
    const frame = await until('the frame', () => other.frames().find((each) => each.url() === `${server.url}/embed/Cafe-team`));
    await frame.waitForSelector('body[data-ready="yes"]');
    await other.close();
  });

  it('gives a link, and a picture of it', async () => {
    const url = await choose('link');
    assert.equal((await fetch(url)).status, 200);
    const drawn = () =>
      page.$eval('#qr', (picture) => (picture as HTMLImageElement).naturalWidth > 0 && picture.checkVisibility());
    await until('the QR code', drawn);
    assert.equal(await page.$eval('#qr', (picture) => picture.getAttribute('src')), '/qr/Cafe-team');
    await choose('script');
    assert.equal(await page.$eval('#qr', (picture) => picture.checkVisibility()), false);
  });

  it('shows a preview, which follows the name', async () => {
    await page.click('#preview summary');
    const shown = (name: string) => page.frames().find((each) => each.url() === `${server.url}/embed/${name}`);
    const frame = await until('the preview', () => shown('Cafe-team'));
    await frame.waitForSelector('body[data-ready="yes"]');
    await page.type('#room', ' b');
    await until('the other room', () => shown('Cafe-team-b'));
    for (const _letter of ' b') await page.keyboard.press('Backspace');
    await page.click('#preview summary');
    await until('nothing any more', () => page.frames().length === 1);
  });

  it('is used by keyboard', async () => {
    await page.focus('#way-script');
    const selected = () => page.$$eval('[role="tab"][aria-selected="true"]', (tabs) => tabs.map(({ id }) => id).join());
    for (const [key, id] of [
      ['ArrowRight', 'way-iframe'],
      ['End', 'way-react'],
      ['ArrowRight', 'way-script'],
      ['ArrowLeft', 'way-react'],
      ['Home', 'way-script'],
    ] as const) {
      await page.keyboard.press(key);
      assert.equal(await selected(), id, key);
      assert.equal(await page.evaluate(() => document.activeElement?.id), id);
    }
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement?.localName), 'pre');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await until('an answer', () => page.$eval('#status', ({ textContent }) => /^(Copied|Selected)/.test(textContent ?? '')));
  });

  it('fits a narrow screen, is accessible in light and dark, and has a clean console', async () => {
    await page.setViewport({ width: 320, height: 640 });
    await page.evaluate(AXE);
    for (const scheme of ['light', 'dark']) {
      await page.emulateMediaFeatures([
        { name: 'prefers-color-scheme', value: scheme },
        { name: 'prefers-reduced-motion', value: 'reduce' },
      ]);
      for (const way of ['script', 'link']) {
        await choose(way);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
        const violations = await page.evaluate(async () => {
          const { axe } = window as unknown as { axe: { run(): Promise<{ violations: { id: string; help: string }[] }> } };
          return (await axe.run()).violations.map(({ id, help }) => `${id}: ${help}`);
        });
        assert.deepEqual(violations, [], `${scheme} ${way}`);
      }
    }
    assert.deepEqual(complaints, []);
  });
});
