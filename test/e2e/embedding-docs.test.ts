/**
 * The code in docs/ that belongs into a page, pasted as it stands there into a page of another site. What is built or
 * compiled is tried in test/package; tokens.md and rest.md have tests of their own (test/server/snippets).
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'puppeteer-core';
import { FRAME_ALLOW } from '../../server/protocol/framing.js';
import { launch } from '../support/browsers.js';
import { snippets, textOf } from '../support/documents.js';
import { ServerProcess } from '../support/server-process.js';
import { Site } from '../support/site.js';
import { until } from '../support/until.js';

const root = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const OTHER_TESTS = /^(tokens|rest|testing|security|self-hosting)\.md$/;
const inPages = (language: string) =>
  snippets.filter((snippet) => snippet.language === language && snippet.file === '' && !OTHER_TESTS.test(snippet.document));

interface Declaration {
  readonly tagName?: string;
  readonly attributes?: readonly { readonly name: string }[];
  readonly members?: readonly { readonly name: string }[];
  readonly events?: readonly { readonly name: string }[];
  readonly cssParts?: readonly { readonly name: string }[];
  readonly cssProperties?: readonly { readonly name: string }[];
  readonly cssStates?: readonly { readonly name: string }[];
}
const { modules } = JSON.parse(readFileSync(root('dist/custom-elements.json'), 'utf8')) as {
  modules: { declarations: Declaration[] }[];
};
const elements = modules.flatMap(({ declarations }) => declarations);
const named = (kind: Exclude<keyof Declaration, 'tagName'>) =>
  new Set(elements.flatMap((element) => (element[kind] ?? []).map(({ name }) => name)));

let server: ServerProcess;
let site: Site;
let browser: Browser;
before(async () => {
  server = await ServerProcess.start();
  site = await Site.start();
  browser = await launch('chromium');
});
after(async () => {
  await browser.close();
  await site.stop();
  await server.stop();
});

async function paste(html: string): Promise<{ page: Page; troubles: string[] }> {
  const page = await browser.newPage();
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(String(error)));
  const code = html.replaceAll('https://calls.example.org', server.url);
  await page.goto(site.add(`<!doctype html><title>A site</title>${code}`));
  return { page, troubles };
}

describe('HTML of the documentation', () => {
  for (const { name, code } of inPages('html')) {
    it(`${name} does what it says`, async () => {
      const { page, troubles } = await paste(code);
      if (code.includes('<iframe')) {
        const frame = await until('the frame', () => page.frames().find((each) => each.url().includes('/embed/')));
        await frame.waitForSelector('body[data-ready="yes"]');
      } else if (/standup/.test(code)) {
        await page.waitForSelector('webrtc-room:defined');
        assert.equal(await page.$eval('webrtc-room', (room) => (room as unknown as { room: string }).room), 'standup');
      } else {
        const loaded = () =>
          page.evaluate(() => performance.getEntriesByType('resource').some(({ name }) => /(embed|elements)\.js$/.test(name)));
        await until('the script', loaded);
      }
      for (const [attribute] of code.matchAll(/(?<=<webrtc-[^>]*\s)(?:data-)?[a-z-]+(?==|[\s>])/g))
        assert.ok([...named('attributes'), 'lang', 'dir', 'id', 'slot', 'style', 'class'].includes(attribute), attribute);
      assert.deepEqual(troubles, []);
      await page.close();
    });
  }
});

describe('JavaScript of the documentation', () => {
  for (const { name, code } of inPages('js')) {
    it(`${name} runs in a page with a room`, async () => {
      const bundle = 'https://calls.example.org/webrtc-elements.js';
      const entries = [...code.matchAll(/'(webrtc-elements[^']*)'/g)].map(([, entry]) => [entry, bundle]);
      const { page, troubles } = await paste(
        `<script type="importmap">${JSON.stringify({ imports: Object.fromEntries(entries) })}</script>
         <script type="module" src="${bundle}"></script><button>Go</button><webrtc-room room="standup"></webrtc-room>
         <script type="module">${code}\ndocument.body.dataset.ran = 'yes';</script>`,
      );
      await page.waitForSelector('body[data-ran="yes"]');
      assert.deepEqual(troubles, []);
      await page.close();
    });
  }
});

describe('the names in the documentation', () => {
  it('of parts, variables and states in CSS are those of the elements', () => {
    const css = inPages('css');
    assert.ok(css.length >= 5);
    for (const { name, code } of css) {
      for (const [, part = ''] of code.matchAll(/::part\(([\w-]+)\)/g))
        assert.ok(named('cssParts').has(part), `${name}: ${part}`);
      for (const [variable] of code.matchAll(/--webrtc-[\w-]+/g))
        assert.ok(named('cssProperties').has(variable), `${name}: ${variable}`);
      for (const [, state = ''] of code.matchAll(/:state\(([\w-]+)\)/g))
        assert.ok(named('cssStates').has(state), `${name}: ${state}`);
    }
  });

  for (const from of ['whereby', 'daily', 'jitsi']) {
    it(`for who comes from ${from} exist`, () => {
      const known = new Set(['lang', 'dir', ...named('attributes'), ...named('members'), ...named('events')]);
      const ours = [...textOf(`migration/${from}.md`).matchAll(/^\| `[^|]*\|([^|]*)\|$/gm)].flatMap(([, cell = '']) =>
        [...cell.matchAll(/`([\w-]+)/g)].map(([, name = '']) => name),
      );
      assert.ok(ours.length > 20);
      assert.deepEqual(
        ours.filter((name) => !known.has(name)),
        [],
      );
    });
  }

  it('of keys are those of the room', () => {
    const source = readFileSync(root('components/shared/controls/shortcuts.ts'), 'utf8');
    const keys = [...source.matchAll(/^ {2}'?[\w-]+'?: '([A-Z])',$/gm)].map(([, key = '']) => key);
    const told = [...textOf('accessibility.md').matchAll(/^\| `([A-Z])` \|/gm)].map(([, key = '']) => key);
    assert.ok(keys.length > 5);
    assert.deepEqual(told.sort(), keys.sort());
  });

  it('of rights for frames are one list', () => {
    for (const document of ['embedding/iframe.md', 'cms/moodle.md'])
      assert.ok(textOf(document).includes(`allow="${FRAME_ALLOW}"`), document);
  });
});

/** Commands are run here, or somewhere else for the reason that stands beside them. */
const ELSEWHERE: readonly (readonly [command: RegExp, where: string])[] = [
  [/^npm install webrtc-elements( @lit\/react)?$/, 'test/package/tarball installs the packed package, which is not published'],
  [/^npx webrtc-elements$/, 'every test here runs it'],
  [/^npx webrtc-elements --https$/, 'test/server/command starts it with a certificate'],
];

describe('commands of the documentation', () => {
  for (const { name, code } of inPages('sh').concat(inPages('bash'))) {
    it(`${name} can be typed`, () => {
      for (const line of code.trim().split('\n')) {
        if (ELSEWHERE.some(([command]) => command.test(line))) continue;
        const [npx, command, ...args] = line.replaceAll('https://calls.example.org', server.url).split(' ');
        assert.deepEqual([npx, command], ['npx', 'webrtc-elements'], `nobody runs ${line}`);
        const { status, stderr } = spawnSync(process.execPath, [root('dist/server/cli.js'), ...args], { encoding: 'utf8' });
        assert.equal(status, 0, `${line}\n${stderr}`);
      }
    });
  }
});
