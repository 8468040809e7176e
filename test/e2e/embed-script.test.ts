/** `embed.js` on a page of another site: what it turns into calls, what it leaves alone, and what it loads for that. */
import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
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

const rooms = (page: Page) =>
  page.$$eval('webrtc-room', (elements) => elements.map((element) => (element as unknown as { room: string }).room));

async function open(body: string, headers: Readonly<Record<string, string>> = {}): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(site.add(`<!doctype html><title>A site</title>${body}`, headers), { waitUntil: 'networkidle0' });
  return page;
}

const script = (attributes = 'async') => `<script ${attributes} src="${server.url}/embed.js?ver=6.7"></script>`;

describe('embed.js', () => {
  it('is small, and for every site', async () => {
    const response = await fetch(`${server.url}/embed.js`);
    assert.equal(response.headers.get('access-control-allow-origin'), '*');
    assert.equal(response.headers.get('cross-origin-resource-policy'), 'cross-origin');
    assert.equal(response.headers.get('cache-control'), 'no-cache');
    const text = Buffer.from(await response.arrayBuffer());
    assert.ok(gzipSync(text).length < 1_200, `${gzipSync(text).length} bytes`);
  });

  for (const [how, tags] of [
    ['an async script', () => script()],
    ['a module', () => script('type="module"')],
    ['both, twice', () => script() + script('type="module"') + script('') + script()],
  ] as const) {
    it(`makes calls of what an author may write, as ${how}`, async () => {
      const page = await open(`${tags()}
        <div data-webrtc-room="from-div" data-display-name="Ana" data-video="off" style="height: 300px"><p><br></p></div>
        <p><a href="${server.url}/r/from-link#embed">Join the call</a></p>
        <p><a href="${server.url}/r/only-a-link">Join in a tab</a></p>
        <p><a href="https://elsewhere.example/r/foreign#embed">Elsewhere</a></p>
        <svg><a href="#embed"></a></svg>`);
      await until('two rooms', async () => (await rooms(page)).length === 2);
      assert.deepEqual(await rooms(page), ['from-div', 'from-link']);
      const [div, link] = await page.$$eval('webrtc-room', (elements) =>
        elements.map((element) => ({
          height: element.getBoundingClientRect().height,
          attributes: Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value])),
        })),
      );
      assert.equal(div?.height, 300);
      assert.equal(div.attributes['display-name'], 'Ana');
      assert.equal(div.attributes['video'], 'off');
      assert.equal(link?.attributes['server-url'], server.url);
      assert.ok(link.height > 200);
      assert.deepEqual(await page.$$eval('a[href*="/r/"]', (links) => links.map(({ textContent }) => textContent)), [
        'Join in a tab',
        'Elsewhere',
      ]);
      await page.close();
    });
  }

  it('finds its own server in Firefox, too, where a stack is written differently', async () => {
    const firefox = await launch('firefox');
    try {
      const page = await firefox.newPage();
      await page.goto(
        site.add(`<!doctype html><title>A site</title>${script('type="module"')}<div data-webrtc-room="fox"></div>`),
      );
      await page.waitForSelector('webrtc-room:defined');
      assert.equal(await page.$eval('webrtc-room', (room) => room.getAttribute('server-url')), server.url);
    } finally {
      await firefox.close();
    }
  });

  it('lets nobody who may not write scripts choose the server, skip the door or run code', async () => {
    const page = await open(`${script()}<div data-webrtc-room="safe" data-server-url="https://evil.example" data-autojoin
      data-prejoin="off" data-onclick="window.evil = 1" data-onfocus="window.evil = 1" data-room="other"></div>`);
    const names = await page.$eval('webrtc-room', (element) => element.getAttributeNames().sort());
    assert.deepEqual(names, ['room', 'server-url', 'style', 'theme']);
    assert.equal(await page.$eval('webrtc-room', (element) => element.getAttribute('server-url')), server.url);
    assert.equal(await page.$eval('webrtc-room', (element) => element.getAttribute('room')), 'safe');
    await page.close();
  });

  it('notices what comes later, and loads the bundle only then', async () => {
    const page = await open(script());
    const loaded = () =>
      page.evaluate(() =>
        performance
          .getEntriesByType('resource')
          .map(({ name }) => new URL(name).pathname)
          .filter((path) => path.endsWith('.js')),
      );
    assert.deepEqual(await loaded(), ['/embed.js']);
    await page.evaluate(() => {
      const place = document.createElement('div');
      place.dataset['webrtcRoom'] = 'later';
      document.body.append(place);
    });
    await until('a room', async () => (await rooms(page)).length === 1);
    assert.ok((await loaded()).includes('/webrtc-elements.js'));
    await page.close();
  });

  it('leaves a text alone that is being edited, and the link where the bundle does not arrive', async () => {
    const link = `<a href="${server.url}/r/x#embed">Join</a>`;
    const editor = await open(`${script()}<div contenteditable>${link}</div>`);
    assert.equal(await editor.$$eval('a', (links) => links.length), 1);
    await editor.close();
    const strict = await open(script() + link, { 'content-security-policy': `script-src ${server.url}/embed.js` });
    assert.equal(await strict.$$eval('a', (links) => links.length), 1);
    await strict.close();
  });

  it('brings two visitors of two kinds of places into one call', async () => {
    const page = site.add(
      `<!doctype html><title>A blog</title>${script()}<p><a href="${server.url}/r/shared#embed">Join</a></p>`,
    );
    const reader = await Person.inCall(browser, page, { name: 'Reader' });
    const host = await Person.inCall(browser, `${server.url}/r/shared`, { name: 'Host' });
    await Promise.all([reader.untilWith(1), host.untilWith(1)]);
    await reader.close();
    await host.close();
  });

  it('costs a page of 40,000 elements nothing that grows with it', async () => {
    const page = await open(`<div id="place"></div>${'<p><b>x</b></p>'.repeat(20_000)}${script()}`);
    const looked = await page.evaluate(async () => {
      let whole = 0;
      const search = (Reflect.get(document, 'querySelectorAll') as (selector: string) => unknown).bind(document);
      Object.assign(document, { querySelectorAll: (selector: string) => ((whole += 1), search(selector)) });
      const place = document.querySelector('#place')!;
      const began = performance.now();
      for (let turn = 0; turn < 500; turn++) {
        const row = document.createElement('p');
        row.innerHTML = '<i>row</i>';
        place.append(row);
        await Promise.resolve();
      }
      return { whole, took: performance.now() - began };
    });
    assert.equal(looked.whole, 0);
    assert.deepEqual(await rooms(page), []);
    // What comes late is found all the same, however deep.
    await page.$eval(
      '#place',
      (place) => (place.innerHTML = '<section><div><div data-webrtc-room="late"></div></div></section>'),
    );
    await until('the room is there', async () => (await rooms(page)).length === 1);
    await page.close();
  });
});
