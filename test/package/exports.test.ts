/** Every documented entry can be imported: in Node (server-side rendering) and by a TypeScript user. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { ROOT, codeEntries, exportedFiles, packageJson } from './package.js';

describe('what package.json names exists', () => {
  const named = [
    ...exportedFiles,
    ...Object.values(packageJson.bin),
    packageJson.unpkg,
    packageJson.jsdelivr,
    packageJson.customElements,
    packageJson['web-types'],
  ];
  for (const path of new Set(named)) test(path, () => assert.ok(existsSync(join(ROOT, path)), `${path} is missing`));

  test('types come first in every export, or TypeScript ignores them', () => {
    for (const target of Object.values(packageJson.exports)) {
      if (typeof target !== 'string') assert.equal(Object.keys(target)[0], 'types');
    }
  });
});

describe('importing in Node does nothing and never throws', () => {
  for (const entry of codeEntries) {
    test(entry, () => {
      // Lit leaves its own marks, and in Node a stand-in for the registry of elements.
      const script = `const before = new Set(Object.keys(globalThis));
        await import(${JSON.stringify(entry)});
        const left = Object.keys(globalThis).filter((name) => !before.has(name) && !/^(lit|reactiveElement|customElements)/.test(name));
        if (left.length > 0) throw new Error('globals left behind: ' + left.join(', '));`;
      const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
        cwd: ROOT,
        encoding: 'utf8',
        timeout: 60_000,
      });
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
      const folder = mkdtempSync(join(tmpdir(), 'webrtc-elements-user-'));
      t.after(() => rmSync(folder, { recursive: true, force: true }));
      mkdirSync(join(folder, 'node_modules'));
      symlinkSync(ROOT, join(folder, 'node_modules', packageJson.name), 'junction');
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
      };
      writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['user.ts'] }));
      const { status, stdout } = spawnSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', folder], {
        encoding: 'utf8',
      });
      assert.deepEqual({ status, stdout }, { status: 0, stdout: '' });
    });
  }
});
