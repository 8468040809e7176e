/** What the doctor found, and what to do about it: one sentence each, for whoever owns the page or the server. */
export type Verdict = 'good' | 'warning' | 'bad' | 'skipped';

export interface Finding {
  readonly check: string;
  readonly verdict: Verdict;
  /** What was seen. */
  readonly seen: string;
  /** What to do; absent when nothing is to be done. */
  readonly advice?: string;
}

export const good = (check: string, seen: string): Finding => ({ check, verdict: 'good', seen });
export const bad = (check: string, seen: string, advice: string): Finding => ({ check, verdict: 'bad', seen, advice });
export const warning = (check: string, seen: string, advice: string): Finding => ({ check, verdict: 'warning', seen, advice });
export const skipped = (check: string, seen: string): Finding => ({ check, verdict: 'skipped', seen });

const MARKS: Readonly<Record<Verdict, string>> = { good: '✓', warning: '!', bad: '✗', skipped: '–' };

export function asText(findings: readonly Finding[]): string {
  const lines = findings.flatMap(({ check, verdict, seen, advice }) => [
    `  ${MARKS[verdict]}  ${check}: ${seen}`,
    ...(advice === undefined ? [] : [`     → ${advice}`]),
  ]);
  const count = findings.filter(({ verdict }) => verdict === 'bad').length;
  const sum = count === 0 ? 'Nothing stands in the way of a call.' : `${count} of these keep calls from working.`;
  return `${lines.join('\n')}\n\n  ${sum}\n`;
}
