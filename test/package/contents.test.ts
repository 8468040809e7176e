/** What npm would publish: everything that is needed, nothing else. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import ts from 'typescript';
import { PAGE, SERVER, exportedFiles } from './package.js';

interface Packed {
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

function packed(folder: string): readonly string[] {
  const npm = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: folder,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  assert.equal(npm.status, 0, npm.stderr);
  const [first] = JSON.parse(npm.stdout) as readonly Packed[];
  return first?.files.map(({ path }) => path) ?? [];
}

for (const { folder, manifest } of [PAGE, SERVER])
  describe(`npm pack of ${manifest.name}`, () => {
    const files = packed(folder);

    test('holds the licence, the readme, the changelog, and the licences of others', () => {
      for (const file of ['LICENSE', 'README.md', 'CHANGELOG.md', 'package.json', 'dist/cdn/THIRD-PARTY-NOTICES.txt'])
        assert.ok(files.includes(file), file);
    });

    test('holds every target of exports and bin, and the script-tag bundle with what effects fetch', () => {
      for (const target of [
        ...exportedFiles(manifest),
        ...Object.values(manifest.bin),
        'dist/cdn/webrtc-elements.js',
        'dist/cdn/integrity.json',
      ])
        assert.ok(files.includes(target.replace(/^\.\//, '')), target);
      assert.ok(files.some((file) => /^dist\/cdn\/chunks\/rnnoise-[\w-]+\.wasm$/.test(file)));
    });

    test('holds no sources, tests, build notes or development commands', () => {
      const wrong = files.filter((file) =>
        /(^|\/)(test|bench|demo)\/|^docs\/decisions\/|\.tsbuildinfo$|\.stamps|server\/dev\/|(?<!\.d)\.ts$/.test(file),
      );
      assert.deepEqual(wrong, []);
    });

    test('names no source map that is not in it', () => {
      const named = files.filter(
        (file) => /\.(js|css)$/.test(file) && readFileSync(join(folder, file), 'utf8').includes('sourceMappingURL='),
      );
      assert.deepEqual(
        named.map((file) => `${file}.map`).filter((map) => !files.includes(map)),
        [],
      );
    });

    test('imports what it depends on and nothing else', () => {
      const optional = Object.keys({ ...manifest.peerDependencies, ...manifest.optionalDependencies });
      const imported = files
        .filter((file) => /\.(js|d\.ts)$/.test(file) && !/^dist\/(cdn|types)\//.test(file))
        .flatMap((file) => ts.preProcessFile(readFileSync(join(folder, file), 'utf8'), true, true).importedFiles)
        .flatMap(({ fileName }) => /^(?:@[\w.-]+\/)?\w[\w.-]*(?=$|\/)/.exec(fileName)?.[0] ?? [])
        .filter((name) => !builtinModules.includes(name));
      const known = [...Object.keys(manifest.dependencies), ...optional, manifest.name];
      assert.deepEqual(
        [...new Set(imported)].filter((name) => !known.includes(name)),
        [],
      );
    });
  });

describe('the package for pages', () => {
  const files = packed(PAGE.folder);

  test('depends on Lit and little else', () => {
    assert.ok(Object.keys(PAGE.manifest.dependencies).length <= 6, Object.keys(PAGE.manifest.dependencies).join(', '));
    assert.ok(!/socket|fastify|typebox|lucide/.test(Object.keys(PAGE.manifest.dependencies).join(' ')));
  });

  test('holds what effects fetch, beside their code, and the licences of the code of others', () => {
    for (const file of [
      'components/effects/assets/rnnoise.wasm',
      'components/effects/assets/rnnoise-worklet.js',
      'vendor/THIRD-PARTY-NOTICES.txt',
    ])
      assert.ok(files.includes(`dist/${file}`), file);
  });

  test('holds types for every template', () => {
    for (const name of ['react', 'vue', 'svelte', 'preact', 'solid']) assert.ok(files.includes(`dist/types/${name}.d.ts`), name);
  });
});

describe('the package for servers', () => {
  const files = packed(SERVER.folder);

  test("holds the server's pages, and the documentation, which it shows", () => {
    assert.ok(files.some((file) => file.startsWith('dist/server/pages/')));
    for (const file of ['docs/README.md', 'docs/elements/webrtc-room.md', 'docs/images/call.png', 'dist/custom-elements.json'])
      assert.ok(files.includes(file), file);
  });
});
