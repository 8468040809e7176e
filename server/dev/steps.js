/**
 * How a checkout becomes something that runs: the steps of the build, each with what it reads and
 * what it writes, so that a step whose inputs did not change is skipped. Not shipped.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writePackages } from './packages.js';
import { writeTypings } from './typings.js';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const STAMPS = join(ROOT, 'dist/.stamps');
const LOCK = join(ROOT, 'dist/.lock');

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {readonly string[]} reads   files and folders
 * @property {string} writes             a file that exists when the step was done
 * @property {() => Promise<void>} run
 */

const COMPILER = ['tsconfig.base.json', 'package-lock.json'];

/** @type {Readonly<Record<'server' | 'components' | 'bundle' | 'manifest' | 'packages', Step>>} */
export const STEPS = {
  server: {
    name: 'server',
    reads: ['server', ...COMPILER],
    writes: 'dist/server/cli.js',
    async run() {
      await compile('server', STEPS.server);
      copyPages();
    },
  },
  components: {
    name: 'components',
    reads: ['components', 'server/protocol', ...COMPILER],
    writes: 'dist/components/index.js',
    async run() {
      await compile('components', STEPS.components);
      copyAssets();
    },
  },
  bundle: {
    name: 'bundle',
    reads: [
      'components',
      'server/protocol',
      'vite.config.ts',
      'server/dev/notices.js',
      'server/dev/websocket-only.js',
      'models/licences',
      'package.json',
      ...COMPILER,
    ],
    writes: 'dist/cdn/webrtc-elements.js',
    run: () => tool('vite', 'vite', ['build']),
  },
  manifest: {
    name: 'manifest',
    reads: [
      'components',
      'custom-elements-manifest.config.js',
      'server/dev/manifest-facts.js',
      'server/dev/typings.js',
      'server/dev/typings',
      'package.json',
      'package-lock.json',
    ],
    writes: 'dist/react.js',
    async run() {
      await tool('@custom-elements-manifest/analyzer', 'cem', ['analyze', '--quiet']);
      writeTypings(ROOT);
    },
  },
  packages: {
    name: 'packages',
    reads: [
      'components',
      'server',
      'docs',
      'models/licences',
      'server/dev/packages.js',
      'server/dev/packages',
      'server/dev/notices.js',
      'server/dev/typings.js',
      'server/dev/typings',
      'server/dev/manifest-facts.js',
      'custom-elements-manifest.config.js',
      'vite.config.ts',
      'package.json',
      'README.md',
      'CHANGELOG.md',
      'LICENSE',
      ...COMPILER,
    ],
    writes: 'dist/npm/webrtc-elements/package.json',
    run: () => writePackages(ROOT),
  },
};

/** What `npm start` needs; the rest is for npm users. */
export const TO_RUN = [STEPS.server, STEPS.bundle, STEPS.manifest];
export const ALL = [STEPS.server, STEPS.components, STEPS.bundle, STEPS.manifest, STEPS.packages];

/**
 * Runs the steps whose inputs changed since they last ran, all at once.
 * @param {readonly Step[]} steps
 * @param {{ force?: boolean, say?: (line: string) => void }} [options]
 * @returns {Promise<boolean>} whether anything had to be built
 */
export async function build(steps, { force = false, say = () => {} } = {}) {
  const stale = () => steps.filter((step) => force || isStale(step));
  if (stale().length === 0) return false;
  mkdirSync(STAMPS, { recursive: true });
  const unlock = await lock();
  try {
    const todo = stale(); // another build may have done it while this one waited
    if (todo.length === 0) return false;
    const began = Date.now();
    say(`Building ${todo.map((step) => step.name).join(', ')} …`);
    // Both compile server/protocol, so one after the other; the bundle and the manifest go beside them.
    const compiled = todo.filter((step) => step === STEPS.server || step === STEPS.components);
    const packages = todo.filter((step) => step === STEPS.packages);
    const others = todo.filter((step) => !compiled.includes(step) && !packages.includes(step));
    const results = await Promise.allSettled([inOrder(compiled), ...others.map(runStep)]);
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
    await inOrder(packages); // copies of what the others made
    say(`Built in ${((Date.now() - began) / 1000).toFixed(1)} s.`);
    return true;
  } finally {
    unlock();
  }
}

/** @param {Step} step */
export const isStale = (step) => !existsSync(join(ROOT, step.writes)) || readStamp(step) !== fingerprint(step.reads);

/** The compiler trusts its notes; when its output was deleted, they are wrong. @param {string} project @param {Step} step */
const compile = (project, step) =>
  tool('typescript', 'tsc', ['-b', project, ...(existsSync(join(ROOT, step.writes)) ? [] : ['--force'])]);

/** Pages are plain files the server reads beside its own code, in the source as in dist/. */
export function copyPages() {
  const from = join(ROOT, 'server/pages');
  if (!existsSync(from)) return;
  cpSync(from, join(ROOT, 'dist/server/pages'), { recursive: true, filter: (path) => !/\.ts$/.test(path) });
}

/** What effects fetch lies beside their code. */
function copyAssets() {
  cpSync(join(ROOT, 'components/effects/assets'), join(ROOT, 'dist/components/effects/assets'), { recursive: true });
}

/**
 * Runs a command-line tool of node_modules under this Node.
 * @param {string} packageName @param {string} bin @param {readonly string[]} args
 * @returns {Promise<void>}
 */
function tool(packageName, bin, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [binOf(packageName, bin), ...args], {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new BuildError(`\`${bin} ${args.join(' ')}\` failed.`));
    });
  });
}

/** @param {string} packageName @param {string} bin */
function binOf(packageName, bin) {
  const folder = join(ROOT, 'node_modules', packageName);
  if (!existsSync(folder)) {
    throw new BuildError(`${packageName} is not installed. Run \`npm ci\` first (building needs the development dependencies).`);
  }
  const { bin: bins } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bins === 'string' ? bins : bins[bin]);
}

/** A failure whose message says all there is to say. */
export class BuildError extends Error {}

/** @param {readonly Step[]} steps */
async function inOrder(steps) {
  for (const step of steps) await runStep(step);
}

/** @param {Step} step */
async function runStep(step) {
  const stamp = fingerprint(step.reads); // before: what changes meanwhile makes it stale again
  rmSync(stampFile(step), { force: true });
  await step.run();
  writeFileSync(stampFile(step), stamp);
}

/** @param {Step} step */
const stampFile = (step) => join(STAMPS, step.name);

/** @param {Step} step */
const readStamp = (step) => (existsSync(stampFile(step)) ? readFileSync(stampFile(step), 'utf8') : '');

/** Names, sizes and times of all files below: enough to notice every edit, deletion and checkout. @param {readonly string[]} paths */
function fingerprint(paths) {
  const hash = createHash('sha256');
  for (const path of paths) for (const file of filesBelow(join(ROOT, path))) hash.update(file);
  return hash.digest('hex');
}

/** @param {string} path @returns {Generator<string>} */
function* filesBelow(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return;
  if (!stats.isDirectory()) yield `${relative(ROOT, path)}:${stats.size}:${stats.mtimeMs}\n`;
  else for (const name of readdirSync(path).sort()) if (name !== 'dev') yield* filesBelow(join(path, name));
}

/** One build at a time: `npm start` and `npm test` in two terminals must not write into each other. */
async function lock() {
  mkdirSync(dirname(LOCK), { recursive: true });
  for (;;) {
    try {
      writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
      return () => rmSync(LOCK, { force: true });
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
      if (!isAlive(Number(readFileSync(LOCK, { encoding: 'utf8', flag: 'a+' })))) rmSync(LOCK, { force: true });
      else await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

/** @param {number} pid */
function isAlive(pid) {
  if (pid === process.pid) return false; // left by an earlier process that had this number
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
