/** Every documented entry can be imported: in Node (server-side rendering) and by a TypeScript user. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { PAGE, ROOT, SERVER, codeEntries, exportedFiles, userFolder } from './package.js';

for (const { folder, manifest } of [PAGE, SERVER])
  describe(`what package.json of ${manifest.name} names exists`, () => {
    const named = [...exportedFiles(manifest), ...Object.values(manifest.bin)];
    if (manifest === PAGE.manifest) named.push(manifest.customElements, manifest['web-types']);
    for (const path of new Set(named)) test(path, () => assert.ok(existsSync(join(folder, path)), `${path} is missing`));

    test('types come first in every export, or TypeScript ignores them', () => {
      for (const target of Object.values(manifest.exports)) {
        if (typeof target !== 'string') assert.equal(Object.keys(target)[0], 'types');
      }
    });
  });

test('no short address of a content delivery network is promised: chunks would be looked for beside it', () => {
  for (const field of ['unpkg', 'jsdelivr', 'main', 'browser']) assert.ok(!(field in PAGE.manifest), field);
});

test('the server in the package for pages says what to install where it is missing', () => {
  const { stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', "await import('webrtc-elements/server')"], {
    cwd: PAGE.folder,
    encoding: 'utf8',
  });
  assert.match(stderr, new RegExp(`npm install ${SERVER.manifest.name}@${SERVER.manifest.version}`));
});

describe('importing in Node does nothing and never throws', () => {
  for (const entry of codeEntries) {
    test(entry, (t) => {
      // Lit leaves its own marks, and in Node a stand-in for the registry of elements.
      const script = `const before = new Set(Object.keys(globalThis));
        await import(${JSON.stringify(entry)});
        const left = Object.keys(globalThis).filter((name) => !before.has(name) && !/^(lit|reactiveElement|customElements)/.test(name));
        if (left.length > 0) throw new Error('globals left behind: ' + left.join(', '));`;
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        ['--preserve-symlinks', '--input-type=module', '--eval', script],
        {
          cwd: userFolder(t),
          encoding: 'utf8',
          timeout: 60_000,
        },
      );
      assert.deepEqual({ status, stdout, stderr }, { status: 0, stdout: '', stderr: '' });
    });
  }
});

describe('a TypeScript user finds the types of every entry', () => {
  for (const { resolution, module } of [
    { resolution: 'bundler', module: 'esnext' },
    { resolution: 'nodenext', module: 'nodenext' },
  ]) {
    test(`moduleResolution ${resolution}`, (t) => {
      const folder = userFolder(t);
      const imports = codeEntries.map((entry, index) => `import * as entry${index} from '${entry}';\nvoid entry${index};`);
      const tag = `const room = document.createElement('webrtc-room');\nroom.remove();`;
      writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
      writeFileSync(join(folder, 'user.ts'), [...imports, tag].join('\n'));
      const compilerOptions = {
        strict: true,
        noEmit: true,
        target: 'es2022',
        module,
        moduleResolution: resolution,
        lib: ['es2022', 'dom', 'dom.iterable'],
        types: ['node'],
        typeRoots: [join(ROOT, 'node_modules/@types')],
        skipLibCheck: true,
        preserveSymlinks: true,
      };
      writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['user.ts'] }));
      const { status, stdout } = spawnSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', folder], {
        encoding: 'utf8',
      });
      assert.deepEqual({ status, stdout }, { status: 0, stdout: '' });
    });
  }
});
