/** The packages as their users get them: the two folders that the build leaves in dist/npm. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface PackageJson {
  readonly name: string;
  readonly version: string;
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default?: string }>>;
  readonly bin: Readonly<Record<string, string>>;
  readonly customElements: string;
  readonly 'web-types': string;
  readonly sideEffects: readonly string[];
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const read = (file: string): PackageJson => JSON.parse(readFileSync(file, 'utf8')) as PackageJson;
const folderOf = (name: string): string => join(ROOT, 'dist/npm', name);

/** Of the checkout: what is exported, and the versions of both. */
export const packageJson = read(join(ROOT, 'package.json'));

export const PAGE = { folder: folderOf(packageJson.name), manifest: read(join(folderOf(packageJson.name), 'package.json')) };
const SERVER_NAME = `${packageJson.name}-server`;
export const SERVER = { folder: folderOf(SERVER_NAME), manifest: read(join(folderOf(SERVER_NAME), 'package.json')) };

/** A folder where both packages are installed; what they depend on is found above, in the checkout. */
export function userFolder(t: { after(task: () => void): void }): string {
  const folder = mkdtempSync(join(ROOT, 'dist/.user-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'node_modules'));
  for (const each of [PAGE, SERVER]) symlinkSync(each.folder, join(folder, 'node_modules', each.manifest.name), 'junction');
  return folder;
}

/** Entries with code, as a user writes them: `webrtc-elements/call`. */
export const codeEntries = Object.entries(packageJson.exports)
  .filter(([, target]) => typeof target !== 'string' && target.default !== undefined)
  .map(([path]) => path.replace(/^\./, packageJson.name));

/** Every file that `exports` leads to. */
export const exportedFiles = ({ exports }: PackageJson): string[] =>
  Object.values(exports).flatMap((target) =>
    typeof target === 'string' ? [target] : [target.types, ...(target.default === undefined ? [] : [target.default])],
  );
