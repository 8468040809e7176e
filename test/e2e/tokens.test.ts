/** A server that lets nobody in without a token of the host site, as its visitors meet it. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { mintToken, type MintOptions } from '../../server/auth/mint.js';
import { launch } from '../support/browsers.js';
import { Person } from '../support/person.js';
import { ServerProcess } from '../support/server-process.js';
import { until } from '../support/until.js';

const SECRET = 'cc1d8c39a7b04ddc9fb1a6d2c0a6e7c05b8f2d13';
let server: ServerProcess;
let browser: Browser;
const people: Person[] = [];

before(async () => {
  server = await ServerProcess.start({ AUTH_MODE: 'token', ROOM_TOKEN_SECRET: SECRET, API_KEYS: SECRET });
  browser = await launch('chromium');
});
after(async () => {
  await browser.close();
  await server.stop();
});
afterEach(async () => {
  const results = await Promise.allSettled(people.splice(0).map((person) => person.close()));
  for (const result of results) if (result.status === 'rejected') throw result.reason;
});

const link = async (options: Partial<MintOptions> = {}): Promise<string> =>
  `${server.url}/r/standup#token=${await mintToken({ secret: SECRET, room: 'standup', sub: 'ana', ...options })}`;

async function visit(url: string): Promise<Person> {
  const person = await Person.visit(browser, url);
  people.push(person);
  return person;
}

async function join(options: Partial<MintOptions>): Promise<Person> {
  const person = await visit(await link(options));
  await person.press('join');
  await person.until('in the call', (s) => s.meeting === 'joined');
  return person;
}

describe('a room that needs a token', () => {
  it('lets nobody in without one, and says so', async () => {
    const stranger = await visit(`${server.url}/r/standup`);
    await stranger.press('join');
    await stranger.until('refused', (s) => s.meeting === 'left' && s.leftReason === 'denied');
    assert.equal((await stranger.state()).error, 'UNAUTHENTICATED');
    const told = await stranger.page.waitForSelector('>>> form [role=alert]', { visible: true });
    assert.match((await told?.evaluate((alert) => alert.textContent)) ?? '', /Ask for a new link/);
  });

  it('keeps a link over a reload at the door, and the way back over leaving and a reload after that', async () => {
    const ana = await visit(await link());
    const joined = () => ana.until('in the call', (state) => state.meeting === 'joined');
    await ana.page.reload();
    await ana.press('join');
    await joined();
    const act = (what: 'join' | 'leave') => ana.page.evaluate((name) => document.querySelector('webrtc-room')![name](), what);
    await act('leave');
    await act('join');
    await joined();
    await act('leave');
    await ana.page.reload();
    await ana.press('join');
    await joined();
  });

  it('takes the token out of the address, and the name from the token', async () => {
    const ana = await join({ sub: 'ana', name: 'Ana of Accounting' });
    const ben = await join({ sub: 'ben', name: 'Ben' });
    assert.equal(ana.page.url(), `${server.url}/r/standup`);
    await ben.until('the name', (s) => s.participants[0]?.name === 'Ana of Accounting');
    await ana.untilWith(1);
    await ben.hearsAndSees(1);
  });

  it('sends somebody out on the word of the site, who cannot come back with the seat', async () => {
    const ana = await join({ sub: 'ana' });
    const { id } = await ana.state();
    const response = await fetch(`${server.url}/api/v1/rooms/standup/participants/${id}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${SECRET}` },
    });
    assert.ok(response.ok, String(response.status));
    await ana.until('sent out', (s) => s.meeting === 'left' && s.leftReason === 'kicked');
    assert.equal(await ana.openConnections(true), 0);
  });

  it('mutes on the word of the site, and the button shows it', async () => {
    const ana = await join({ sub: 'cleo' });
    const { id } = await ana.state();
    const response = await fetch(`${server.url}/api/v1/rooms/standup/participants/${id}/mute`, {
      method: 'POST',
      headers: { authorization: `Bearer ${SECRET}`, 'content-type': 'application/json' },
      body: '{}',
    });
    assert.ok(response.ok, String(response.status));
    await ana.until('muted', (s) => s.local.microphone === 'off');
    const label = await until('the label', () =>
      ana.page.$eval('>>> [data-control="microphone"]', (button) => button.getAttribute('aria-label')),
    );
    assert.match(label, /turn on/i);
  });
});
