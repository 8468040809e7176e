/** The package for pages as npm hands it out, installed into the applications of docs/frameworks, which are built and opened in a browser. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { launch } from '../support/browsers.js';
import { snippets } from '../support/documents.js';
import { PAGE, ROOT, packageJson } from './package.js';
import { pack, run, tarballOf } from './packed.js';

let folder: string;
before(() => (folder = pack()));
after(() => rmSync(folder, { recursive: true, force: true }));

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
    JSON.stringify({
      private: true,
      type: 'module',
      dependencies: { ...DEPENDENCIES, [packageJson.name]: `file:${tarballOf(folder, PAGE.manifest)}` },
    }),
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

/** A toolbar and panels that come long after the page was loaded, as with every router. */
const LATER: Readonly<Record<string, { readonly main: string; readonly code: string }>> = {
  react: {
    main: 'main.jsx',
    code: `import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import 'webrtc-elements';

function App() {
  const [there, show] = useState(false);
  return <><button id="show" onClick={() => show(true)}>Show</button>{there && <main>
    <webrtc-controls /><webrtc-stage /><webrtc-chat /><webrtc-participants /><webrtc-settings /><webrtc-phone /><webrtc-call-button to="x" />
  </main>}</>;
}
createRoot(document.getElementById('app')).render(<App />);`,
  },
  vue: {
    main: 'main.js',
    code: `import { createApp, h, ref } from 'vue';
import 'webrtc-elements';

const there = ref(false);
const tags = ['controls', 'stage', 'chat', 'participants', 'settings', 'phone', 'call-button'];
createApp({
  render: () => [h('button', { id: 'show', onClick: () => (there.value = true) }, 'Show'),
    there.value && h('main', tags.map((tag) => h('webrtc-' + tag)))],
}).mount('#app');`,
  },
};

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

  for (const [name, { main, code }] of Object.entries(LATER)) {
    test(`of ${name} shows every element when the page has been there for long`, async () => {
      const app = join(folder, `${name}-later`);
      mkdirSync(app);
      writeFileSync(join(app, main), code);
      writeFileSync(join(app, 'index.html'), `<!doctype html><div id="app"></div><script type="module" src="/${main}"></script>`);
      writeFileSync(join(app, 'vite.config.js'), 'export default { oxc: { jsx: { runtime: "automatic" } } };');
      await run(app, process.execPath, join(ROOT, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'error');
      const server = await serve(join(app, 'dist'));
      const page = await browser.newPage();
      try {
        await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
        await page.click('#show');
        await page.waitForFunction(() => {
          const all = [...document.querySelectorAll('main > *')];
          return all.length === 7 && all.every(({ shadowRoot }) => shadowRoot);
        });
      } finally {
        await page.close();
        server.close();
      }
    });
  }
});
