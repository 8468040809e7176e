/** Why nobody comes in, on a page of another site: what the visitor reads, and what stands in the console for its owner. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import type { ServerDeps } from '../../server/app.js';
import type { ServerConfig } from '../../server/config.js';
import { launch } from '../support/browsers.js';
import { startServer, type RunningServer } from '../support/server.js';
import { Site } from '../support/site.js';
import { TcpProxy } from '../support/tcp-proxy.js';
import { until } from '../support/until.js';

let site: Site;
let browser: Browser;
before(async () => {
  site = await Site.start();
  browser = await launch('chromium');
});
const open: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});
after(async () => {
  await browser.close();
  await site.stop();
});

interface Visit {
  readonly page: Page;
  readonly console: () => string;
  /** The code of the error, when there is one. */
  readonly error: () => Promise<string | undefined>;
}

/** Loads the script from there, and joins by the button. */
async function joinFrom(script: string, attributes = ''): Promise<Visit> {
  const page = await browser.newPage();
  open.push(page);
  const lines: string[] = [];
  page.on('console', (message) => lines.push(message.text()));
  await page.goto(
    site.add(
      `<!doctype html><title>A site</title><script type="module" src="${script}/webrtc-elements.js"></script><webrtc-room room="standup" ${attributes}></webrtc-room>`,
    ),
  );
  await page.waitForSelector('webrtc-room:defined');
  const join = await page.waitForSelector('>>> button.join', { visible: true });
  await join?.click();
  return {
    page,
    console: () => lines.join('\n'),
    error: () =>
      page.$eval('webrtc-room', (room) => {
        const { call } = room as unknown as { call?: { state: { get(): { error: { code: string } | null } } } };
        return call?.state.get().error?.code;
      }),
  };
}

/** A server of the internet, for these sites. */
async function serverFor(config: Partial<ServerConfig>, deps?: ServerDeps): Promise<RunningServer & { readonly origin: string }> {
  const server = await startServer({ production: true, host: 'localhost', ...config }, deps);
  open.push(server);
  return { ...server, origin: server.url.replace('127.0.0.1', 'localhost') };
}

/** As a string: what tsx adds to functions is not there in a page. */
const shown = (page: Page) =>
  page.evaluate(`(function text(node) {
    if (node.nodeType === 3) return node.data;
    if (node.localName === 'style') return '';
    return [...(node.shadowRoot ?? node).childNodes].map(text).join(' ');
  })(document.querySelector('webrtc-room')).replace(/\\s+/g, ' ')`) as Promise<string>;

describe('a page that the server refuses', () => {
  it('of a site that is not in the list says so at once, and names the setting in the console', async () => {
    const server = await serverFor({ allowedOrigins: ['https://www.example.org'] });
    const { page, console, error } = await joinFrom(server.origin);
    await until('the reason', async () => (await error()) === 'ORIGIN_NOT_ALLOWED', 5_000);
    assert.match(await shown(page), /aren.t allowed on this site/);
    await until('the line', () => /webrtc-elements: .*ALLOWED_ORIGINS/.test(console()));
    assert.ok(console().includes(`Add ${site.origin} to ALLOWED_ORIGINS of ${server.origin}.`), console());
  });

  it('because the server is full says so, not that the network blocks the call', async () => {
    const server = await serverFor({ allowedOrigins: [site.origin] }, { limits: { lines: 0 } });
    const { page, console, error } = await joinFrom(server.origin);
    await until('the reason', async () => (await error()) === 'SERVER_BUSY', 30_000);
    await until('the line', () => /LIMIT_CONNECTIONS/.test(console()));
  });

  it('because too many come from its address says so', async () => {
    const server = await serverFor({ allowedOrigins: [site.origin] }, { limits: { connectionsPerAddress: 0 } });
    const { page, console, error } = await joinFrom(server.origin);
    await until('the reason', async () => (await error()) === 'RATE_LIMITED', 30_000);
    await until('the line', () => /LIMIT_CONNECTIONS_PER_ADDRESS/.test(console()));
  });
});

describe('a page that talks to no server of ours', () => {
  it('because its script came from elsewhere is told about server-url', async () => {
    const server = await serverFor({ allowedOrigins: [site.origin] });
    const { page, console, error } = await joinFrom(server.origin, `server-url="${site.origin}/"`);
    await until('the reason', async () => (await error()) === 'SIGNAL_UNREACHABLE', 30_000);
    await until('the line', () => /is no webrtc-elements server.*server-url=/.test(console()));
    assert.doesNotMatch(await shown(page), /network blocks/);
  });
});

describe('a network that lets no WebSocket through', () => {
  it('is named within seconds, although the join itself came through', async () => {
    const server = await serverFor({ allowedOrigins: [site.origin] });
    const proxy = await TcpProxy.before(server.port);
    open.push(proxy);
    proxy.blockWebSockets = true;
    const began = performance.now();
    const { page, console, error } = await joinFrom(server.origin, `server-url="${proxy.url}"`);
    await until('the reason', async () => (await error()) === 'SIGNAL_BLOCKED', 30_000);
    assert.ok(performance.now() - began < 9_000, `${Math.round(performance.now() - began)} ms`);
    await until('the line', () => /webrtc-elements: A WebSocket to the server could not be opened/.test(console()));
  });
});
