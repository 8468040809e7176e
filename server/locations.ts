/**
 * Where this package's files lie. The server runs from its sources and from `dist`, one folder
 * deeper; the package's own package.json tells them apart.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

export function packageRoot(): string {
  for (let folder = here; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (dirname(folder) === folder) throw new Error('the package.json of webrtc-elements is missing');
  }
}

export function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as { readonly version: string };
  return version;
}

/** The pages' files: beside the code when a build copied them there, otherwise in the sources. */
export function pagesDirectory(): string {
  const beside = join(here, 'pages');
  return existsSync(join(beside, 'landing.html')) ? beside : join(packageRoot(), 'server', 'pages');
}

/** The bundle for a script tag, as the build leaves it. */
export function bundleDirectory(): string {
  return join(packageRoot(), 'dist', 'cdn');
}

/** The documentation, as it is read on a code host and served at /docs. */
export function docsDirectory(): string {
  return join(packageRoot(), 'docs');
}

/** What the elements are, as the build found it in their sources. */
export function manifestFile(): string {
  return join(packageRoot(), 'dist', 'custom-elements.json');
}
