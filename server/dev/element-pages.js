/**
 * `npm run docs [-- --check]`: a page for each element in docs/elements, from `custom-elements.json`, and their list in
 * docs/README.md. With --check nothing is written; what would change is an error.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BuildError, ROOT, STEPS, build } from './steps.js';

const FOLDER = join(ROOT, 'docs/elements');
const CONTENTS = join(ROOT, 'docs/README.md');
/** In the order in which people need them; what is new comes after these. */
const ORDER = [
  'webrtc-room',
  'webrtc-phone',
  'webrtc-call-button',
  'webrtc-prejoin',
  'webrtc-stage',
  'webrtc-video-tile',
  'webrtc-controls',
];

const NOTE = '<!-- Made by `npm run docs` from the comments in components/. Change those. -->';

/**
 * @typedef {{ name: string, description?: string, default?: string, type?: { text: string }, fieldName?: string }} Item
 * @typedef {Item & { kind: string, attribute?: string, static?: boolean, readonly?: boolean, return?: { type?: { text: string } }, parameters?: (Item & { optional?: boolean })[] }} Member
 * @typedef {{ tagName: string, summary?: string, attributes?: Item[], members?: Member[], events?: Item[], slots?: Item[],
 *   cssParts?: Item[], cssStates?: Item[], cssProperties?: Item[] }} Declaration
 */

/** @param {string} text */
const code = (text = '') => (text === '' ? '' : `\`${text}\``);
/** @param {string | undefined} text */
const cell = (text) =>
  String(text ?? '')
    .replace(/\s+/g, ' ')
    .replaceAll('|', '\\|')
    .trim();
/** @param {readonly string[]} head @param {readonly (readonly (string | undefined)[])[]} rows */
const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(cell).join(' | ')} |`).join('\n');
/** @param {string} title @param {readonly string[]} head @param {readonly (readonly (string | undefined)[])[]} rows */
const section = (title, head, rows) => (rows.length === 0 ? [] : [`## ${title}`, table(head, rows)]);

const plainDefault = (text = '') =>
  /^'.+'$/.test(text) ? code(text.slice(1, -1)) : /^(''|null|undefined)?$/.test(text) ? '' : code(text);

const check = process.argv.includes('--check');

try {
  await build([STEPS.manifest]);
  const changed = write(pages());
  if (check && changed.length > 0) {
    console.error(`These pages do not say what the elements are: ${changed.join(', ')}. Run \`npm run docs\` and commit them.`);
    process.exitCode = 1;
  } else if (!check) console.log(changed.length === 0 ? 'Every page is as it should be.' : `Written: ${changed.join(', ')}`);
} catch (error) {
  console.error(error instanceof BuildError ? error.message : error);
  process.exitCode = 1;
}

/** @returns {Map<string, string>} texts by path below the root */
function pages() {
  /** @type {{ modules: { declarations: Declaration[] }[] }} */
  const { modules } = JSON.parse(readFileSync(join(ROOT, 'dist/custom-elements.json'), 'utf8'));
  const place = (/** @type {string} */ tag) => (ORDER.includes(tag) ? ORDER.indexOf(tag) : ORDER.length);
  const elements = modules
    .flatMap(({ declarations }) => declarations)
    .filter(({ tagName }) => tagName)
    .sort((a, b) => place(a.tagName) - place(b.tagName) || a.tagName.localeCompare(b.tagName));
  const list = elements.map(({ tagName }) => `- [\`<${tagName}>\`](elements/${tagName}.md)`).join('\n');
  const contents = readFileSync(CONTENTS, 'utf8').replace(/(<!-- elements -->\n)[^]*?(?=\n<!-- \/elements -->)/, `$1${list}`);
  return new Map([
    ['docs/README.md', contents],
    ['docs/elements/README.md', overview(elements)],
    ...elements.map((element) => /** @type {const} */ ([`docs/elements/${element.tagName}.md`, page(element)])),
  ]);
}

/** @param {Map<string, string>} texts */
function write(texts) {
  const there = existsSync(FOLDER) ? readdirSync(FOLDER).map((name) => `docs/elements/${name}`) : [];
  const gone = there.filter((path) => !texts.has(path));
  const differs = (/** @type {string} */ path, /** @type {string} */ text) =>
    !existsSync(join(ROOT, path)) || readFileSync(join(ROOT, path), 'utf8') !== text;
  const changed = [...texts].filter(([path, text]) => differs(path, text));
  if (!check) {
    mkdirSync(FOLDER, { recursive: true });
    for (const path of gone) rmSync(join(ROOT, path));
    for (const [path, text] of changed) writeFileSync(join(ROOT, path), text);
  }
  return [...gone, ...changed.map(([path]) => path)];
}

/** @param {readonly Declaration[]} elements */
function overview(elements) {
  const rows = elements.map(({ tagName, summary }) => [`[\`<${tagName}>\`](${tagName}.md)`, summary]);
  return (
    [
      '# Elements',
      NOTE,
      'Every element, with what it understands and what it says. The same facts are in `custom-elements.json`, and in the data for editors made of it.',
      table(['element', 'is'], rows),
      'A boolean attribute is on when it is there. A setting that is on unless you say otherwise takes `on` and `off`. Every attribute can change at any time, and has a property of the name in brackets.',
    ].join('\n\n') + '\n'
  );
}

/** @param {Declaration} element */
function page({
  tagName,
  summary,
  attributes = [],
  members = [],
  events = [],
  slots = [],
  cssParts = [],
  cssStates = [],
  cssProperties = [],
}) {
  const fields = members.filter(({ kind, attribute, static: fixed }) => kind === 'field' && !attribute && !fixed);
  const methods = members.filter(({ kind, static: fixed }) => kind === 'method' && !fixed);
  return (
    [
      `# <${tagName}>`.replace('<', '`<').replace('>', '>`'),
      NOTE,
      summary ?? '',
      "```js\nimport 'webrtc-elements/elements/" + tagName + ".js';\n```",
      "With the script of the server, or `import 'webrtc-elements'`, it is there already.",
      ...section(
        'Attributes',
        ['attribute', 'values', 'default', ''],
        attributes.map((a) => [
          code(a.name) + (a.fieldName === a.name ? '' : ` (${code(a.fieldName)})`),
          values(a.type?.text),
          a.type?.text === 'boolean' ? '' : plainDefault(a.default),
          a.description,
        ]),
      ),
      ...section(
        'Properties',
        ['property', 'type', ''],
        fields.map((f) => [
          code(f.name),
          code(f.type?.text ?? ''),
          [f.readonly ? 'Read only.' : '', f.description ?? ''].join(' ').trim(),
        ]),
      ),
      ...section(
        'Methods',
        ['method', 'gives', ''],
        methods.map((m) => [code(signature(m)), code(m.return?.type?.text ?? 'void'), m.description]),
      ),
      ...section(
        'Events',
        ['event', ''],
        events.map((e) => [code(e.name), e.description]),
      ),
      ...section(
        'Slots',
        ['slot', ''],
        slots.map((s) => [s.name === '' ? '(default)' : code(s.name), s.description]),
      ),
      ...section(
        'Parts',
        ['part', ''],
        cssParts.map((p) => [code(p.name), p.description]),
      ),
      ...section(
        'States',
        ['state', ''],
        cssStates.map((s) => [code(`:state(${s.name})`), s.description]),
      ),
      ...section(
        'Variables',
        ['variable', 'default', ''],
        cssProperties.map((p) => [code(p.name), p.default ? code(p.default) : '', p.description]),
      ),
    ].join('\n\n') + '\n'
  );
}

/** `'on' | 'off'` as people write it in markup. */
function values(type = '') {
  const words = [...type.matchAll(/'([^']*)'/g)].map(([, word = '']) => code(word));
  return words.length > 0 ? words.join(' ') : code(type);
}

/** @param {Member} method */
function signature({ name, parameters = [] }) {
  const words = parameters.map(
    (p) => `${p.name}${p.optional || p.default !== undefined ? '?' : ''}${p.type?.text ? `: ${p.type.text}` : ''}`,
  );
  return `${name}(${words.join(', ')})`;
}
