/**
 * The package as npm hands it out: packed, looked at by the tools that know what other tools stumble over, and
 * installed into fresh applications that are built and opened in a browser.
 */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { launch } from '../support/browsers.js';
import { ROOT, packageJson } from './package.js';

let folder: string;
let tarball: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'webrtc-elements-pack-'));
  const { status, stderr } = spawnSync('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  tarball = join(
    folder,
    readdirSync(folder).find((file) => file.endsWith('.tgz'))!,
  );
});
after(() => rmSync(folder, { recursive: true, force: true }));

describe('the tarball', () => {
  test('is what publint expects', async () => {
    const file = readFileSync(tarball);
    const { messages } = await publint({ strict: true, pack: { tarball: new Uint8Array(file).buffer } });
    assert.deepEqual(
      messages.map((message) => formatMessage(message, packageJson as unknown as Parameters<typeof formatMessage>[1])),
      [],
    );
  });

  test('has types that every resolution finds (attw)', () => {
    const attw = join(ROOT, 'node_modules/@arethetypeswrong/cli/dist/index.js');
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [attw, tarball, '--profile', 'esm-only', '--no-emoji', '--format', 'ascii'],
      { encoding: 'utf8', timeout: 60_000 },
    );
    assert.equal(status, 0, stdout + stderr);
  });
});

interface App {
  readonly name: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly main: { readonly file: string; readonly code: string };
}

const versionOf = (name: string) =>
  (JSON.parse(readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8')) as { version: string }).version;

const APPS: readonly App[] = [
  {
    name: 'plain',
    dependencies: {},
    main: {
      file: 'main.js',
      code: `import 'webrtc-elements';\ndocument.body.innerHTML = '<webrtc-room room="fresh" display-name="Ana"></webrtc-room>';`,
    },
  },
  {
    name: 'React',
    dependencies: { react: versionOf('react'), 'react-dom': versionOf('react'), '@lit/react': versionOf('@lit/react') },
    main: {
      file: 'main.js',
      code: `import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { WebrtcRoom } from 'webrtc-elements/react';
const onCallReady = () => (document.title = 'ready');
createRoot(document.body).render(createElement(WebrtcRoom, { room: 'fresh', displayName: 'Ana', onCallReady }));`,
    },
  },
];

/** npm with its own cache of this machine; installs nothing's scripts. */
async function run(cwd: string, command: string, ...args: readonly string[]): Promise<void> {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (output += text.toString()));
  const [code] = (await once(child, 'exit')) as [number | null];
  assert.equal(code, 0, `${command} ${args.join(' ')}\n${output}`);
}

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

async function serve(root: string): Promise<Server> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://x').pathname;
    try {
      const file = join(root, path === '/' ? 'index.html' : path);
      response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream').end(readFileSync(file));
    } catch {
      response.writeHead(204).end();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

describe('a fresh Vite application', () => {
  for (const { name, dependencies, main } of APPS) {
    test(`in ${name} takes the tarball, is built, and shows the door`, { timeout: 120_000 }, async () => {
      const app = join(folder, name);
      mkdirSync(app);
      writeFileSync(
        join(app, 'package.json'),
        JSON.stringify({
          name: 'fresh',
          private: true,
          type: 'module',
          dependencies: { ...dependencies, [packageJson.name]: `file:${tarball}` },
        }),
      );
      writeFileSync(
        join(app, 'index.html'),
        `<!doctype html><title>fresh</title><body><script type="module" src="/${main.file}"></script>`,
      );
      writeFileSync(join(app, main.file), main.code);
      await run(app, 'npm', 'install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline');
      // The Vite of this checkout: the newest one need not run on this Node.
      await run(app, process.execPath, join(ROOT, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn');
      const server = await serve(join(app, 'dist'));
      const browser = await launch('chromium');
      try {
        const page = await browser.newPage();
        const errors: string[] = [];
        page.on('pageerror', (error) => errors.push(String(error)));
        await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
        await page.waitForSelector('>>> button.join');
        const { room, displayName } = await page.$eval('webrtc-room', (element) => {
          const { room, displayName } = element as unknown as { room: string; displayName: string };
          return { room, displayName };
        });
        assert.deepEqual({ room, displayName, errors }, { room: 'fresh', displayName: 'Ana', errors: [] });
        if (name === 'React') assert.equal(await page.title(), 'ready');
      } finally {
        await browser.close();
        server.close();
      }
    });
  }
});
