/** Both packages as npm hands them out, and npm itself. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PAGE, SERVER, type PackageJson } from './package.js';

/** A new folder with both tarballs. */
export function pack(): string {
  const folder = mkdtempSync(join(tmpdir(), 'webrtc-elements-pack-'));
  const { status, stderr } = spawnSync(
    'npm',
    ['pack', '--ignore-scripts', '--pack-destination', folder, PAGE.folder, SERVER.folder],
    {
      encoding: 'utf8',
    },
  );
  assert.equal(status, 0, stderr);
  return folder;
}

export const tarballOf = (folder: string, { name, version }: PackageJson): string => join(folder, `${name}-${version}.tgz`);

/** npm with its own cache of this machine; installs nothing's scripts. */
export async function run(cwd: string, command: string, ...args: readonly string[]): Promise<string> {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (output += text.toString()));
  const [code] = (await once(child, 'exit')) as [number | null];
  assert.equal(code, 0, `${command} ${args.join(' ')}\n${output}`);
  return output;
}
