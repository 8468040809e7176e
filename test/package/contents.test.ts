/** What npm would publish: everything that is needed, nothing else. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { ROOT, exportedFiles, packageJson } from './package.js';

interface Packed {
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

function packed(): readonly string[] {
  const npm = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: ROOT,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  assert.equal(npm.status, 0, npm.stderr);
  const [first] = JSON.parse(npm.stdout) as readonly Packed[];
  return first?.files.map(({ path }) => path) ?? [];
}

describe('npm pack', () => {
  const files = packed();

  test('holds the licence, the readme and the changelog', () => {
    for (const file of ['LICENSE', 'README.md', 'CHANGELOG.md', 'package.json']) assert.ok(files.includes(file), file);
  });

  test('holds every target of exports, bin and the script-tag bundle', () => {
    for (const target of [...exportedFiles, ...Object.values(packageJson.bin), packageJson.unpkg]) {
      assert.ok(files.includes(target.replace(/^\.\//, '')), target);
    }
  });

  test('holds what effects fetch, beside their code', () => {
    for (const file of ['rnnoise.wasm', 'rnnoise-worklet.js'])
      assert.ok(files.includes(`dist/components/effects/assets/${file}`), file);
    assert.ok(files.some((file) => /^dist\/cdn\/chunks\/rnnoise-[\w-]+\.wasm$/.test(file)));
  });

  test("holds the server's pages", () => {
    assert.ok(
      files.some((file) => file.startsWith('dist/server/pages/')),
      'dist/server/pages is empty',
    );
  });

  test('holds the documentation, which the server shows', () => {
    for (const file of ['docs/README.md', 'docs/elements/webrtc-room.md', 'docs/images/call.png'])
      assert.ok(files.includes(file), file);
  });

  test('holds no sources, tests, build notes or development commands', () => {
    const wrong = files.filter((file) =>
      /(^|\/)(test|bench|demo)\/|^docs\/decisions\/|\.tsbuildinfo$|\.stamps|server\/dev\/|(?<!\.d)\.ts$/.test(file),
    );
    assert.deepEqual(wrong, []);
  });

  test('holds a source map wherever a file names one', () => {
    const named = files.filter(
      (file) => /\.(js|css)$/.test(file) && readFileSync(join(ROOT, file), 'utf8').includes('sourceMappingURL='),
    );
    const missing = named.map((file) => `${file}.map`).filter((map) => !files.includes(map));
    assert.deepEqual(missing, []);
  });
});
