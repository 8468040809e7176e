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
  return `${lines.join('\n')}\n\n  ${summary(findings)}\n`;
}

/** Whether all that calls need was looked at and is there. What could not be looked at is not well. */
export function isHealthy(findings: readonly Finding[]): boolean {
  return !findings.some(({ verdict }) => verdict === 'bad') && unseen(findings).length === 0;
}

function summary(findings: readonly Finding[]): string {
  const count = findings.filter(({ verdict }) => verdict === 'bad').length;
  if (count > 0) return `${count === 1 ? 'One of these keeps' : `${count} of these keep`} calls from working.`;
  const missing = unseen(findings);
  return missing.length === 0
    ? 'Nothing stands in the way of a call.'
    : `Not everything was looked at: ${missing.join(', ')}. Nothing else stands in the way of a call.`;
}

/** A clock that says nothing is no reason to worry. */
function unseen(findings: readonly Finding[]): readonly string[] {
  return findings.filter(({ check, verdict }) => verdict === 'skipped' && check !== 'Clock').map(({ check }) => check);
}
