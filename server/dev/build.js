/**
 * `npm run build [-- server components bundle manifest packages] [--clean] [--if-stale]`
 *
 * Everything that is shipped, into dist/. With names, those steps only; with --clean, from an
 * empty dist/; with --if-stale, only what changed.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ALL, BuildError, ROOT, STEPS, build } from './steps.js';

const args = process.argv.slice(2);
const names = args.filter((arg) => !arg.startsWith('--'));
const unknown = names.filter((name) => !(name in STEPS));

if (unknown.length > 0) {
  console.error(`No step is called ${unknown.join(', ')}. Steps: ${Object.keys(STEPS).join(', ')}.`);
  process.exit(1);
}
if (args.includes('--clean')) rmSync(join(ROOT, 'dist'), { recursive: true, force: true });

try {
  const steps = names.length > 0 ? ALL.filter((step) => names.includes(step.name)) : ALL;
  await build(steps, { force: !args.includes('--if-stale'), say: console.log });
} catch (error) {
  console.error(error instanceof BuildError ? error.message : error);
  process.exit(1);
}
