/**
 * The key that signs resume tokens, made once and kept beside the certificate, so that people get
 * their seats back after a restart. Knows files only.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const BYTES = 32;

/** `undefined` where nothing can be kept: calls then survive everything but a restart of the server. */
export async function ownSessionKey(folder: string): Promise<Uint8Array | undefined> {
  const file = join(folder, 'session.key');
  try {
    const kept = await readFile(file).catch(() => undefined);
    if (kept?.length === BYTES) return kept;
    const made = randomBytes(BYTES);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(join(folder, '.gitignore'), '*\n');
    await writeFile(file, made, { mode: 0o600 });
    return made;
  } catch {
    return undefined;
  }
}
