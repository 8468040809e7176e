/**
 * How many connections this process can hold before the system refuses it another file. A connection is one; without
 * a look ahead, the system would close new ones without a word, to nobody's log.
 */
import { readFileSync } from 'node:fs';

/** What the process has open besides: logs, the relay's answers, webhooks under way, pages being read. */
const OTHERS = 100;
const SHARE = 0.9;

/** `undefined` where the system does not say, or does not limit. */
export function openFilesLimit(limits: () => string = () => readFileSync('/proc/self/limits', 'utf8')): number | undefined {
  try {
    const [, soft = ''] = /^Max open files\s+(\d+|unlimited)/m.exec(limits()) ?? [];
    return /^\d+$/.test(soft) ? Number(soft) : undefined;
  } catch {
    return undefined;
  }
}

export interface Capacity {
  readonly connections: number;
  /** For the log, when it is less than what was asked for. */
  readonly warning?: string;
}

export function capacity(wanted: number, files: number | undefined): Capacity {
  if (files === undefined) return { connections: wanted };
  const connections = Math.max(1, Math.floor((files - OTHERS) * SHARE));
  if (connections >= wanted) return { connections: wanted };
  return {
    connections,
    warning: `the system lets this process open ${files} files, which is enough for ${connections} connections, not for ${wanted}: raise LimitNOFILE (systemd), --ulimit nofile (Docker) or ulimit -n, or lower LIMIT_CONNECTIONS`,
  };
}
