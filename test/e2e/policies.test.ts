/**
 * The script on pages that forbid what they can: the documented policy and nothing more, Trusted Types, isolation,
 * hashes. From another site, in a real browser, with every address written down that anything asked for.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'puppeteer-core';
import { launch } from '../support/browsers.js';
import { Person } from '../support/person.js';
import { ServerProcess } from '../support/server-process.js';
import { Site } from '../support/site.js';
import { until } from '../support/until.js';

const file = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const DOCUMENT = readFileSync(file('docs/embedding/content-security-policy.md'), 'utf8');
const [, STRICT = '', , TRUSTED_TYPES = ''] = DOCUMENT.split(/```http\nContent-Security-Policy: ([^\n]+)\n```/);

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

/** The documented policy for the server under test. */
const policy = () =>
  `${STRICT}; ${TRUSTED_TYPES}`
    .replaceAll('wss://calls.example.org', server.url.replace('http', 'ws'))
    .replaceAll('https://calls.example.org', server.url);

const page = (more = `<script type="module" src="${server.url}/webrtc-elements.js"></script>`) =>
  `<!doctype html><html lang="de"><title>A site</title>${more}<webrtc-room room="strict"></webrtc-room></html>`;

/** Joins from such a page, meets somebody, shows and hears; the console of a Person must be clean. */
async function meets(url: string, after: (guest: Person) => Promise<void> = () => Promise.resolve()): Promise<void> {
  const host = await Person.inCall(browser, `${server.url}/r/strict`, { name: 'Host' });
  const guest = await Person.inCall(browser, url, { name: 'Guest' });
  await Promise.all([guest.untilWith(1), host.untilWith(1)]);
  await guest.hearsAndSees(1);
  await after(guest);
  await guest.close();
  await host.close();
}

describe('a page of another site', () => {
  it('with the documented policy and Trusted Types holds a call, and nobody else is asked for anything', async () => {
    assert.match(STRICT, /^default-src 'none'; /);
    assert.match(TRUSTED_TYPES, /^require-trusted-types-for 'script'; trusted-types lit-html$/);
    const asked = new Set<string>();
    browser.on('targetcreated', (target) => {
      void target.page().then(async (created) => {
        if (created === null) return;
        const session = await created.createCDPSession();
        session.on('Network.requestWillBeSent', ({ request }) => asked.add(request.url));
        session.on('Network.webSocketCreated', ({ url }) => asked.add(url));
        await session.send('Network.enable');
      });
    });
    await meets(site.add(page(), { 'content-security-policy': policy() }), async (guest) => {
      await guest.press('screenshare');
      await guest.until('the screen is shared', ({ local }) => local.screen === 'on');
    });
    const hosts = new Set(
      [...asked]
        .map((url) => new URL(url))
        .filter(({ protocol }) => /^(http|ws)/.test(protocol))
        .map(({ host }) => host),
    );
    assert.deepEqual([...hosts].sort(), [new URL(site.origin).host, new URL(server.url).host].sort());
    assert.ok(
      [...asked].some((url) => url.startsWith('ws:')),
      'the signaling line was not seen',
    );
  });

  it('that is isolated (COEP) holds a call', async () => {
    const headers = { 'cross-origin-embedder-policy': 'require-corp', 'cross-origin-opener-policy': 'same-origin' };
    await meets(site.add(page(), headers), async (guest) => {
      assert.equal(await guest.page.evaluate(() => crossOriginIsolated || !isSecureContext), true);
    });
  });

  it('with the printed hashes holds a call, and refuses a file that was changed', async () => {
    const { stdout, status } = spawnSync(process.execPath, [file('dist/server/cli.js'), 'sri', server.url], { encoding: 'utf8' });
    assert.equal(status, 0);
    assert.equal(stdout.match(/integrity="sha384-[A-Za-z0-9+/]{64}"/g)?.length, 2);
    await meets(site.add(page(stdout)), async (guest) => {
      const loaded = await guest.page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
      assert.ok(loaded.some((name) => name.includes('/chunks/')));
    });
    const [, first = ''] = /"(http[^"]+chunks\/[^"]+)"/.exec(stdout) ?? [];
    const changed = stdout.replace(/("http[^"]+chunks\/[^"]+": "sha384-)../, '$1XX');
    const tab = await browser.newPage();
    await tab.goto(site.add(page(changed)));
    const refused = await tab.evaluate(
      (url) =>
        import(url).then(
          () => false,
          () => true,
        ),
      first,
    );
    assert.equal(refused, true);
    await tab.close();
  });

  it('gets a sentence instead of tags for an address that is none', () => {
    const { status, stderr } = spawnSync(process.execPath, [file('dist/server/cli.js'), 'sri', 'calls'], { encoding: 'utf8' });
    assert.equal(status, 2);
    assert.match(stderr, /Usage: webrtc-elements sri/);
  });

  it('speaks the language of the page from a chunk of the same server', async () => {
    const tab = await browser.newPage();
    await tab.goto(site.add(page(), { 'content-security-policy': policy() }));
    const join = await tab.waitForSelector('>>> button.join', { visible: true });
    await until('German', async () => /teilnehmen|beitreten/i.test(String(await join?.evaluate((button) => button.textContent))));
    await tab.close();
  });
});
