/** The package as its users get it: package.json and what the build left in dist/. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface PackageJson {
  readonly name: string;
  readonly version: string;
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default?: string }>>;
  readonly bin: Readonly<Record<string, string>>;
  readonly unpkg: string;
  readonly jsdelivr: string;
  readonly customElements: string;
  readonly 'web-types': string;
  readonly sideEffects: readonly string[];
}

export const packageJson = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as PackageJson;

/** Entries with code, as a user writes them: `webrtc-elements/call`. */
export const codeEntries = Object.entries(packageJson.exports)
  .filter(([, target]) => typeof target !== 'string' && target.default !== undefined)
  .map(([path]) => path.replace(/^\./, packageJson.name));

/** Every file that `exports` leads to. */
export const exportedFiles = Object.values(packageJson.exports).flatMap((target) =>
  typeof target === 'string' ? [target] : [target.types, ...(target.default === undefined ? [] : [target.default])],
);
