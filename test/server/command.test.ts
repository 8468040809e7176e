/** The command as people run it: a real process, its words and its end. */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../../server/cli.ts', import.meta.url));
const TSX = import.meta.resolve('tsx');

interface Run {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly errors: () => string;
  /** Resolves when the output holds the text. */
  readonly says: (text: RegExp) => Promise<RegExpExecArray>;
  readonly ends: Promise<number | null>;
}

describe('the command', () => {
  let folder: string;
  const running = new Set<ChildProcess>();

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'webrtc-elements-'));
  });
  after(() => {
    for (const child of running) child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  const run = (args: readonly string[], environment: Readonly<Record<string, string>> = {}): Run => {
    const child = spawn(process.execPath, ['--import', TSX, CLI, ...args], {
      cwd: folder,
      env: { PATH: process.env['PATH'] ?? '', HOME: folder, ...environment },
    });
    running.add(child);
    let output = '';
    let errors = '';
    let heard: () => void = () => undefined;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      heard();
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    const ends = new Promise<number | null>((resolve) => {
      child.on('close', (code) => {
        running.delete(child);
        resolve(code);
      });
    });
    const says = (text: RegExp) =>
      new Promise<RegExpExecArray>((resolve, reject) => {
        heard = () => {
          const match = text.exec(output);
          if (match !== null) resolve(match);
        };
        heard();
        void ends.then(() => reject(new Error(`ended without saying ${String(text)}: ${output}${errors}`)));
      });
    return { child, output: () => output, errors: () => errors, says, ends };
  };

  it('prints where to click and what to paste, serves it, and ends cleanly when told to', async () => {
    const server = run(['--port', '0']);
    const [, url = ''] = await server.says(/On this machine +(http:\/\/localhost:\d+)\/[^]*Ctrl\+C/);
    assert.match(server.output(), new RegExp(`<script type="module" src="${url}/webrtc-elements.js"></script>`));
    assert.match(server.output(), /<webrtc-room room="standup"><\/webrtc-room>/);
    assert.match(server.output(), /--https/);
    assert.match(server.output(), /No STUN or TURN server/);
    assert.match(server.output(), /NODE_ENV=production/);
    assert.deepEqual(await (await fetch(`${url}/healthz`)).json(), { status: 'ok' });
    server.child.kill('SIGTERM');
    assert.equal(await server.ends, 0);
    assert.equal(server.errors(), '');
  });

  it('says which port is taken, and what to do', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as { readonly port: number };
    const server = run(['--port', String(port), '--host', '127.0.0.1']);
    assert.equal(await server.ends, 1);
    assert.match(server.errors(), new RegExp(`Port ${port} is in use already.*--port`));
    assert.doesNotMatch(server.errors(), /\n\s+at /);
    await new Promise((resolve) => taken.close(resolve));
  });

  it('makes a certificate once and serves HTTPS with it to the network, with a code to scan', async () => {
    const first = run(['--port', '0', '--https']);
    const [, port = ''] = await first.says(/On this machine +https:\/\/localhost:(\d+)\/[^]*Ctrl\+C/);
    const identity = () =>
      new Promise<{ readonly status: number | undefined; readonly fingerprint: string; readonly names: string | undefined }>(
        (resolve, reject) => {
          const outgoing = request({ host: '127.0.0.1', port, path: '/healthz', rejectUnauthorized: false }, (response) => {
            const certificate = (response.socket as import('node:tls').TLSSocket).getPeerCertificate();
            response.resume();
            resolve({ status: response.statusCode, fingerprint: certificate.fingerprint256, names: certificate.subjectaltname });
          });
          outgoing.on('error', reject);
          outgoing.end();
        },
      );
    const { status, names } = await identity();
    assert.equal(status, 200);
    assert.match(names ?? '', /DNS:localhost/);
    assert.match(names ?? '', /IP Address:127\.0\.0\.1/);
    assert.ok(existsSync(join(folder, '.webrtc-elements', 'cert.pem')));
    assert.match(first.output(), /self-signed/);
    first.child.kill('SIGINT');
    assert.equal(await first.ends, 0);
  });

  it('refuses an unsafe production with a sentence for each reason, and no stack', async () => {
    const server = run([], { NODE_ENV: 'production' });
    assert.equal(await server.ends, 2);
    const lines = server.errors().trim().split('\n');
    assert.equal(lines.length, 2);
    for (const line of lines) assert.match(line, /^webrtc-elements: (?:AUTH_MODE|ALLOWED_ORIGINS) .*\.$/);
  });

  it('logs JSON in production, and nothing private', async () => {
    const server = run(['--port', '0', '--host', '127.0.0.1'], {
      NODE_ENV: 'production',
      AUTH_MODE: 'open',
      ALLOWED_ORIGINS: 'https://a.example',
    });
    await server.says(/"listening"/);
    for (const line of server.output().trim().split('\n')) assert.equal(typeof JSON.parse(line), 'object');
    server.child.kill('SIGTERM');
    assert.equal(await server.ends, 0);
  });

  for (const [args, code, words] of [
    [['--help'], 0, /Usage: webrtc-elements/],
    [['--version'], 0, /^\d+\.\d+\.\d+/],
    [['--nonsense'], 1, /--nonsense/],
    [['--port', 'x'], 2, /PORT must be integer/],
    [['--cert', '/nowhere', '--key', '/nowhere'], 1, /\/nowhere cannot be read/],
    [['--host', '203.0.113.77'], 1, /no address "203\.0\.113\.77"/],
  ] as const) {
    it(`answers ${args.join(' ')}`, async () => {
      const { ends, output, errors } = run(args);
      assert.equal(await ends, code);
      assert.match(output() + errors(), words);
    });
  }
});
