/** What the server says of itself: its documentation, the playground; and that no page of it asks anybody else for anything. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Browser, CDPSession, Page } from 'puppeteer-core';
import { launch } from '../support/browsers.js';
import { ServerProcess } from '../support/server-process.js';
import { until } from '../support/until.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const MANIFEST = fileURLToPath(new URL('../../dist/custom-elements.json', import.meta.url));

interface Room {
  readonly tagName?: string;
  readonly attributes: readonly { readonly name: string }[];
  readonly cssProperties: readonly { readonly name: string }[];
}
const room = (JSON.parse(readFileSync(MANIFEST, 'utf8')) as { modules: { declarations: Room[] }[] }).modules
  .flatMap(({ declarations }) => declarations)
  .find(({ tagName }) => tagName === 'webrtc-room')!;

let server: ServerProcess;
let browser: Browser;
const asked = new Set<string>();
const complaints: string[] = [];
before(async () => {
  server = await ServerProcess.start();
  browser = await launch('chromium');
});
after(async () => {
  await browser.close();
  await server.stop();
});

/** A page of the server, with everything written down that it asks for or complains of. */
async function open(path: string): Promise<Page> {
  const page = await browser.newPage();
  const session: CDPSession = await page.createCDPSession();
  session.on('Network.requestWillBeSent', ({ request }) => asked.add(request.url));
  session.on('Network.webSocketCreated', ({ url }) => asked.add(url));
  await session.send('Network.enable');
  page.on('console', (message) => {
    if (['error', 'warn'].includes(message.type())) complaints.push(`${path}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`${path}: ${String(error)}`));
  await page.goto(server.url + path);
  return page;
}

async function fitsAndIsAccessible(page: Page): Promise<void> {
  await page.setViewport({ width: 320, height: 640 });
  await page.evaluate(AXE);
  for (const scheme of ['light', 'dark']) {
    await page.emulateMediaFeatures([
      { name: 'prefers-color-scheme', value: scheme },
      { name: 'prefers-reduced-motion', value: 'reduce' },
    ]);
    // Painted in the new colours, and every transition to them over.
    await page.evaluate(async () => {
      for (const _frame of [1, 2]) await new Promise(requestAnimationFrame);
      await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
    });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320, `${page.url()} ${scheme}`);
    const violations = await page.evaluate(async () => {
      const { axe } = window as unknown as {
        axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      };
      return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    });
    assert.deepEqual(violations, [], `${page.url()} ${scheme}`);
  }
}

describe('the documentation of a server', () => {
  for (const path of ['/docs/', '/docs/elements/webrtc-room', '/docs/frameworks/react']) {
    it(`${path} fits a narrow screen and is accessible`, async () => {
      const page = await open(path);
      await fitsAndIsAccessible(page);
      assert.equal(await page.$eval('#list', (list) => (list as HTMLDetailsElement).open), false);
      await page.setViewport({ width: 1280, height: 800 });
      await until('the list of pages', () => page.$eval('#list', (list) => (list as HTMLDetailsElement).open));
      await page.close();
    });
  }

  it('gives code to copy', async () => {
    const page = await open('/docs/install');
    await page.click('.code .copy');
    await until('an answer', () => page.$eval('#status', ({ textContent }) => textContent !== ''));
    await page.close();
  });
});

describe('the playground', () => {
  let page: Page;
  before(async () => {
    page = await open('/playground');
    await page.waitForSelector('body[data-ready="yes"]');
    await page.waitForSelector('>>> button.join', { visible: true });
  });
  after(() => page.close());
  const code = () => page.$eval('#code', ({ textContent }) => textContent ?? '');
  const attribute = (name: string) => page.$eval('#room', (element, key) => element.getAttribute(key), name);

  it('has a field for every attribute and variable of the manifest', async () => {
    const names = (selector: string) => page.$$eval(`${selector} label`, (labels) => labels.map((label) => label.textContent));
    assert.deepEqual(await names('#attributes'), [...room.attributes.map(({ name }) => name), 'lang', 'dir']);
    assert.deepEqual(
      await names('#variables'),
      room.cssProperties.map(({ name }) => name),
    );
  });

  it('sets them on the room by keyboard, and writes the code', async () => {
    await page.focus('[name="attribute-display-name"]');
    await page.keyboard.type('Ana "A"');
    await page.focus('[name="attribute-minimal"]');
    await page.keyboard.press('Space');
    await page.select('[name="attribute-layout"]', 'grid');
    await page.$eval('details:nth-of-type(2)', (details) => (details.open = true));
    await page.type('[name="variable--webrtc-accent-bg"]', 'rebeccapurple');
    assert.deepEqual(
      [await attribute('display-name'), await attribute('minimal'), await attribute('layout')],
      ['Ana "A"', '', 'grid'],
    );
    assert.match(
      await code(),
      /<webrtc-room room="playground" display-name="Ana &quot;A&quot;" minimal layout="grid"><\/webrtc-room>$/,
    );
    assert.match(await code(), /\n {4}--webrtc-accent-bg: rebeccapurple;\n/);
    const ground = () => page.$eval('>>> button.join', (button) => getComputedStyle(button).backgroundColor);
    await until('the colour', async () => (await ground()) === 'rgb(102, 51, 153)');
    await page.click('button[type="reset"]');
    await until('the beginning', async () => (await attribute('layout')) === null && (await attribute('minimal')) === null);
    assert.equal((await code()).split('\n').slice(1).join('\n'), '<webrtc-room room="playground"></webrtc-room>');
  });

  it('wears ready-made looks', async () => {
    await page.evaluate(() => [...document.querySelectorAll<HTMLElement>('#themes button')].at(-1)?.click());
    assert.match(await code(), /--webrtc-tile-radius: 28px/);
    await page.evaluate(() => document.querySelector<HTMLElement>('#themes button')?.click());
    assert.doesNotMatch(await code(), /<style>/);
  });

  it('tells what the room says', async () => {
    await (await page.waitForSelector('>>> button.join', { visible: true }))?.click();
    await page.waitForFunction(() => /call-joined/.test(document.querySelector('#events')?.textContent ?? ''));
    const said = await page.$$eval('#events li', (items) => items.map(({ textContent }) => textContent ?? ''));
    assert.ok(
      said.some((text) => text.includes('"room":"playground"')),
      said.join('\n'),
    );
    await page.evaluate(() => (document.querySelector('#room') as unknown as { leave(): Promise<void> }).leave());
  });

  it('fits a narrow screen and is accessible', () => fitsAndIsAccessible(page));
});

describe('nobody else', () => {
  it('is asked for anything by any page, also in a call', async () => {
    const landing = await open('/');
    await landing.waitForSelector('#ways:not([hidden])');
    await landing.click('[data-way="link"]');
    for (const person of ['Ana', 'Ben']) {
      const page = await open('/r/alone');
      const name = await page.waitForSelector('>>> input[name="name"]', { visible: true });
      await name?.type(person);
      await (await page.waitForSelector('>>> button.join', { visible: true }))?.click();
      await page.waitForSelector('webrtc-room[data-joined]');
    }
    const embed = await open('/embed/alone');
    await embed.waitForSelector('body[data-ready="yes"]');
    await embed.click('#start');
    await embed.waitForSelector('webrtc-room:defined');
    const hosts = [...asked].filter((url) => /^(http|ws)/.test(url)).map((url) => new URL(url).host);
    assert.deepEqual([...new Set(hosts)], [new URL(server.url).host]);
    for (const part of ['/docs/', '/playground', '/r/alone', '/embed/alone', '/webrtc-elements.js', 'ws://'])
      assert.ok(
        [...asked].some((url) => url.includes(part)),
        `${part} was not seen`,
      );
    assert.deepEqual(complaints, []);
  });
});
