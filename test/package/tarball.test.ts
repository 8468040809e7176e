/** Both packages as npm hands them out: packed, looked at by the tools that know what other tools stumble over, installed and started. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { PAGE, ROOT, SERVER } from './package.js';
import { pack, run, tarballOf } from './packed.js';

let folder: string;
before(() => (folder = pack()));
after(() => rmSync(folder, { recursive: true, force: true }));

for (const { manifest } of [PAGE, SERVER])
  describe(`the tarball of ${manifest.name}`, () => {
    test('is what publint expects', async () => {
      const file = readFileSync(tarballOf(folder, manifest));
      const { messages } = await publint({ strict: true, pack: { tarball: new Uint8Array(file).buffer } });
      // There is no address of a repository to name yet.
      const others = messages.filter(({ code }) => !/REPO/.test(code));
      assert.deepEqual(
        others.map((message) => formatMessage(message, manifest as unknown as Parameters<typeof formatMessage>[1])),
        [],
      );
    });

    test('has types that every resolution finds (attw)', () => {
      const attw = join(ROOT, 'node_modules/@arethetypeswrong/cli/dist/index.js');
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [attw, tarballOf(folder, manifest), '--profile', 'esm-only', '--no-emoji', '--format', 'ascii'],
        { encoding: 'utf8', timeout: 60_000 },
      );
      assert.equal(status, 0, stdout + stderr);
    });
  });

/** As `du -b` counts. */
function sizeOf(path: string): number {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

/** What npm says while it installs; engines are asked about on this Node, which is the oldest that is promised or newer. */
async function install(name: string, ...what: readonly string[]): Promise<{ readonly at: string; readonly said: string }> {
  const at = join(folder, 'installed', name);
  mkdirSync(at, { recursive: true });
  writeFileSync(join(at, 'package.json'), '{ "private": true, "type": "module" }');
  const said = await run(at, 'npm', 'install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', ...what);
  return { at, said };
}

describe('installed by a new user', () => {
  test('the package for pages is small, and nothing complains', async () => {
    const { at, said } = await install('page', tarballOf(folder, PAGE.manifest));
    assert.doesNotMatch(said, /EBADENGINE|deprecated|ERESOLVE/);
    const { packages } = JSON.parse(readFileSync(join(at, 'node_modules/.package-lock.json'), 'utf8')) as { packages: object };
    assert.ok(Object.keys(packages).length <= 10, Object.keys(packages).join(', '));
    const megabytes = sizeOf(join(at, 'node_modules')) / 1024 ** 2;
    assert.ok(megabytes <= 8, `${megabytes.toFixed(1)} MB`);
  });

  test('the command of one is that of the other, and the server hands out the elements and their documentation', async () => {
    const { at, said } = await install('both', tarballOf(folder, PAGE.manifest), tarballOf(folder, SERVER.manifest));
    assert.doesNotMatch(said, /EBADENGINE|deprecated|ERESOLVE/);
    const child = spawn(join(at, 'node_modules/.bin/webrtc-elements'), ['--port', '0', '--host', '127.0.0.1'], {
      cwd: at,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    try {
      let output = '';
      child.stderr.on('data', (text: Buffer) => (output += text.toString()));
      const address = await new Promise<string>((resolve, reject) => {
        child.stdout.on('data', (text: Buffer) => {
          output += text.toString();
          const url = /http:\/\/(?:localhost|127\.0\.0\.1):\d+/.exec(output)?.[0];
          if (url !== undefined) resolve(url);
        });
        child.once('exit', () => reject(new Error(output)));
      });
      for (const path of ['/webrtc-elements.js', '/', '/docs/elements/webrtc-room'])
        assert.equal((await fetch(new URL(path, address))).status, 200, path);
    } finally {
      child.kill();
    }
    const code =
      "const { createServer, mintToken } = await import('webrtc-elements/server'); console.log(typeof createServer, typeof mintToken)";
    assert.match(await run(at, process.execPath, '--input-type=module', '--eval', code), /^function function$/m);
  });
});
