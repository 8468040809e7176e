/** The page /doctor in a real browser, at a real server with a real relay: what it finds, and how it looks. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import type { WebrtcRoom } from '../../components/elements.js';
import type { ServerConfig } from '../../server/config.js';
import { launchChromium } from '../support/browsers.js';
import { startRelay, type RunningRelay } from '../support/coturn.js';
import { startServer } from '../support/server.js';

describe('the page of the doctor', () => {
  let browser: Browser;
  let relay: RunningRelay;
  before(async () => {
    relay = await startRelay({ peersOnThisMachine: true });
    browser = await launchChromium({ args: ['--ignore-certificate-errors'] });
  });
  after(async () => {
    await browser.close();
    await relay.stop();
  });

  const look = async (config: Partial<ServerConfig>, width = 800) => {
    const server = await startServer(config);
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warn') complaints.push(message.text());
    });
    try {
      await page.setViewport({ width, height: 700 });
      await page.goto(`${server.url}/doctor`);
      await page.waitForSelector('html[data-done]', { timeout: 60_000 });
      const found = await page.evaluate(() =>
        Object.fromEntries(
          [...document.querySelectorAll('#findings li')].map((item) => [item.getAttribute('data-check'), item.className]),
        ),
      );
      const text = await page.evaluate(() => document.querySelector('main')?.textContent ?? '');
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      return { found, text, overflow, complaints };
    } finally {
      await page.close();
      await server.close();
    }
  };

  it('finds that all is well, by a message through the relay over UDP, TCP and TLS', async () => {
    const urls = [
      `turn:127.0.0.1:${relay.port}`,
      `turn:127.0.0.1:${relay.port}?transport=tcp`,
      `turns:127.0.0.1:${relay.tlsPort}?transport=tcp`,
    ];
    const { found, complaints } = await look({ turn: { urls, secret: relay.secret } });
    // On one machine the address seen from outside is the machine's own, so there is none to find.
    const { stun, ...rest } = found;
    assert.ok(stun === 'good' || stun === 'warning');
    assert.deepEqual(rest, {
      secure: 'good',
      server: 'good',
      clock: 'good',
      line: 'good',
      'turn-udp': 'good',
      'turn-tcp': 'good',
      'turn-tls': 'good',
    });
    assert.deepEqual(complaints, []);
  });

  it('says in words what to fix, on a narrow screen too', async () => {
    const { found, text, overflow } = await look({ turn: { urls: [`turn:127.0.0.1:${relay.port}`], secret: 'another' } }, 320);
    assert.equal(found['turn-udp'], 'bad');
    assert.equal(found['turn-tls'], 'warning');
    assert.match(text, /Open 3478\/udp/);
    assert.ok(overflow <= 0);
  });

  it('says that there is no relay', async () => {
    const { found, text } = await look({});
    assert.equal(found['stun'], 'bad');
    assert.match(text, /TURN_URLS/);
  });

  it('does the same for a page that asks the element', async () => {
    const urls = [`turn:127.0.0.1:${relay.port}`];
    const server = await startServer({ turn: { urls, secret: relay.secret } });
    const page = await browser.newPage();
    try {
      await page.goto(`${server.url}/r/looked-at`);
      await page.waitForSelector('webrtc-room:defined');
      const [findings, heard] = await page.evaluate(async () => {
        const told: string[] = [];
        const element = document.querySelector('webrtc-room') as unknown as WebrtcRoom;
        const result = await element.testConnection(({ check }) => told.push(check));
        return [result.map(({ check, verdict }) => [check, verdict] as const), told] as const;
      });
      const verdicts = Object.fromEntries(findings);
      assert.equal(verdicts['line'], 'good');
      assert.equal(verdicts['turn-udp'], 'good');
      assert.equal(verdicts['turn-tls'], 'warning');
      assert.deepEqual(
        heard,
        findings.map(([check]) => check),
      );
    } finally {
      await page.close();
      await server.close();
    }
  });
});
