/** Words for operators that were wrong or missing: who is in the way of a webhook, a port, a file too many. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { execFile } from 'node:child_process';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { capacity, openFilesLimit } from '../../server/start/open-files.js';
import { troubleOf, troubleOfStatus } from '../../server/webhooks/trouble.js';
import { ServerProcess } from '../support/server-process.js';

const CLI = fileURLToPath(new URL('../../server/cli.ts', import.meta.url));

describe('a webhook that does not arrive', () => {
  const troubleAt = async (url: string): Promise<string> =>
    fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
      ({ status }) => troubleOfStatus(status),
      (error: unknown) => troubleOf(error),
    );

  it('is logged with what happened, not as a TypeError', async () => {
    assert.match(await troubleAt('http://127.0.0.1:9/'), /^ECONNREFUSED: nothing listens at WEBHOOK_URL/);
    assert.match(await troubleAt('http://nowhere.invalid/'), /cannot be found/);
    const silent = createTcpServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    assert.match(
      await troubleAt(`http://127.0.0.1:${(silent.address() as AddressInfo).port}`),
      /closed before there was an answer/,
    );
    silent.close();
    const plain = createServer((_request, response) => response.end()).listen(0, '127.0.0.1');
    await once(plain, 'listening');
    assert.match(await troubleAt(`https://127.0.0.1:${(plain.address() as AddressInfo).port}`), /speaks no HTTPS/);
    plain.close();
    assert.match(troubleOf(new DOMException('late', 'TimeoutError')), /no answer in time/);
    assert.match(troubleOfStatus(302), /where it leads/);
  });
});

describe('the files a process may open', () => {
  it('bound the connections, and who has too few is told so', () => {
    assert.deepEqual(capacity(5_000, 16_384), { connections: 5_000 });
    assert.deepEqual(capacity(5_000, undefined), { connections: 5_000 });
    const { connections, warning } = capacity(5_000, 1_024);
    assert.equal(connections, 831);
    assert.match(warning ?? '', /1024 files.*831 connections, not for 5000.*LimitNOFILE/);
  });

  it('are read from the system', () => {
    assert.equal(
      openFilesLimit(() => 'Max open files            256                  4096                 files\n'),
      256,
    );
    assert.equal(
      openFilesLimit(() => 'Max open files            unlimited            unlimited            files\n'),
      undefined,
    );
    assert.equal(
      openFilesLimit(() => assert.fail()),
      undefined,
    );
  });

  it('are named in the log at the start', async () => {
    const args = [
      '-c',
      'ulimit -n 256; exec "$@"',
      'sh',
      process.execPath,
      '--import',
      import.meta.resolve('tsx'),
      CLI,
      '--port',
      '0',
    ];
    const text = await new Promise<string>((resolve) => {
      const child = execFile('sh', args, { cwd: tmpdir(), env: { PATH: process.env['PATH'] ?? '' } }, (_error, out, err) =>
        resolve(out + err),
      );
      child.stdout?.on('data', (said: string) => said.includes('On this machine') && child.kill('SIGTERM'));
    });
    assert.match(text, /"setting":"LIMIT_CONNECTIONS".*256 files.*enough for 140 connections/);
  });
});

describe('a port for metrics that is taken', () => {
  it('is what the advice is about', async () => {
    const taken = createTcpServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const text = await new Promise<string>((resolve) => {
      const args = ['--import', import.meta.resolve('tsx'), CLI, '--port', '0'];
      const env = { PATH: process.env['PATH'] ?? '', METRICS_PORT: String(port) };
      execFile(process.execPath, args, { cwd: tmpdir(), env }, (_error, out, err) => resolve(out + err));
    });
    taken.close();
    assert.match(text, new RegExp(`Port ${port} is in use already.*METRICS_PORT=${port + 1}`));
  });
});

const hasV6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'));

describe('a server on the whole network', { skip: hasV6 ? false : 'needs IPv6' }, () => {
  it('answers over IPv6 and IPv4', async () => {
    const server = await ServerProcess.start({ NODE_ENV: 'production', AUTH_MODE: 'open', ALLOWED_ORIGINS: 'https://a.example' });
    try {
      for (const host of ['127.0.0.1', '[::1]']) assert.equal((await fetch(`http://${host}:${server.port}/healthz`)).status, 200);
    } finally {
      await server.stop();
    }
  });
});
