/**
 * What @web/test-runner did, as readable lines; the totals go to the parent process when there is
 * one (test/run.ts), because numbers in text are for people.
 */
import { relative, sep } from 'node:path';
import type { Reporter, TestSession, TestSuiteResult } from '@web/test-runner';
import { addTotals, emptyTotals, failureLines, fileLine, type FileTotals, type Totals } from './totals.js';

/** Sent once, when the run has ended: totals over all browsers. */
export interface PageReport {
  readonly kind: 'page-report';
  readonly files: FileTotals;
}

export function compactReporter(): Reporter {
  return {
    reportTestFileResults({ logger, sessionsForTestFile }) {
      for (const session of sessionsForTestFile) for (const line of judge(session).lines) logger.log(line);
    },
    onTestRunFinished({ sessions }) {
      const files: Record<string, Totals> = {};
      for (const session of sessions) {
        const file = fileOf(session);
        files[file] = addTotals(files[file] ?? emptyTotals(), judge(session).totals);
      }
      process.send?.({ kind: 'page-report', files } satisfies PageReport);
    },
  };
}

const fileOf = (session: TestSession): string => relative(process.cwd(), session.testFile).split(sep).join('/');

/** One file in one browser. A file that broke or holds no test counts as a failure. */
function judge(session: TestSession): { totals: Totals; lines: string[] } {
  const totals = emptyTotals();
  const failures: [string, unknown][] = session.errors.map((error) => ['the file', error]);
  const visit = (suite: TestSuiteResult, path: readonly string[]): void => {
    for (const test of suite.tests) {
      if (test.skipped) totals.skipped += 1;
      else if (test.passed) totals.passed += 1;
      else failures.push([[...path, test.name].join(' › '), test.error]);
    }
    for (const inner of suite.suites) visit(inner, [...path, inner.name]);
  };
  if (session.testResults) visit(session.testResults, []);
  if (failures.length === 0 && totals.passed + totals.skipped === 0) failures.push(['the file', new Error('ran no test')]);
  if (!session.passed && failures.length === 0) failures.push(['the file', new Error(`${session.status}, but did not pass`)]);
  totals.failed = failures.length;

  const lines = [
    fileLine(`${fileOf(session)} (${session.browser.name})`, totals),
    ...failures.flatMap(([name, error]) => failureLines(name, error)),
    ...session.request404s.map((request) => `      404: ${request}`),
  ];
  if (failures.length > 0)
    lines.push(...session.logs.map((log: readonly unknown[]) => `      log: ${log.map(String).join(' ')}`));
  return { totals, lines };
}
