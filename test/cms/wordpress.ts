/**
 * `npm run try:cms`: a real WordPress of this machine (Debian's package), with a database of its own in a temporary
 * folder. Posts are written as an administrator, as an author and with our plugin; each is opened in a real browser,
 * and a call is joined from it. Not part of the tests: it needs packages that are large. Leaves nothing running.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, Frame, Page } from 'puppeteer-core';
import { FRAME_ALLOW } from '../../server/protocol/framing.js';
import { launch } from '../support/browsers.js';
import { Person } from '../support/person.js';
import { ServerProcess } from '../support/server-process.js';
import { install } from '../support/system-packages.js';
import { until } from '../support/until.js';
import { WordPress } from './wordpress-site.js';

const ROOM = 'try-cms';
const PICTURES = resolve(process.argv[2] ?? join(tmpdir(), 'webrtc-elements-cms'));
/** What other people's themes and blocks write into the console is theirs. */
const ANYTHING = [/[^]*/];

type Way = 'element' | 'frame' | 'nothing';
interface Attempt {
  readonly who: 'admin' | 'author';
  readonly what: string;
  readonly content: string;
  /** What must be on the published page. */
  readonly becomes: Way;
}

const html = (code: string) => `<!-- wp:html -->\n${code}\n<!-- /wp:html -->`;

function withoutPlugin(url: string): readonly Attempt[] {
  const element = html(
    `<script type="module" src="${url}/webrtc-elements.js"></script>\n<webrtc-room room="${ROOM}"></webrtc-room>`,
  );
  const frame = html(`<iframe src="${url}/embed/${ROOM}" title="Call" allow="${FRAME_ALLOW}" width="800" height="500"></iframe>`);
  return [
    { who: 'admin', what: 'script and element', content: element, becomes: 'element' },
    { who: 'admin', what: 'iframe with its allow list', content: frame, becomes: 'frame' },
    { who: 'author', what: 'script and element', content: element, becomes: 'nothing' },
    { who: 'author', what: 'iframe', content: frame, becomes: 'nothing' },
  ];
}

function withEmbedScript(url: string): readonly Attempt[] {
  return [
    { who: 'author', what: 'div data-webrtc-room', content: html(`<div data-webrtc-room="${ROOM}"></div>`), becomes: 'element' },
    {
      who: 'author',
      what: 'link that ends in #embed',
      content: `<!-- wp:paragraph -->\n<p><a href="${url}/r/${ROOM}#embed">Join</a></p>\n<!-- /wp:paragraph -->`,
      becomes: 'element',
    },
  ];
}

function withPlugin(url: string): readonly Attempt[] {
  return [
    { who: 'author', what: 'block', content: `<!-- wp:webrtc/room {"room":"${ROOM}"} /-->`, becomes: 'element' },
    { who: 'author', what: 'shortcode', content: `[webrtc_room name="${ROOM}" layout="grid"]`, becomes: 'element' },
    { who: 'author', what: 'link on a line of its own', content: `${url}/r/${ROOM}`, becomes: 'element' },
    {
      who: 'author',
      what: 'element by hand',
      content: html(`<webrtc-room room="${ROOM}" server-url="https://evil.example"></webrtc-room>`),
      becomes: 'element',
    },
    { who: 'admin', what: 'block', content: `<!-- wp:webrtc/room {"room":"${ROOM}"} /-->`, becomes: 'element' },
  ];
}

/** Opens the page, joins, and is connected with who is inside already. */
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
  await (await frame.waitForSelector('>>> input[name="name"]'))?.type('Framed');
  await (await frame.waitForSelector('>>> button.join'))?.click();
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
  const page: Page = await browser.newPage();
  await page.goto(url, { waitUntil: 'networkidle0' });
  const found = await page.$$eval('webrtc-room, iframe[src*="/embed/"], script[src*="webrtc-elements"]', (all) => all.length);
  await page.close();
  if (found > 0) throw new Error('the filter of WordPress lets through what it did not before');
}

async function main(): Promise<boolean> {
  if (!WordPress.isHere()) install(WordPress.packages);
  mkdirSync(PICTURES, { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), 'webrtc-elements-wordpress-'));
  const server = await ServerProcess.start();
  const browser = await launch('chromium');
  let site: WordPress | undefined;
  let good = true;
  try {
    site = await WordPress.start(folder);
    console.log(`WordPress ${site.version}, PHP ${spawnSync('php', ['-r', 'echo PHP_VERSION;'], { encoding: 'utf8' }).stdout}`);
    const host = await Person.inCall(browser, `${server.url}/r/${ROOM}`, { name: 'Host', expectedInConsole: ANYTHING });
    const attempt = async (stage: string, { who, what, content, becomes }: Attempt) => {
      const name = `${stage}, ${who}: ${what}`;
      try {
        const url = await site!.publish(browser, who, content);
        const picture = join(PICTURES, `${name.replace(/\W+/g, '-')}.png`);
        if (becomes === 'element') await joins(browser, url, picture);
        else if (becomes === 'frame') await joinsInFrame(browser, url, picture);
        else await isNothing(browser, url);
        console.log(`  ✓ ${name}: ${becomes === 'nothing' ? 'filtered out, as documented' : `joined the call (${becomes})`}`);
      } catch (error) {
        good = false;
        console.log(`  ✗ ${name}: ${error instanceof Error ? error.message : String(error)}`);
      }
      await host.until('the guest is gone', ({ participants }) => participants.length === 0);
    };
    for (const each of withoutPlugin(server.url)) await attempt('plain', each);
    site.footer(`<script async src="${server.url}/embed.js"></script>`);
    for (const each of withEmbedScript(server.url)) await attempt('embed.js in the footer', each);
    site.footer('');
    await site.usePlugin(browser, server.url);
    for (const each of withPlugin(server.url)) await attempt('plugin', each);
    await host.close();
  } finally {
    await browser.close();
    await site?.stop();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(`Pictures are in ${PICTURES}`);
  return good;
}

process.exitCode = (await main()) ? 0 : 1;
