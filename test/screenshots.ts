/**
 * Photographs every state of the elements, large and small, light and dark, left to right and right to
 * left: `npm run screenshots -- [parts of names, by commas]` → dist/screenshots/. With `--story knock`, what one person sees
 * after the other, as a numbered sequence.
 */
import { mkdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import puppeteer from 'puppeteer-core';
import { createServer } from 'vite';
import { chromiumOptions } from './support/browsers.js';

const OUT = 'dist/screenshots';
const { values, positionals } = parseArgs({ allowPositionals: true, options: { story: { type: 'string' } } });
const only = (positionals[0] ?? '').split(',');

const WIDE = [1280, 720] as const;
const PHONE = [320, 568] as const;
const STAMP = [240, 180] as const;
const WALL = [2560, 1440] as const;
const LOW = [640, 300] as const;
const COLUMN = [420, 700] as const;

interface Shot {
  readonly scene: string;
  readonly size: readonly [number, number];
  readonly theme?: 'light' | 'dark';
  readonly lang?: string;
  /** One of demo/themes. */
  readonly look?: string;
}

const SMALL_WALL = [1920, 1080] as const;
const BOX = [600, 400] as const;
const SE = [375, 667] as const;

/** Transitions, as the states they pass through. */
const STORIES: Readonly<Record<string, readonly string[]>> = {
  knock: ['door-open', 'waiting-absent', 'waiting', 'alone', 'knock-alone', 'knock-many', 'knock', 'three'],
  notes: ['three', 'notes', 'chat-new'],
  invite: ['alone', 'invite', 'two', 'only-one'],
};

const shots: Shot[] = [];
for (const scene of [
  'knock',
  'knock-alone',
  'knock-many',
  'notes',
  'invite',
  'waiting',
  'waiting-absent',
  'only-one',
  'door-recorded',
  'door-named',
  'door',
])
  for (const size of [WIDE, BOX, SE, PHONE]) {
    shots.push({ scene, size }, { scene, size, theme: 'dark' }, { scene, size, lang: 'ar' });
    if (size === WIDE) shots.push({ scene, size: SMALL_WALL });
  }
const everywhere = [
  'door',
  'door-open',
  'alone',
  'two',
  'three',
  'screen',
  'left',
  'door-policy',
  'error-unreachable',
  'trouble',
];
for (const scene of ['menu-microphone', 'menu-camera', 'door-menu', 'people', 'people-guest', 'waiting']) {
  for (const theme of ['light', 'dark'] as const) shots.push({ scene, size: WIDE, theme }, { scene, size: PHONE, theme });
  shots.push({ scene, size: STAMP }, { scene, size: WIDE, lang: 'ar' }, { scene, size: PHONE, lang: 'ko' });
}
const NARROW = [480, 420] as const;
const MIDDLE = [800, 500] as const;
for (const scene of ['more', 'keys', 'talking', 'settings']) {
  for (const size of [WIDE, MIDDLE, NARROW, PHONE, STAMP]) shots.push({ scene, size, theme: 'light' });
  shots.push({ scene, size: PHONE, theme: 'dark' }, { scene, size: PHONE, lang: 'ar' }, { scene, size: NARROW, lang: 'de' });
}
const once = [
  'viewer',
  'door-empty',
  'door-camera-off',
  'door-full',
  'door-blocked',
  'door-insecure',
  'door-busy',
  'door-joining',
  'joining',
  'four',
  'six',
  'five',
  'seven',
  'eight',
  'nine',
  'twelve',
  'crowd',
  'pinned',
  'pinned-crowd',
  'self-hidden',
  'self-corner',
  'tile-menu',
  'tile-menu-self',
  'two-screens',
  'screen-crowd',
  'two-dark',
  'audio',
  'spotlight',
  'links',
  'pending',
  'kicked',
  'lost',
  'ended',
  'duplicate',
  'stopped',
  'turned-away',
  'error-origin',
  'error-room',
];
const refusals =
  'blocked blocked-system policy insecure busy all-busy absent no-camera no-microphone two-troubles full locked denied token ' +
  'origin unreachable offline firewall server-busy browser';
for (const scene of [...refusals.split(' ').map((state) => `door-${state}`), 'waiting', 'kicked'])
  shots.push(
    { scene, size: WIDE },
    { scene, size: WIDE, theme: 'dark' },
    { scene, size: PHONE },
    { scene, size: PHONE, theme: 'dark', lang: 'ar' },
    { scene, size: WIDE, lang: 'ar' },
    { scene, size: LOW },
  );
for (const scene of ['chat', 'chat-new', 'chat-empty', 'hands', 'reactions', 'menu-reactions']) {
  for (const theme of ['light', 'dark'] as const) shots.push({ scene, size: WIDE, theme }, { scene, size: PHONE, theme });
  shots.push({ scene, size: STAMP }, { scene, size: WIDE, lang: 'ar' }, { scene, size: COLUMN, lang: 'ko' });
}
shots.push({ scene: 'chat-viewer', size: WIDE });
for (const scene of everywhere) {
  for (const size of [WIDE, PHONE, STAMP, LOW, COLUMN]) shots.push({ scene, size, theme: 'light' });
  shots.push(
    { scene, size: WIDE, theme: 'dark' },
    { scene, size: PHONE, theme: 'dark' },
    { scene, size: WIDE, theme: 'light', lang: 'ar' },
  );
}
for (const scene of once)
  shots.push({ scene, size: WIDE, theme: 'light' }, { scene, size: WIDE, theme: 'dark' }, { scene, size: PHONE, theme: 'light' });
for (const scene of ['door-open', 'two', 'nine', 'crowd', 'screen-crowd', 'screen'])
  shots.push({ scene, size: WALL, theme: 'dark' });
for (const scene of ['four', 'nine', 'twelve', 'screen', 'links', 'pinned', 'tile-menu', 'screen-crowd'])
  shots.push({ scene, size: STAMP, theme: 'dark' });
for (const scene of ['door', 'two', 'pending']) shots.push({ scene, size: PHONE, theme: 'dark', lang: 'de' });

for (const look of ['calm', 'contrast', 'playful'])
  for (const scene of ['door-open', 'door-policy', 'four', 'people', 'screen', 'tile-menu', 'left'])
    shots.push({ scene, size: WIDE, look }, { scene, size: PHONE, look });
for (const scene of ['network', 'settings-connection'])
  shots.push(
    { scene, size: WIDE },
    { scene, size: WIDE, theme: 'dark' },
    { scene, size: PHONE },
    { scene, size: STAMP },
    { scene, size: WIDE, lang: 'ar' },
    { scene, size: PHONE, lang: 'de' },
  );
const phones =
  'idle named history code quiet opening refused used line-lost calling ringing ringing-group ringing-audio declined busy ' +
  'no-answer gone disturb missed talking talking-audio adding inviting';
for (const scene of [
  ...phones.split(' ').map((state) => `phone-${state}`),
  ...['there', 'busy', 'nobody', 'calling', 'missed', 'talking'].map((state) => `button-${state}`),
]) {
  for (const theme of ['light', 'dark'] as const) shots.push({ scene, size: [800, 640], theme });
  shots.push({ scene, size: PHONE, theme: 'light' });
}
for (const scene of ['phone-history', 'phone-ringing', 'phone-calling', 'button-there', 'button-missed'])
  shots.push({ scene, size: [800, 640], lang: 'ar' }, { scene, size: PHONE, lang: 'de' }, { scene, size: STAMP });
for (const scene of ['pinned', 'twelve', 'tile-menu']) shots.push({ scene, size: WIDE, lang: 'ar' });

const server = await createServer({
  configFile: false,
  logLevel: 'error',
  server: { port: 0, host: '127.0.0.1', hmr: false, watch: null },
  // As the tests resolve it: the development build of socket.io is CommonJS inside.
  resolve: { conditions: ['module', 'browser', 'production'] },
  optimizeDeps: { noDiscovery: true },
});
await server.listen();
const origin = server.resolvedUrls?.local[0] ?? '';
await mkdir(OUT, { recursive: true });
const browser = await puppeteer.launch(chromiumOptions());
try {
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error('page:', error instanceof Error ? error.message : error));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warn') console.error('console:', message.text());
  });
  const story = STORIES[values.story ?? ''];
  const chosen = story ? story.flatMap((scene) => [WIDE, BOX, SE, PHONE].map((size): Shot => ({ scene, size }))) : shots;
  for (const { scene, size, theme = 'light', lang = 'en', look = '' } of chosen) {
    const step = story ? `${values.story}-${story.indexOf(scene) + 1}` : '';
    const name = [step, scene, size.join('x'), theme, lang === 'en' ? '' : lang, look].filter(Boolean).join('_');
    if (!story && !only.some((part) => name.includes(part))) continue;
    await page.setViewport({ width: size[0], height: size[1], deviceScaleFactor: size[0] < 500 ? 2 : 1 });
    await page.goto(`${origin}demo/gallery.html?scene=${scene}&theme=${theme}&lang=${lang}${look && `&look=${look}`}`);
    await page.waitForFunction(
      () =>
        document.querySelector('webrtc-room')?.shadowRoot?.querySelector('.frame') ??
        document.querySelector('webrtc-phone, webrtc-call-button')?.shadowRoot?.querySelector('.phone, .call'),
    );
    await new Promise((resolve) => setTimeout(resolve, scene === 'trouble' ? 3_800 : 900));
    await page.screenshot({ path: `${OUT}/${name}.png` });
  }
} finally {
  await browser.close();
  await server.close();
}
