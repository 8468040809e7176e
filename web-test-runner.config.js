/**
 * Tests that run inside a page, in Chromium and in Firefox: elements (test/elements) and real peer
 * connections (test/browser). `npm test -- elements browser`, or `npx web-test-runner --watch`.
 */
import 'tsx'; // the helpers below are TypeScript
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { chromeLauncher } from '@web/test-runner-chrome';
import puppeteer from 'puppeteer-core';

const { chromiumOptions, firefoxOptions } = await import('./test/support/browsers.ts');
const { compactReporter } = await import('./test/support/wtr-reporter.ts');

/** The launcher finds only Chrome by itself; with a driver of our own it starts Firefox as well. */
const launcher = (launchOptions) => chromeLauncher({ puppeteer, launchOptions, concurrency: 1 });

const only = process.env.TEST_BROWSER;
const browsers = { chromium: chromiumOptions, firefox: firefoxOptions };

export default {
  files: ['test/elements/**/*.test.ts', 'test/browser/**/*.test.ts'],
  hostname: '127.0.0.1',
  // '…/development' builds of socket.io are CommonJS inside: no 'development' condition.
  nodeResolve: { browser: true, exportConditions: [] },
  plugins: [
    esbuildPlugin({ ts: true, target: 'es2022', tsconfig: fileURLToPath(new URL('./tsconfig.base.json', import.meta.url)) }),
  ],
  browsers: Object.entries(browsers)
    .filter(([name]) => !only || only === name)
    .map(([, options]) => launcher(options())),
  // A page in the background gets no frames: one at a time.
  concurrency: 1,
  concurrentBrowsers: 1,
  browserStartTimeout: 120_000,
  testsStartTimeout: 120_000,
  testsFinishTimeout: 300_000,
  testFramework: { config: { ui: 'bdd', timeout: 30_000 } },
  reporters: [compactReporter()],
};
