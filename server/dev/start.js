/**
 * `npm start [-- --port 8080 --https …]`: builds what is missing or older than its source, then
 * becomes the server. The arguments are the server's.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BuildError, ROOT, TO_RUN, build } from './steps.js';

const cli = join(ROOT, 'dist/server/cli.js');

try {
  // Installed without development dependencies (a container image): run what was built before.
  const canBuild = existsSync(join(ROOT, 'node_modules/typescript')) && existsSync(join(ROOT, 'node_modules/vite'));
  if (canBuild || !TO_RUN.every((step) => existsSync(join(ROOT, step.writes)))) await build(TO_RUN, { say: console.error });
} catch (error) {
  console.error(error instanceof BuildError ? error.message : error);
  process.exit(1);
}

process.argv[1] = cli;
await import(pathToFileURL(cli).href);
