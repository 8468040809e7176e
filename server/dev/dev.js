/**
 * `npm run dev [-- --port 8080 …]`: the server restarts and the bundle is rebuilt when their
 * sources change; reload the page to see it. The arguments are the server's.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { BuildError, ROOT, STEPS, build as buildSteps } from './steps.js';

try {
  await buildSteps([STEPS.bundle], { say: console.error });
} catch (error) {
  if (!(error instanceof BuildError)) throw error;
  console.error(`${error.message} Waiting for a change …`);
}

const node = (/** @type {readonly string[]} */ args) =>
  spawn(process.execPath, args, { cwd: ROOT, stdio: 'inherit', env: { NODE_ENV: 'development', ...process.env } });

const children = [
  node([join(ROOT, 'node_modules/vite/bin/vite.js'), 'build', '--watch', '--logLevel', 'info', '--emptyOutDir', 'false']),
  node([
    join(ROOT, 'node_modules/tsx/dist/cli.mjs'),
    'watch',
    '--clear-screen=false',
    '--include=server/pages/**',
    'server/cli.ts',
    ...process.argv.slice(2),
  ]),
];

const stop = () => children.forEach((child) => child.kill('SIGTERM'));
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(signal, stop);
for (const child of children) {
  child.once('exit', (code) => {
    stop();
    process.exitCode ??= code ?? 0;
  });
}
