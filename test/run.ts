/**
 * `npm test [-- suite … | file …]`: every suite in order, the totals of each, and as the last line
 * the sum: `N passed, N failed`. A suite that crashed, could not be built or ran no test is a
 * failure; what is skipped is shown as skipped. `npm test -- --failed` runs the files again that failed the
 * last time, and counts the others as they were.
 */
import { fork, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBrowsers } from './support/browsers.js';
import { runNodeTests } from './support/node-tests.js';
import { describeTotals, emptyTotals, failureLines, sumOf, type FileTotals, type Totals } from './support/totals.js';
import type { PageReport } from './support/wtr-reporter.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** In running order: what fails fast comes first. `unit` is every folder that is not named here. */
const SUITES = ['unit', 'elements', 'browser', 'package', 'e2e'] as const;
type Suite = (typeof SUITES)[number];

const isSuite = (name: string): name is Suite => (SUITES as readonly string[]).includes(name);

const suiteOf = (file: string): Suite => {
  const folder = file.split('/')[1] ?? '';
  return isSuite(folder) ? folder : 'unit';
};

const allFiles = (): string[] =>
  readdirSync(resolve(ROOT, 'test'), { recursive: true, encoding: 'utf8' })
    .map((path) => `test/${path.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.test.ts'))
    .sort();

/** Suites by name, files by path; nothing chosen is everything. */
function choose(args: readonly string[]): ReadonlyMap<Suite, readonly string[]> {
  const files = allFiles();
  const named = args.filter(isSuite);
  const paths = args.filter((arg) => !isSuite(arg)).map((arg) => relative(ROOT, resolve(arg)).replaceAll('\\', '/'));
  const matches = (path: string): string[] => files.filter((file) => file === path || file.startsWith(`${path}/`));
  const nothing = paths.find((path) => matches(path).length === 0);
  if (nothing !== undefined) {
    throw new Error(`${nothing} is neither a suite (${SUITES.join(', ')}) nor a test file or a folder of tests.`);
  }
  const chosen = paths.flatMap(matches);
  const all = args.length === 0;
  const suites = SUITES.filter((suite) => all || named.includes(suite) || chosen.some((file) => suiteOf(file) === suite));
  return new Map(
    suites.map((suite) => [
      suite,
      files.filter((file) => suiteOf(file) === suite && (all || named.includes(suite) || chosen.includes(file))),
    ]),
  );
}

/** Builds what is stale; package and e2e test what is shipped, not the sources. */
function build(): void {
  const { status } = spawnSync(process.execPath, ['server/dev/build.js', '--if-stale'], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) throw new Error('the build failed');
}

async function runPages(files: readonly string[]): Promise<FileTotals> {
  ensureBrowsers();
  const child = fork(resolve(ROOT, 'node_modules/@web/test-runner/dist/bin.js'), ['--static-logging', '--files', ...files], {
    cwd: ROOT,
    execArgv: [],
    silent: true,
  });
  const reports: PageReport[] = [];
  // It moves the cursor even when nobody watches a terminal.
  const plain = (text: Buffer): string => text.toString().replaceAll(/\u001b\[[\d;]*[A-GK]/g, '');
  child.stdout?.on('data', (text: Buffer) => process.stdout.write(plain(text)));
  child.stderr?.on('data', (text: Buffer) => process.stderr.write(plain(text)));
  child.on('message', (report: PageReport) => reports.push(report));
  const code = await new Promise<number | null>((done, failed) => child.once('error', failed).once('close', done));
  const results = reports[0]?.files;
  if (!results || (code !== 0 && sumOf(results).failed === 0))
    throw new Error(`the page test runner ended with code ${String(code)} and without a failure`);
  return results;
}

/** Files that run at the same time: much of a test is waiting, for an answer or for a grace to end, not work. */
const SERVERS = availableParallelism() + 1;
const CALLS = 2;
/** Those that promise something within seconds. */
const ALONE = ['test/e2e/faults/media.test.ts', 'test/e2e/recording-scenes.test.ts'];

const RUNNERS: Readonly<Record<Suite, (files: readonly string[]) => Promise<FileTotals>>> = {
  unit: (files) => runNodeTests(files, { concurrency: SERVERS, timeout: 120_000 }),
  elements: runPages,
  browser: runPages,
  package: (files) => {
    build();
    return runNodeTests(files, { concurrency: false, timeout: 300_000 });
  },
  e2e: async (files) => {
    ensureBrowsers();
    build();
    const options = { timeout: 900_000, live: true };
    const alone = files.filter((file) => ALONE.includes(file));
    const others = files.filter((file) => !ALONE.includes(file));
    return {
      ...(alone.length > 0 && (await runNodeTests(alone, { ...options, concurrency: false }))),
      ...(others.length > 0 && (await runNodeTests(others, { ...options, concurrency: CALLS }))),
    };
  },
};

async function runSuite(suite: Suite, files: readonly string[]): Promise<FileTotals> {
  console.log(`\n${suite}`);
  const began = performance.now();
  let results: FileTotals;
  try {
    if (files.length === 0) throw new Error('there is no test file');
    results = await RUNNERS[suite](files);
    const { passed, failed } = sumOf(results);
    if (passed + failed === 0) throw new Error('no test ran');
  } catch (error) {
    for (const line of failureLines(`the suite "${suite}" did not run`, error instanceof Error ? error.message : error))
      console.log(line);
    // None of them is known to be good.
    results = Object.fromEntries((files.length > 0 ? files : [suite]).map((file) => [file, FAILED]));
  }
  console.log(`${suite}: ${describeTotals(sumOf(results))} (${((performance.now() - began) / 60_000).toFixed(1)} min)`);
  return results;
}

const FAILED: Totals = { ...emptyTotals(), failed: 1 };
const LAST_RUN = 'node_modules/.cache/webrtc-elements/test-results.json';

const lastRun = (): FileTotals => JSON.parse(readFileSync(LAST_RUN, 'utf8')) as FileTotals;
const failedIn = (results: FileTotals): string[] =>
  Object.keys(results).filter((name) => (results[name]?.failed ?? 0) > 0 && (isSuite(name) || name.endsWith('.test.ts')));

async function main(args: readonly string[]): Promise<Totals> {
  process.chdir(ROOT);
  const again = args.includes('--failed');
  const before = again ? lastRun() : {};
  let results: FileTotals = before;
  const chosen = again ? failedIn(before) : args;
  if (!again || chosen.length > 0)
    for (const [suite, files] of choose(chosen)) results = { ...results, ...(await runSuite(suite, files)) };
  mkdirSync(dirname(LAST_RUN), { recursive: true });
  writeFileSync(LAST_RUN, JSON.stringify(results));
  // What passes only the second time is a bug all the same, in the product or in the test.
  const after = results;
  const flaky = again ? failedIn(before).filter((name) => after[name]?.failed === 0) : [];
  if (flaky.length > 0) console.log(`\nFlaky, passed only the second time:\n${flaky.map((name) => `  ${name}`).join('\n')}`);
  return sumOf(results);
}

try {
  const { passed, failed, skipped, todo } = await main(process.argv.slice(2));
  if (skipped + todo > 0) console.log(`\n${skipped} skipped, ${todo} todo`);
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
}
