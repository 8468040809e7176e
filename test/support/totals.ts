/** Counting and showing tests, the same way for every runner. */
export interface Totals {
  passed: number;
  failed: number;
  skipped: number;
  todo: number;
}

/** By test file, its path from the root with slashes. */
export type FileTotals = Readonly<Record<string, Totals>>;

export const emptyTotals = (): Totals => ({ passed: 0, failed: 0, skipped: 0, todo: 0 });

export const addTotals = (a: Totals, b: Totals): Totals => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
  todo: a.todo + b.todo,
});

export const sumOf = (files: FileTotals): Totals => Object.values(files).reduce(addTotals, emptyTotals());

export function describeTotals({ passed, failed, skipped, todo }: Totals): string {
  const parts = [`${passed} passed`, `${failed} failed`];
  if (skipped > 0) parts.push(`${skipped} skipped`);
  if (todo > 0) parts.push(`${todo} todo`);
  return parts.join(', ');
}

export const fileLine = (name: string, totals: Totals): string =>
  `  ${totals.failed > 0 ? '✗' : '✓'} ${name}: ${describeTotals(totals)}`;

export const failureLines = (name: string, error: unknown): string[] => [
  `    ✗ ${name}`,
  ...describeError(error)
    .split('\n')
    .filter((line) => !/^\s+at .*(node:internal|node:async_hooks|node_modules\/@?(mocha|chai|web)\b)/.test(line))
    .map((line) => `      ${line}`),
];

function describeError(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  const { message, stack, expected, actual, cause } = error as Readonly<Record<string, unknown>>;
  const text =
    typeof stack === 'string' ? (stack.includes(String(message)) ? stack : `${String(message)}\n${stack}`) : String(message);
  const lines = [text];
  if (typeof expected === 'string' && typeof actual === 'string') lines.push(`expected: ${expected}`, `actual:   ${actual}`);
  if (cause !== undefined) lines.push(`cause: ${describeError(cause)}`);
  return lines.join('\n');
}
