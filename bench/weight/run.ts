/**
 * `npm run bench:size`: what a page loads before a call can begin, gzipped, beside what others make it load. Each is
 * the smallest page that can start a call, bundled and minified the same way. The larger ones are installed on the
 * first run into this folder, not with the project.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { buildBundle, ENTRY, firstLoad, gzip, kib, scripts } from '../first-load.js';
import { save } from '../results.js';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

interface Row {
  readonly name: string;
  readonly version: string;
  /** Before anything can be seen or started; null: not installed. */
  readonly bytes: number | null;
  readonly brings: string;
}

const PEERS = [
  {
    name: 'simple-peer',
    from: ROOT,
    code: `export { default } from 'simple-peer/simplepeer.min.js'`,
    brings: 'one peer connection',
  },
  { name: 'peerjs', from: ROOT, code: `export { Peer } from 'peerjs'`, brings: 'peer connections and a line' },
  {
    name: 'livekit-client',
    from: HERE,
    code: `export { Room } from 'livekit-client'`,
    brings: 'a call without an interface; needs its media server',
  },
  {
    name: '@daily-co/daily-js',
    from: HERE,
    code: `export { default } from '@daily-co/daily-js'`,
    brings: 'a loader; the call itself comes from their CDN at run time',
  },
  {
    name: '@whereby.com/browser-sdk/react',
    from: HERE,
    code: `export { useRoomConnection, useLocalMedia, VideoView } from '@whereby.com/browser-sdk/react'; export { createRoot } from 'react-dom/client'`,
    brings: 'a call without an interface, and React; needs their servers',
  },
  {
    name: '@whereby.com/browser-sdk/embed',
    from: HERE,
    code: `import '@whereby.com/browser-sdk/embed'`,
    brings: 'a frame; their whole application is loaded into it at run time',
  },
] as const;

/** Whatever the entry needs, in one file, minified. */
async function weigh(code: string, from: string): Promise<number> {
  const folder = mkdtempSync(join(from, '.weigh-'));
  try {
    writeFileSync(join(folder, 'entry.js'), code);
    const output = await build({
      configFile: false,
      root: folder,
      logLevel: 'error',
      publicDir: false,
      define: { 'process.env.NODE_ENV': '"production"' },
      build: {
        write: false,
        minify: true,
        target: 'es2022',
        modulePreload: false,
        lib: { entry: join(folder, 'entry.js'), formats: ['es'], fileName: 'entry' },
        // One would have to choose what to load when; this is what is there when nobody does.
        rolldownOptions: { output: { codeSplitting: false, minify: true } },
      },
    });
    const [first] = Array.isArray(output) ? output : [output];
    if (!first || !('output' in first)) throw new Error('nothing was built');
    return first.output.reduce(
      (sum, file) => sum + gzipSync(file.type === 'chunk' ? file.code : file.source, { level: 9 }).length,
      0,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function install(): void {
  if (existsSync(join(HERE, 'node_modules'))) return;
  console.error('Installing what ours is weighed against …');
  spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: HERE,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
}

function versionOf(name: string, from: string): string | null {
  const [scope = '', rest = ''] = name.split('/');
  const path = join(from, 'node_modules', scope.startsWith('@') ? `${scope}/${rest}` : scope, 'package.json');
  return existsSync(path) ? (createRequire(path)(path) as { version: string }).version : null;
}

buildBundle();
install();
const first = firstLoad(ENTRY);
/** What is fetched on the way into a call: the line, the mesh and the talk, the elements inside and their words. */
const NEEDED = /^(socket|inside|call|shared)-/;
const inCall = new Set(first);
for (const file of scripts()) if (NEEDED.test(basename(file))) firstLoad(file, inCall);
const sum = (files: Iterable<string>): number => [...files].reduce((total, file) => total + gzip(file), 0);
const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };
const table: Row[] = [
  { name: 'webrtc-elements', version, bytes: sum(first), brings: 'the door: preview, devices, name' },
  { name: 'webrtc-elements, in a call', version, bytes: sum(inCall), brings: 'the whole call with its interface' },
];
for (const { name, from, code, brings } of PEERS) {
  const theirs = versionOf(name, from);
  table.push({ name, version: theirs ?? '', bytes: theirs === null ? null : await weigh(code, from), brings });
}
console.log(`${'loaded before a call can begin'.padEnd(34)}${'gzip'.padStart(12)}  brings`);
for (const { name, version: of, bytes, brings } of table)
  console.log(`${`${name} ${of}`.padEnd(34)} ${bytes === null ? 'not installed'.padStart(12) : kib(bytes)}  ${brings}`);
save('size', { table });
