/**
 * Runs node:test files, each in its own process, and counts from the runner's events. Only tests
 * count, not the `describe` around them; a file that crashes or holds no test is a failure.
 */
import { resolve } from 'node:path';
import { run } from 'node:test';
import { emptyTotals, failureLines, fileLine, type FileTotals, type Totals } from './totals.js';

interface TestEvent {
  readonly name: string;
  readonly nesting: number;
  readonly file?: string;
  readonly skip?: string | boolean;
  readonly todo?: string | boolean;
  readonly details: {
    readonly type?: string;
    readonly duration_ms?: number;
    readonly error?: Error & { readonly failureType?: string; readonly exitCode?: number; readonly signal?: string };
  };
}

interface RunOptions {
  /** Files at the same time; `false` is one. */
  readonly concurrency: number | false;
  /** For one file, in milliseconds. */
  readonly timeout: number;
  /** Names each test as it ends: for suites that take long. */
  readonly live?: boolean;
}

export async function runNodeTests(
  files: readonly string[],
  { concurrency, timeout, live = false }: RunOptions,
): Promise<FileTotals> {
  const perFile = new Map(files.map((file) => [resolve(file), { file, totals: emptyTotals(), failures: [] as string[] }]));
  const unknown = { file: '(elsewhere)', totals: emptyTotals(), failures: [] as string[] };

  const record = (event: TestEvent, passed: boolean): void => {
    if (event.details.type === 'suite' && (passed || event.details.error?.failureType === 'subtestsFailed')) return;
    const whole = perFile.get(resolve(event.name)); // the runner reports a file as a test when it crashed or was empty
    const entry = whole ?? perFile.get(resolve(event.file ?? '')) ?? unknown;
    if (live && !whole)
      console.log(`    ${passed ? '·' : '✗'} ${event.name} (${((event.details.duration_ms ?? 0) / 1000).toFixed(1)} s)`);
    if (isSet(event.skip)) entry.totals.skipped += 1;
    else if (isSet(event.todo)) entry.totals.todo += 1;
    else if (whole && passed) fail(whole, 'the file', new Error('ran no test'));
    else if (passed) entry.totals.passed += 1;
    else if (event.details.error?.failureType !== 'subtestsFailed')
      fail(entry, whole ? 'the file' : event.name, event.details.error);
  };

  const stream = run({ files: files.map((file) => resolve(file)), concurrency, timeout });
  stream.on('test:pass', (event: TestEvent) => record(event, true));
  stream.on('test:fail', (event: TestEvent) => record(event, false));
  stream.on('test:stdout', ({ message }) => process.stdout.write(message));
  stream.on('test:stderr', ({ message }) => process.stderr.write(message));
  await new Promise((done, failed) => stream.once('end', done).once('error', failed).resume());

  const entries = [...perFile.values(), unknown];
  for (const entry of entries) {
    if (entry === unknown && Object.values(entry.totals).every((count) => count === 0)) continue;
    console.log(fileLine(entry.file, entry.totals));
    for (const line of entry.failures) console.log(line);
  }
  return Object.fromEntries(entries.map(({ file, totals }) => [file, totals]));
}

const isSet = (mark: string | boolean | undefined): boolean => mark !== undefined && mark !== false;

function fail(entry: { readonly totals: Totals; readonly failures: string[] }, name: string, error: unknown): void {
  entry.totals.failed += 1;
  entry.failures.push(...failureLines(name, unwrap(error)));
}

/** node:test wraps what a test threw; of a process that died it knows only how. */
function unwrap(error: unknown): unknown {
  if (!(error instanceof Error) || !('failureType' in error)) return error;
  if (error.cause instanceof Error) return error.cause;
  const { exitCode, signal } = error as { exitCode?: number; signal?: string };
  if (exitCode === undefined) return error;
  return `its process ended with ${signal ? `signal ${signal}` : `code ${exitCode}`} (what it wrote stands above)`;
}
