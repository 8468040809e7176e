/**
 * `npm run try:ghost`: what Ghost makes of our code, by Ghost's own published editor nodes, renderer and import, installed
 * from npm into a temporary folder. Not Ghost itself: no theme, no admin. Not part of the tests: it asks the network.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FRAME_ALLOW } from '../../server/protocol/framing.js';

interface Packages {
  readonly nodes: { readonly DEFAULT_NODES: readonly unknown[] };
  readonly html: { readonly LexicalHTMLRenderer: Renderer };
  readonly lexical: { readonly htmlToLexical: (html: string, options: object) => { root: { children: readonly unknown[] } } };
}
type Renderer = new (options: object) => { render(lexical: string, options: object): Promise<string> };

const ELEMENT = `<script type="module" src="https://calls.example.org/webrtc-elements.js"></script>
<webrtc-room room="standup"></webrtc-room>`;
const FRAME = `<iframe src="https://calls.example.org/embed/standup" allow="${FRAME_ALLOW}"></iframe>`;
const card = (html: string): string => `<!--kg-card-begin: html-->${html}<!--kg-card-end: html-->`;
/** Blank lines are Ghost's to add. */
const plain = (html: string): string => html.replace(/\s+/g, ' ').trim();

const version = (name: string): string =>
  (JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')) as { version: string }).version;

const folder = mkdtempSync(join(tmpdir(), 'webrtc-elements-ghost-'));
try {
  const names = ['@tryghost/kg-default-nodes', '@tryghost/kg-lexical-html-renderer', '@tryghost/kg-html-to-lexical'] as const;
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  const npm = spawnSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...names], {
    cwd: folder,
    encoding: 'utf8',
  });
  assert.equal(npm.status, 0, npm.stderr);
  const load = createRequire(join(folder, 'x.cjs'));
  for (const name of names) console.log(`${name} ${version(name)}`);
  const [nodes, html, lexical] = names.map((name) => load(name) as unknown) as unknown as [
    Packages['nodes'],
    Packages['html'],
    Packages['lexical'],
  ];
  const all = nodes.DEFAULT_NODES;
  const renderer = new html.LexicalHTMLRenderer({ nodes: all });
  const draw = (root: object, target: string): Promise<string> => renderer.render(JSON.stringify(root), { target });

  for (const target of ['html', 'email']) {
    for (const code of [ELEMENT, FRAME]) {
      const children = [{ type: 'html', version: 1, html: code }];
      const root = { root: { children, direction: null, format: '', indent: 0, type: 'root', version: 1 } };
      assert.equal(plain(await draw(root, target)), plain(`${card(`\n${code}\n`)}`));
    }
  }
  console.log('An HTML card keeps element, script and frame as they are, on the page and in mail.');

  const imported = async (code: string): Promise<string> => {
    const root = lexical.htmlToLexical(code, { editorConfig: { nodes: all } });
    return root.root.children.length === 0 ? '' : plain(await draw(root, 'html'));
  };
  assert.equal(await imported(ELEMENT), '');
  assert.equal(await imported('<div data-webrtc-room="standup"></div>'), '');
  const kept = await imported(card(ELEMENT));
  for (const line of ELEMENT.split('\n')) assert.ok(kept.includes(line), kept);
  assert.ok((await imported(FRAME)).includes(FRAME));
  console.log('Imported HTML loses the element unless it stands in the marks of an HTML card; a frame keeps its rights.');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
