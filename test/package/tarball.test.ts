/**
 * The package as npm hands it out: packed, looked at by the tools that know what other tools stumble over, and
 * installed into the applications of docs/frameworks, which are built and opened in a browser.
 */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { launch } from '../support/browsers.js';
import { snippets } from '../support/documents.js';
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

/** Those of docs/frameworks: the files on each page are an application. */
const APPS = ['plain', 'react', 'vue', 'svelte', 'angular', 'preact', 'solid'] as const;

const versionOf = (name: string) =>
  (JSON.parse(readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8')) as { version: string }).version;

/** What the pages say to install, and what a fresh application of each has. */
const DEPENDENCIES = {
  react: versionOf('react'),
  'react-dom': versionOf('react'),
  '@lit/react': versionOf('@lit/react'),
  vue: '^3.5.0',
  '@vitejs/plugin-vue': '^6.0.0',
  svelte: '^5.0.0',
  '@sveltejs/vite-plugin-svelte': '^7.0.0',
  // The last that runs on the oldest Node of this package. Its templates are compiled in the browser here.
  '@angular/core': '^21.0.0',
  '@angular/compiler': '^21.0.0',
  '@angular/common': '^21.0.0',
  '@angular/platform-browser': '^21.0.0',
  rxjs: '^7.8.0',
  tslib: '^2.8.0',
  preact: '^10.0.0',
  'solid-js': '^1.9.0',
  'vite-plugin-solid': '^2.11.0',
};

/** One installation that all applications find above their folders: the network is asked once. */
async function installAll(): Promise<void> {
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ private: true, type: 'module', dependencies: { ...DEPENDENCIES, [packageJson.name]: `file:${tarball}` } }),
  );
  await run(folder, 'npm', 'install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--legacy-peer-deps');
  // The Vite of this checkout: the newest one need not run on this Node.
  symlinkSync(join(ROOT, 'node_modules/vite'), join(folder, 'node_modules/vite'), 'junction');
}

/** The files of a page, as they stand there, and a page around them where the text shows none. */
function unpack(app: string, name: string): void {
  const files = snippets.filter(({ document, file }) => document === `frameworks/${name}.md` && file !== '');
  const main = files.find(({ file }) => file.startsWith('src/main.'))?.file ?? '';
  assert.notEqual(main, '', `docs/frameworks/${name}.md shows no src/main`);
  mkdirSync(join(app, 'src'), { recursive: true });
  writeFileSync(
    join(app, 'index.html'),
    `<!doctype html><title>fresh</title><body><div id="app"></div><script type="module" src="/${main}"></script>`,
  );
  writeFileSync(join(app, 'tsconfig.json'), '{ "compilerOptions": { "target": "es2022", "experimentalDecorators": true } }');
  for (const { file, code } of files) writeFileSync(join(app, file), code);
}

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
  let browser: Browser;
  before(async () => {
    await installAll();
    browser = await launch('chromium');
  });
  after(() => browser.close());

  for (const name of APPS) {
    test(`of docs/frameworks/${name} takes the tarball, is built, and shows the door`, async () => {
      const app = join(folder, name);
      unpack(app, name);
      await run(app, process.execPath, join(ROOT, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'error');
      const server = await serve(join(app, 'dist'));
      const page = await browser.newPage();
      try {
        const errors: string[] = [];
        page.on('pageerror', (error) => errors.push(String(error)));
        await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
        await page.waitForSelector('>>> button.join', { visible: true });
        const { room, displayName, serverUrl } = await page.$eval('webrtc-room', (element) => {
          const { room, displayName, serverUrl } = element as unknown as Record<string, string>;
          return { room, displayName, serverUrl };
        });
        assert.deepEqual(
          { room, displayName, serverUrl, errors },
          { room: 'standup', displayName: 'Ana', serverUrl: 'https://calls.example.org', errors: [] },
        );
        assert.equal(await page.title(), 'Ready', 'its listeners heard nothing');
        for (const asset of [/^rnnoise-.*\.wasm$/, /^rnnoise-worklet-.*\.js$/]) {
          const file = readdirSync(join(app, 'dist/assets')).find((each) => asset.test(each));
          assert.ok(file, `${String(asset)} is not among what was built`);
          assert.equal(await page.evaluate(async (path) => (await fetch(path)).status, `/assets/${file}`), 200);
        }
      } finally {
        await page.close();
        server.close();
      }
    });
  }
});
