/**
 * Real browsers for tests: found, installed where that is possible, started with fake cameras and
 * without the background traffic of a browser that a person uses. One driver for both
 * (puppeteer-core), each browser in a fresh profile. Tests are never skipped for want of a browser.
 */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import puppeteer, { type Browser, type LaunchOptions } from 'puppeteer-core';
import { install } from './system-packages.js';

export type BrowserName = 'chromium' | 'firefox';

interface Kind {
  /** Environment variables that name the executable, the first wins. */
  readonly variables: readonly string[];
  readonly commands: readonly string[];
  readonly paths: readonly string[];
  readonly debian: string;
}

const programFiles = [process.env['ProgramFiles'], process.env['ProgramFiles(x86)'], process.env['LOCALAPPDATA']].filter(
  (path) => path !== undefined,
);

const KINDS: Readonly<Record<BrowserName, Kind>> = {
  chromium: {
    variables: ['CHROMIUM_PATH', 'CHROME_PATH'],
    commands: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge-stable'],
    paths: [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      ...programFiles.map((path) => join(path, 'Google/Chrome/Application/chrome.exe')),
      ...programFiles.map((path) => join(path, 'Microsoft/Edge/Application/msedge.exe')),
    ],
    debian: 'chromium',
  },
  firefox: {
    variables: ['FIREFOX_PATH'],
    commands: ['firefox-esr', 'firefox'],
    paths: [
      '/Applications/Firefox.app/Contents/MacOS/firefox',
      ...programFiles.map((path) => join(path, 'Mozilla Firefox/firefox.exe')),
    ],
    debian: 'firefox-esr',
  },
};

/** Where the browser is, or null. A variable that names no file is an error, not a reason to look elsewhere. */
export function findBrowser(name: BrowserName): string | null {
  const kind = KINDS[name];
  for (const variable of kind.variables) {
    const path = process.env[variable];
    if (!path) continue;
    if (!existsSync(path)) throw new Error(`${variable} is set to ${path}, but there is no such file.`);
    return path;
  }
  const onPath = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => kind.commands.map((command) => join(folder, command)));
  return [...onPath, ...kind.paths].find((path) => existsSync(path)) ?? null;
}

/** The paths of both browsers, after installing what is missing where that is possible; otherwise a sentence that says what to do. */
export function ensureBrowsers(names: readonly BrowserName[] = ['chromium', 'firefox']): Readonly<Record<BrowserName, string>> {
  const missing = () => names.filter((name) => findBrowser(name) === null);
  if (missing().length > 0) install(missing().map((name) => KINDS[name].debian));
  const still = missing();
  if (still.length > 0) {
    const wanted = still.map((name) => (name === 'chromium' ? 'Chromium or Chrome' : 'Firefox')).join(' and ');
    const variables = still.map((name) => KINDS[name].variables[0]).join(' and ');
    throw new Error(
      `These tests need ${wanted}. Install ${still.length > 1 ? 'them' : 'it'}, or set ${variables} to the executable.`,
    );
  }
  return { chromium: findBrowser('chromium') ?? '', firefox: findBrowser('firefox') ?? '' };
}

export interface BrowserOptions {
  /** More command-line switches (Chromium). */
  readonly args?: readonly string[];
  /** More preferences (Firefox). */
  readonly prefs?: Readonly<Record<string, unknown>>;
  /** Chromium's fake camera, for example `fps=5` or `fps=10,display-media-type=browser`. */
  readonly fakeDevice?: string;
  /** Camera, microphone and screen are granted without asking. `false`: the page's own permissions decide. */
  readonly grant?: boolean;
  /** Pages in the background are slowed down, as for people (Chromium). */
  readonly throttled?: boolean;
  /** Sound starts without a click. `false`: only after one, the strictest of the browsers' policies. */
  readonly autoplay?: boolean;
}

/** Starting can take half a minute on a busy machine. */
const PATIENCE = { timeout: 120_000, protocolTimeout: 180_000 };

export function chromiumOptions(options: BrowserOptions = {}): LaunchOptions {
  const { args = [], fakeDevice = 'fps=10', grant = true, throttled = false, autoplay = true } = options;
  return {
    ...PATIENCE,
    browser: 'chrome',
    executablePath: ensureBrowsers(['chromium']).chromium,
    headless: true,
    // The driver would slow nothing down, either.
    ...(throttled && {
      ignoreDefaultArgs: [
        '--disable-background-timer-throttling',
        '--disable-backgrounding-occluded-windows',
        '--disable-renderer-backgrounding',
      ],
    }),
    args: [
      '--no-sandbox', // tests often run as root, in containers
      '--disable-dev-shm-usage',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // two people on one machine: neither page may be slowed down for being in the background
      ...(throttled
        ? []
        : [
            '--disable-background-timer-throttling',
            '--disable-backgrounding-occluded-windows',
            '--disable-renderer-backgrounding',
          ]),
      `--use-fake-device-for-media-stream=${fakeDevice}`,
      ...(grant ? ['--use-fake-ui-for-media-stream'] : []),
      `--autoplay-policy=${autoplay ? 'no-user-gesture-required' : 'document-user-activation-required'}`,
      '--allow-loopback-in-peer-connection', // a machine without a network has no other address
      // Nothing outside this machine; `.local` are Chromium's own names for ICE candidates.
      '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1 , EXCLUDE [::1] , EXCLUDE *.local',
      ...args,
    ],
  };
}

export function firefoxOptions(options: BrowserOptions = {}): LaunchOptions {
  const { prefs = {}, grant = true } = options;
  return {
    ...PATIENCE,
    browser: 'firefox',
    executablePath: ensureBrowsers(['firefox']).firefox,
    headless: true,
    extraPrefsFirefox: {
      'media.navigator.streams.fake': true,
      'media.navigator.permission.disabled': grant,
      'media.navigator.permission.fake': grant, // without it ICE finds no candidate on a machine without a network
      'media.peerconnection.ice.loopback': true,
      'media.peerconnection.ice.obfuscate_host_addresses': false,
      'media.autoplay.default': 0,
      'media.autoplay.blocking_policy': 0,
      'media.gmp-manager.updateEnabled': false,
      'media.gmp-provider.enabled': false,
      'network.captive-portal-service.enabled': false,
      'network.connectivity-service.enabled': false,
      'network.trr.mode': 5,
      'app.update.enabled': false,
      ...prefs,
    },
  };
}

export const launchChromium = (options?: BrowserOptions): Promise<Browser> => puppeteer.launch(chromiumOptions(options));

export const launchFirefox = (options?: BrowserOptions): Promise<Browser> => puppeteer.launch(firefoxOptions(options));

export const launch = (name: BrowserName, options?: BrowserOptions): Promise<Browser> =>
  name === 'chromium' ? launchChromium(options) : launchFirefox(options);
