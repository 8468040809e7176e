/** Many people behind one address: a school, a company, a proxy that is not believed. And what the operator hears of it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readConfig } from '../../server/config.js';
import { LIMIT_SETTINGS, type LimitName } from '../../server/config-limits.js';
import { DEFAULT_LIMITS } from '../../server/limits.js';
import { HELP } from '../../server/start/arguments.js';
import { PathProxy } from '../support/path-proxy.js';
import { call, REST } from '../support/rest.js';
import { codeOf, joinRequest, startServer, withServer } from '../support/server.js';

/** As on the internet, where an address of this machine counts like any other. */
const INTERNET = { production: true, allowNoOrigin: true } as const;

/** What the server logs, line by line. */
function listening() {
  const lines: Record<string, unknown>[] = [];
  const stream = { write: (text: string) => void lines.push(JSON.parse(text) as Record<string, unknown>) };
  const hints = (setting: string) => lines.filter((line) => line['event'] === 'hint' && line['setting'] === setting);
  return { logger: { level: 'info', stream }, hints };
}

describe('one address, with the limits as they come', () => {
  it('brings 130 people at once into rooms of eight', () =>
    withServer(async (server) => {
      const people = Array.from({ length: 130 }, (_, index) =>
        server.connect({ join: joinRequest(`class-${Math.floor(index / 8)}`) }).next('join-result'),
      );
      const codes = new Set((await Promise.all(people)).map(codeOf));
      assert.deepEqual([...codes], ['ok']);
    }, INTERNET));

  it('brings 30 pairs into rooms of their own within seconds, each after a look at the door', () =>
    withServer(async (server) => {
      const pairs = Array.from({ length: 60 }, async (_, index) => {
        const room = `pair-${index >> 1}`;
        const client = server.connect({ prepare: { protocol: 2, room } });
        assert.equal(codeOf(await client.next('room-preview')), 'ok');
        return codeOf(await client.ask('join', joinRequest(room)));
      });
      assert.deepEqual([...new Set(await Promise.all(pairs))], ['ok']);
    }, INTERNET));

  it('gets 200 tokens in a minute for its site', () =>
    withServer(
      async (server) => {
        for (let count = 0; count < 200; count += 1) {
          const { status } = await call(server.url, '/api/v1/tokens', {
            method: 'POST',
            body: { room: 'standup', sub: `person-${count}` },
          });
          assert.equal(status, 201);
        }
      },
      { ...REST, ...INTERNET },
    ));
});

describe('a limit that is a setting', () => {
  for (const name of Object.keys(LIMIT_SETTINGS) as LimitName[]) {
    const { limit } = LIMIT_SETTINGS[name];
    it(`${name} is one, with a default in the help`, () => {
      assert.equal(readConfig({ [name]: '7' }).limits[limit], 7);
      assert.match(HELP, new RegExp(`${name} .*\\(${DEFAULT_LIMITS[limit]}\\)`));
      assert.throws(() => readConfig({ [name]: '0' }), new RegExp(name));
    });
  }

  it('holds, and who is refused and who runs the server both read its name', async () => {
    const { logger, hints } = listening();
    const { limits } = readConfig({ LIMIT_ROOMS_PER_ADDRESS: '1' });
    const server = await startServer({ ...INTERNET, limits }, { logger });
    await server.join('first');
    for (const room of ['second', 'third']) {
      const answer = await server.connect({ join: joinRequest(room) }).next('join-result');
      assert.equal(codeOf(answer), 'RATE_LIMITED');
      assert.match(answer.ok ? '' : answer.error.message, /LIMIT_ROOMS_PER_ADDRESS/);
    }
    await server.close();
    assert.equal(hints('LIMIT_ROOMS_PER_ADDRESS').length, 1);
  });
});

describe('a proxy that is not believed', () => {
  it('is named in the log on the first request it passes on, once', async () => {
    const { logger, hints } = listening();
    const server = await startServer(INTERNET, { logger });
    const proxy = await PathProxy.before(server.port, '');
    for (let count = 0; count < 3; count += 1) await fetch(`${proxy.url}/healthz`);
    await proxy.close();
    await server.close();
    const [hint, ...more] = hints('TRUST_PROXY');
    assert.match(String(hint?.['msg']), /proxy at 127\.0\.0\.1 .*set TRUST_PROXY=127\.0\.0\.1/);
    assert.deepEqual(more, []);
  });

  it('is no news when it is believed, nor is a visitor who comes directly', async () => {
    const { logger, hints } = listening();
    const server = await startServer({ ...INTERNET, trustProxy: ['127.0.0.1'] }, { logger });
    const proxy = await PathProxy.before(server.port, '');
    await fetch(`${proxy.url}/healthz`);
    await fetch(`${server.url}/healthz`);
    await proxy.close();
    await server.close();
    assert.deepEqual(hints('TRUST_PROXY'), []);
  });
});

describe('a site that is not in the list', () => {
  it('is named in the log once, with the setting', async () => {
    const { logger, hints } = listening();
    const server = await startServer({ ...INTERNET, allowedOrigins: ['https://a.example'] }, { logger });
    for (let count = 0; count < 3; count += 1)
      await fetch(`${server.url}/signaling/check`, { headers: { origin: 'https://blog.example' } });
    await server.connect({}, { headers: { origin: 'https://blog.example' } }).next('connect_error');
    await server.close();
    assert.equal(hints('ALLOWED_ORIGINS').length, 1);
    assert.match(String(hints('ALLOWED_ORIGINS')[0]?.['msg']), /pages of https:\/\/blog\.example were refused/);
  });
});
