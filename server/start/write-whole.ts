/**
 * Puts a file with a secret in its place: whole or not at all, and never readable by others, not even for a moment.
 * Who reads the old one meanwhile reads all of the old one.
 */
import { randomBytes } from 'node:crypto';
import { chown, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** The owner may write, the group may read. */
const MODE = 0o640;

interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** `group` gets to read it, where there is one of that name and we may give files away. */
export async function writeWhole(path: string, text: string, group: string): Promise<void> {
  // A link is followed: it, and what it leads to, stay what they are.
  const target = await realpath(path).catch(() => path);
  const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}`);
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
      const owner = await ownerOf(target, group);
      if (owner !== undefined) await chown(temporary, owner.uid, owner.gid);
      await file.chmod(MODE);
    } finally {
      await file.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw new Error(explain(path, error as NodeJS.ErrnoException), { cause: error });
  }
}

/** Only root gives files away; everybody else keeps what is made. */
async function ownerOf(path: string, group: string): Promise<Owner | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const before = await stat(path).catch(() => undefined);
  const gid = await groupId(group);
  return { uid: before?.uid ?? 0, gid: gid ?? before?.gid ?? 0 };
}

async function groupId(name: string): Promise<number | undefined> {
  const groups = await readFile('/etc/group', 'utf8').catch(() => '');
  const fields = groups
    .split('\n')
    .map((line) => line.split(':'))
    .find(([found]) => found === name);
  return fields?.[2] === undefined ? undefined : Number(fields[2]);
}

function explain(path: string, { code, message }: NodeJS.ErrnoException): string {
  if (code === 'EACCES' || code === 'EPERM') return `${path} may not be written by this user; it is as it was. Use sudo.`;
  if (code === 'ENOENT') return `There is no folder for ${path}; nothing was written.`;
  return `${path} could not be written and is as it was (${message}).`;
}
