/**
 * `npm run size`: what a page loads before it shows anything, gzipped: the entry and everything it
 * imports statically. Chunks loaded on demand are listed, not counted. Fails above the limit.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const LIMIT = 45 * 1024;
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const BUNDLE = join(ROOT, 'dist/cdn');
const ENTRY = join(BUNDLE, 'webrtc-elements.js');

const built = spawnSync(process.execPath, [join(ROOT, 'server/dev/build.js'), 'bundle', '--if-stale'], { stdio: 'inherit' });
if (built.status !== 0) process.exit(1);

/** The entry and what it imports statically, at any depth. Minified output has one form of import. */
function firstLoad(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const source = readFileSync(file, 'utf8');
  for (const [, path] of source.matchAll(/(?:^|[;}\n])\s*(?:import|export)\b[^;'"`(]*?["'`](\.{1,2}\/[^"'`]+)["'`]/g)) {
    if (path) firstLoad(join(dirname(file), path), seen);
  }
  return seen;
}

const gzip = (file: string): number => gzipSync(readFileSync(file), { level: 9 }).length;
const kib = (bytes: number): string => `${(bytes / 1024).toFixed(1).padStart(7)} KiB`;
const row = (name: string, bytes: number): string => `  ${name.padEnd(46)} ${kib(bytes)}`;
const named = (file: string): string => relative(BUNDLE, file).replaceAll('\\', '/');

const first = [...firstLoad(ENTRY)];
const onDemand = readdirSync(BUNDLE, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.js'))
  .map((path) => join(BUNDLE, path))
  .filter((file) => !first.includes(file))
  .sort();
const total = first.reduce((sum, file) => sum + gzip(file), 0);

console.log('First load (gzip)');
for (const file of first) console.log(row(named(file), gzip(file)));
console.log(row('total', total));
console.log(row('limit', LIMIT));
if (onDemand.length > 0) console.log('\nOn demand (gzip)');
for (const file of onDemand) console.log(row(named(file), gzip(file)));

if (total > LIMIT) {
  console.error(`\nThe first load is ${((total - LIMIT) / 1024).toFixed(1)} KiB above the limit.`);
  process.exit(1);
}
