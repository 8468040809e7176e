/**
 * Whether what the server keeps over restarts is kept where it lasts. A container without a volume loses it with the
 * container, an anonymous volume is found by nobody again. Reads what Linux says of its mounts; elsewhere it says nothing.
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve, sep } from 'node:path';

export interface Surroundings {
  readonly inContainer: boolean;
  /** `/proc/self/mountinfo`; empty where there is none. */
  readonly mounts: string;
}

/** File systems that end with the machine or the container. */
const PASSING = new Set(['tmpfs', 'ramfs', 'overlay', 'aufs']);
/** Docker and Podman name a volume nobody named by 64 hexadecimal digits. */
const ANONYMOUS = /\/volumes\/[0-9a-f]{64}(?:\/|$)/;

const LOST = 'bans, locks, used tokens and seats';
const REMEDY = 'Mount a named volume there, for example "-v calls:/data" with our image.';

export function surroundings(env: NodeJS.ProcessEnv): Surroundings {
  const inContainer =
    existsSync('/.dockerenv') || existsSync('/run/.containerenv') || env['KUBERNETES_SERVICE_HOST'] !== undefined;
  try {
    return { inContainer, mounts: readFileSync('/proc/self/mountinfo', 'utf8') };
  } catch {
    return { inContainer, mounts: '' };
  }
}

/** What an operator should know; undefined: all is well. */
export function stateWarning(folder: string, writable: boolean, { inContainer, mounts }: Surroundings): string | undefined {
  if (!writable) return `${folder} cannot be written: ${LOST} are lost when the server restarts. Make it writable.`;
  if (!inContainer) return undefined;
  const mount = mountOf(folder, mounts);
  if (mount === undefined || mount.point === '/' || PASSING.has(mount.type))
    return `${folder} is part of this container and no volume: ${LOST} are lost with the container. ${REMEDY}`;
  if (ANONYMOUS.test(mount.root))
    return `${folder} is on a volume without a name: a new container finds ${LOST} no more. ${REMEDY}`;
  return undefined;
}

interface Mount {
  readonly root: string;
  readonly point: string;
  readonly type: string;
}

/** The mount that holds the folder: the longest point above it, the last one of those (proc_pid_mountinfo(5)). */
function mountOf(folder: string, mounts: string): Mount | undefined {
  const path = resolve(folder) + sep;
  let found: Mount | undefined;
  for (const line of mounts.split('\n')) {
    const [before = '', after = ''] = line.split(' - ');
    const [, , , root, point] = before.split(' ');
    const [type = ''] = after.split(' ');
    if (root === undefined || point === undefined) continue;
    const above = point === '/' ? '/' : `${point}/`;
    if (path.startsWith(above) && point.length >= (found?.point.length ?? 0)) found = { root, point, type };
  }
  return found;
}
