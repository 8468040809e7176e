/** Every piece of HTML in docs/embedding, pasted as it stands there into a page of another site. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'puppeteer-core';
import { FRAME_ALLOW } from '../../server/protocol/framing.js';
import { launch } from '../support/browsers.js';
import { ServerProcess } from '../support/server-process.js';
import { Site } from '../support/site.js';
import { until } from '../support/until.js';

const FOLDER = fileURLToPath(new URL('../../docs/embedding/', import.meta.url));
const documents = readdirSync(FOLDER).filter((file) => file.endsWith('.md'));
const textOf = (file: string) => readFileSync(FOLDER + file, 'utf8');
const snippets = documents.flatMap((file) =>
  [...textOf(file).matchAll(/```html\n([^]*?)```/g)].map(([, html = ''], index) => ({ name: `${file}, ${index + 1}`, html })),
);

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

describe('the documentation of embedding', () => {
  for (const { name, html } of snippets) {
    it(`${name} does what it says`, async () => {
      const page = await browser.newPage();
      const troubles: string[] = [];
      page.on('pageerror', (error) => troubles.push(String(error)));
      const code = html.replaceAll('https://calls.example.org', server.url);
      await page.goto(site.add(`<!doctype html><title>A site</title>${code}`), { waitUntil: 'networkidle0' });
      if (code.includes('<iframe')) {
        const frame = await until('the frame', () => page.frames().find((each) => each.url().includes('/embed/')));
        await frame.waitForSelector('body[data-ready="yes"]');
      } else if (/standup/.test(code)) {
        await page.waitForSelector('webrtc-room:defined');
        assert.equal(await page.$eval('webrtc-room', (room) => (room as unknown as { room: string }).room), 'standup');
      } else {
        assert.ok(await page.evaluate(() => performance.getEntriesByType('resource').some(({ name }) => name.endsWith('.js'))));
      }
      assert.deepEqual(troubles, []);
      await page.close();
    });
  }

  it('has what it links to, and one list of rights', () => {
    assert.ok(snippets.length >= 6);
    for (const file of documents) {
      for (const [, target = ''] of textOf(file).matchAll(/\]\((?!https?:)([^)#]+)/g))
        assert.ok(readFileSync(new URL(target, `file://${FOLDER}`)), `${file} links to ${target}`);
    }
    assert.ok(textOf('iframe.md').includes(`allow="${FRAME_ALLOW}"`));
  });
});
