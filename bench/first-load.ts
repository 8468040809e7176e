/** What our bundle makes a page load, file by file: from `dist/cdn`, built before if it is stale. */
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
export const BUNDLE = join(ROOT, 'dist/cdn');
export const ENTRY = join(BUNDLE, 'webrtc-elements.js');

export function buildBundle(): void {
  const built = spawnSync(process.execPath, [join(ROOT, 'server/dev/build.js'), 'bundle', '--if-stale'], { stdio: 'inherit' });
  if (built.status !== 0) process.exit(1);
}

/** A file and what it imports statically, at any depth. Minified output has one form of import. */
export function firstLoad(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const source = readFileSync(file, 'utf8');
  for (const [, path] of source.matchAll(/(?:^|[;}\n])\s*(?:import|export)\b[^;'"`(]*?["'`](\.{1,2}\/[^"'`]+)["'`]/g)) {
    if (path) firstLoad(join(dirname(file), path), seen);
  }
  return seen;
}

export const scripts = (): string[] =>
  readdirSync(BUNDLE, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.js'))
    .map((path) => join(BUNDLE, path))
    .sort();

export const gzip = (file: string): number => gzipSync(readFileSync(file), { level: 9 }).length;
export const kib = (bytes: number): string => `${(bytes / 1024).toFixed(1).padStart(7)} KiB`;
