/** Processor time of a process and all its descendants, in seconds, as Linux counts it; NaN elsewhere. */
import { readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

interface Row {
  readonly pid: number;
  readonly parent: number;
  readonly seconds: number;
}

function rows(): readonly Row[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        // The name of the command stands in brackets and may hold spaces.
        const fields = readFileSync(`/proc/${name}/stat`, 'utf8')
          .replace(/^.*\) /, '')
          .split(' ');
        return [
          { pid: Number(name), parent: Number(fields[1]), seconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND },
        ];
      } catch {
        return []; // ended meanwhile
      }
    });
}

/** A process and all its descendants. */
function familyOf(root: number): ReadonlySet<number> {
  const all = rows();
  const family = new Set([root]);
  for (let before = 0; before !== family.size;) {
    before = family.size;
    for (const { pid, parent } of all) if (family.has(parent)) family.add(pid);
  }
  return family;
}

export function processorSeconds(root: number | undefined): number {
  if (root === undefined || process.platform !== 'linux') return NaN;
  const family = familyOf(root);
  return rows().reduce((sum, { pid, seconds }) => sum + (family.has(pid) ? seconds : 0), 0);
}

/** The same for each kind of thread, as `process/thread`: where the time goes. */
export function threadSeconds(root: number | undefined): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  if (root === undefined || process.platform !== 'linux') return found;
  for (const pid of familyOf(root)) {
    try {
      const kind = /--type=([\w-]+)/.exec(readFileSync(`/proc/${pid}/cmdline`, 'utf8'))?.[1] ?? 'browser';
      for (const thread of readdirSync(`/proc/${pid}/task`)) {
        const stat = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8');
        const name = `${kind}/${(/\((.*)\)/.exec(stat)?.[1] ?? '').replace(/[\d/]+$/, '')}`;
        const fields = stat.replace(/^.*\) /, '').split(' ');
        found.set(name, (found.get(name) ?? 0) + (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND);
      }
    } catch {
      // ended meanwhile
    }
  }
  return found;
}
