/**
 * Outages of their real length, with the timings that are shipped and the server as people run it: 5 s, 40 s and 3 min, of the way
 * to the server and of the server itself (SIGSTOP), in token and in open mode. `npm run test:long`; minutes, so no suite runs it.
 */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { DEFAULT_TIMINGS } from '../../components/core/timings.js';
import { closeCalls } from '../support/fake-session.js';
import { nodeCall } from '../support/node-call.js';
import { ServerProcess } from '../support/server-process.js';
import { TcpProxy } from '../support/tcp-proxy.js';
import { SECRET, tokenFor } from '../support/tokens.js';
import { until } from '../support/until.js';

const LENGTHS = [
  ['5 s', 5_000],
  ['40 s', 40_000],
  ['3 min', 180_000],
] as const;
const BACK_MS = 60_000;

const servers: ServerProcess[] = [];
after(async () => {
  closeCalls();
  await Promise.all(servers.map((server) => server.stop('SIGKILL')));
});

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

for (const authMode of ['token', 'open'] as const) {
  const people = async (urls: readonly [string, string]) => {
    const calls = [];
    for (const url of urls) {
      const token = authMode === 'token' ? await tokenFor('standup') : null;
      const person = nodeCall(url, { token }, {}, DEFAULT_TIMINGS.signaling);
      await person.call.join();
      await person.signalings[0]?.mesh.ice();
      calls.push(person);
    }
    return calls;
  };
  const start = async () => {
    const server = await ServerProcess.start({ AUTH_MODE: authMode, ROOM_TOKEN_SECRET: SECRET });
    servers.push(server);
    return server;
  };
  const together = (calls: Awaited<ReturnType<typeof people>>) =>
    calls.every(({ others, call }) => {
      const { connection, participants } = call.state.get();
      return connection === 'connected' && others().length === 1 && participants[0]?.presence === 'present';
    });

  describe(`a call in ${authMode} mode goes on after`, { concurrency: true }, () => {
    for (const [length, ms] of LENGTHS) {
      it(`row A: the way to the server is gone for ${length}`, async () => {
        const server = await start();
        const proxy = await TcpProxy.before(server.port);
        const calls = await people([server.url, proxy.url]);
        proxy.pause();
        await wait(ms);
        proxy.reset();
        proxy.resume();
        await until('both to be together', () => together(calls), BACK_MS);
        assert.deepEqual(
          calls.map(({ meeting }) => meeting()),
          ['joined', 'joined'],
        );
      });

      it(`row D: the server stands still for ${length}`, async () => {
        const server = await start();
        const calls = await people([server.url, server.url]);
        process.kill(server.pid ?? 0, 'SIGSTOP');
        await wait(ms);
        process.kill(server.pid ?? 0, 'SIGCONT');
        await until('both to be together', () => together(calls), BACK_MS);
        assert.deepEqual(
          calls.map(({ meeting }) => meeting()),
          ['joined', 'joined'],
        );
      });
    }
  });
}
